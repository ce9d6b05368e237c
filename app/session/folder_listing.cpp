#include "session/folder_listing.h"

#include "noiseglass/files.h"

#include <algorithm>

namespace noiseglass::app {

namespace fs = std::filesystem;

FolderListing list_folder(const fs::path& folder) {
  FolderListing listing;
  listing.folder = folder;
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    std::error_code ignored;
    const fs::path& path = it->path();
    if (path.filename().string().starts_with('.')) continue;
    if (it->is_directory(ignored))
      listing.folders.push_back(path);
    else if (looks_like_picture(path) || path.extension() == ".noiseglass")  // a picture, or a session
      listing.pictures.push_back(path);
  }
  if (error) listing.problem = "This folder cannot be read: " + error.message() + ".";
  std::ranges::sort(listing.folders);
  std::ranges::sort(listing.pictures);
  return listing;
}

}  // namespace noiseglass::app
