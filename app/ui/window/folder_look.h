#pragma once

#include "session/errand.h"
#include "session/folder_listing.h"
#include "session/published.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <system_error>
#include <utility>

namespace noiseglass::app {

/// Looks at one path at a time for the open dialog, so that a drive that does not answer keeps nobody waiting.
class FolderLook {
 public:
  struct Found {
    bool is_folder = false, exists = false;
    FolderListing listing;
  };

  /// Looks anew, whatever is known.
  void look(const std::filesystem::path& path, std::function<void()> wake) {
    path_ = path;
    found_ = {};
    errand_.begin(found_.job(++last_id_, std::move(wake), [path](std::stop_token) {
      std::error_code error;
      Found found;
      found.is_folder = std::filesystem::is_directory(path, error);
      found.exists = std::filesystem::exists(path, error);
      if (found.is_folder) found.listing = list_folder(path);
      return found;
    }));
  }
  /// Nothing while looking.
  Published<Found>::Outcome found() const { return found_.get(); }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
  Published<Found> found_;
  std::uint64_t last_id_ = 0;
  Errand errand_;
};

}  // namespace noiseglass::app
