#pragma once

#include "export/canvas.h"
#include "lessons/lesson.h"

#include <string>

namespace noiseglass::exports {

// What lessons on paper have in common: A4, in points.
constexpr double page_width = 595.28, page_height = 841.89, margin = 44, across = page_width - 2 * margin;
constexpr double text_size = 10, indent = 18;
constexpr Type title_type{19, true}, heading_type{11.5, true}, label_type{9, false, grey}, caption_type{8.5};

/// "Predicting noise" of "3 Predicting noise".
std::string title_on_paper(const lessons::Lesson& lesson);

}  // namespace noiseglass::exports
