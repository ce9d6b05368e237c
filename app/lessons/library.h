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

/// "forward" of "1-forward.md".
std::string short_name(const std::filesystem::path& file);

}  // namespace noiseglass::lessons
