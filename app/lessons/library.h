#pragma once

#include "lessons/lesson.h"

#include <string>
#include <vector>

namespace noiseglass::lessons {

/// The bundled lessons in their order (1-….md, 2-….md …), each read. Never throws: one that cannot be read is left out.
std::vector<Lesson> bundled_lessons();

/// A lesson by the name of a bundled file ("1-forward", or "forward"), its number ("1"), or the path of any .md file.
/// @throws UsageError that suggests the nearest name; Error when the file cannot be read
Lesson find_lesson(const std::string& name_or_file);

/// Whether the target of a link is an address on the web rather than a lesson.
bool is_address(const std::string& target);

/// Where a link within lessons leads: "6", "score", "mine.md", each perhaps with a page, "6#3"; "#3" is in the same
/// lesson.
struct Link {
  std::string lesson;  ///< for find_lesson(); empty: the same
  int page = 0;        ///< from 1; 0: where the reader was
};
/// @param from the lesson that has the link: files are found beside it
Link link_to(const std::string& target, const std::filesystem::path& from);

/// The plan for teachers that goes with a bundled lesson; empty where there is none.
std::filesystem::path plan_file(const Lesson& lesson);

/// "forward" of "1-forward.md".
std::string short_name(const std::filesystem::path& file);

}  // namespace noiseglass::lessons
