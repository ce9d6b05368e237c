#pragma once

#include <filesystem>
#include <string>

namespace noiseglass::exports {

/// A new folder of files that is there with all of them, or not at all.
class WholeFolder {
 public:
  /// @throws Error when it cannot be made; UsageError where something is in the way
  explicit WholeFolder(const std::string& folder);
  ~WholeFolder();  ///< nothing is left unless it was finished
  WholeFolder(const WholeFolder&) = delete;
  WholeFolder& operator=(const WholeFolder&) = delete;

  std::string file(const std::string& name) const { return (unfinished_ / name).string(); }
  void finish();

 private:
  std::filesystem::path folder_, unfinished_;
};

}  // namespace noiseglass::exports
