#pragma once

#include "lessons/lesson.h"

#include <vector>

namespace noiseglass::exports {

/// The plan for teachers of a bundled lesson (docs/teaching) on paper, A4.
/// @throws UsageError for a lesson that has none
std::vector<char> lesson_plan(const lessons::Lesson& lesson);

}  // namespace noiseglass::exports
