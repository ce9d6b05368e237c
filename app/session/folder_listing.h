#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace noiseglass::app {

/// What the open dialog shows of a folder, each list sorted; hidden files are left out.
struct FolderListing {
  std::filesystem::path folder;
  std::vector<std::filesystem::path> folders;
  std::vector<std::filesystem::path> pictures;  ///< by name, or by content where the name says nothing
  std::string problem;                          ///< a sentence when the folder cannot be read
};

FolderListing list_folder(const std::filesystem::path& folder);

}  // namespace noiseglass::app
