#pragma once

#include "export/source.h"
#include "lessons/lesson.h"

#include <vector>

namespace noiseglass::exports {

/// A lesson on paper, A4: the state's picture under its schedules, their plots, up to three of the lesson's questions;
/// the answers on a page of their own.
/// @throws UsageError for a lesson without questions
std::vector<char> worksheet(const Source& source, const lessons::Lesson& lesson, const Work& work);

}  // namespace noiseglass::exports
