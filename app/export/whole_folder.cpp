#include "export/whole_folder.h"

#include "noiseglass/error.h"
#include "noiseglass/files.h"
#include "noiseglass/unfinished_files.h"

#include <system_error>

namespace noiseglass::exports {

namespace fs = std::filesystem;

WholeFolder::WholeFolder(const std::string& folder) : folder_(absolute_path(folder).lexically_normal()) {
  if (!folder_.has_filename()) folder_ = folder_.parent_path();  // "frames/"
  std::error_code error;
  if (fs::exists(folder_, error) && !(fs::is_directory(folder_, error) && fs::is_empty(folder_, error)))
    throw UsageError("\"" + folder + "\" already exists and is not empty; name a new folder.");
  unfinished_ = unfinished_beside(folder_);
  fs::create_directories(unfinished_, error);
  if (error) throw Error("The folder \"" + folder + "\" cannot be made: " + error.message() + ".");
}

WholeFolder::~WholeFolder() {
  std::error_code error;
  if (!unfinished_.empty()) fs::remove_all(unfinished_, error);
}

void WholeFolder::finish() {
  std::error_code error;
  fs::remove(folder_, error);  // an empty one
  fs::rename(unfinished_, folder_, error);
  if (error) throw Error("The folder \"" + folder_.string() + "\" cannot be made: " + error.message() + ".");
  unfinished_.clear();
}

}  // namespace noiseglass::exports
