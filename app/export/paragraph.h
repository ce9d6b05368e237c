#pragma once

#include "export/canvas.h"
#include "lessons/equations.h"
#include "lessons/lesson.h"

#include <filesystem>
#include <vector>

namespace noiseglass::exports {

/// The typeset formulae of a lesson: those that come with the program, and those beside a lesson of one's own.
class Formulae {
 public:
  explicit Formulae(const std::filesystem::path& lesson_file);

  struct Found {
    const lessons::Equation* equation = nullptr;
    const lessons::Equations* all = nullptr;  ///< where its glyphs are
  };
  Found find(const lessons::Tex& tex) const;

 private:
  std::vector<lessons::Equations> all_;
};

/// Running text of a lesson, wrapped, with its formulae. @param draw false: it is only measured  @returns its height
double draw_paragraph(Canvas& canvas, const Formulae& formulae, const lessons::Spans& text, double x, double y,
                      double width, double size, bool draw = true);

/// How wide it is on one line.
double paragraph_width(Canvas& canvas, const Formulae& formulae, const lessons::Spans& text, double size);

}  // namespace noiseglass::exports
