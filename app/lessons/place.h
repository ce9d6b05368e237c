#pragma once

#include "lessons/lesson.h"

#include <filesystem>
#include <map>
#include <string>

namespace noiseglass::lessons {

/// How far a lesson has been read.
struct Place {
  int page = 0;      ///< from 0
  int furthest = 0;  ///< the last page that was ever seen
  bool operator==(const Place&) const = default;
};

/// The places in all lessons, kept between runs in a small JSON file. A lesson whose entry is not understood begins at
/// its first page; the entry stays in the file, for the program that wrote it. A file that cannot be read is left
/// alone.
class Places {
 public:
  /// $XDG_STATE_HOME/noiseglass/lessons.json, or ~/.local/state/noiseglass/lessons.json; empty when there is no home.
  /// Relative folders do not count, as the standard says: they would be others in each working folder.
  static std::filesystem::path usual_file();

  explicit Places(std::filesystem::path file = usual_file());
  Place of(const Lesson& lesson) const;
  void keep(const Lesson& lesson, int page);

 private:
  std::filesystem::path file_;
  std::string document_ = "{}";  ///< the file as it is, with all that is not understood here
  bool may_write_ = true;
  std::map<std::string, Place> places_;
};

}  // namespace noiseglass::lessons
