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

/// The places in all lessons, kept between runs in a small JSON file. What cannot be read or written is as if it had
/// never been there: a lesson then begins at its first page.
class Places {
 public:
  /// $XDG_STATE_HOME/noiseglass/lessons.json, or ~/.local/state/noiseglass/lessons.json; empty when there is no home.
  static std::filesystem::path usual_file();

  explicit Places(std::filesystem::path file = usual_file());
  Place of(const Lesson& lesson) const;
  void keep(const Lesson& lesson, int page);

 private:
  std::filesystem::path file_;
  std::map<std::string, Place> places_;
};

}  // namespace noiseglass::lessons
