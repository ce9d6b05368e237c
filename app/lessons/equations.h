#pragma once

#include "lessons/lesson.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace noiseglass::lessons {

/// The outline of a glyph, in units of a thousandth of an em, y upwards. Each contour begins with a move and ends where
/// it began; what is inside is decided by the winding number (not zero).
struct Outline {
  enum class Kind { move, line, quadratic, cubic };
  struct Point {
    float x = 0, y = 0;
  };
  struct Piece {
    Kind kind = Kind::move;
    Point points[3];  ///< control points, then the end: 1, 1, 2 or 3 of them
  };
  std::vector<Piece> pieces;
};

/// A glyph in a formula: (x, y) of its outline lies at (sx·x + tx, sy·y + ty), in design pixels from the formula's
/// upper left corner, y downwards.
struct Mark {
  int glyph = 0;
  float sx = 1, sy = 1, tx = 0, ty = 0;
  int symbol = -1;  ///< which of Equation::symbols it belongs to; −1: to none
};

/// A typeset formula, and how it stands in a line. All measures are design pixels.
struct Equation {
  float width = 0, height = 0;
  float depth = 0;  ///< from the baseline down to the lower edge
  /// What stands for a thing on screen: "x_0", "x_0_hat", "x_t", "epsilon", "epsilon_hat", "score".
  std::vector<std::string> symbols;
  std::vector<Mark> marks;
};

/// The typeset formulae that come with the program (assets/equations, made by scripts/make_equations).
struct Equations {
  std::vector<Outline> glyphs;
  std::map<Tex, Equation> known;

  const Equation* find(const Tex& tex) const;
};

/// @param folder with index.json. @throws Error that says what is missing or wrong
Equations read_equations(const std::filesystem::path& folder);

/// The formulae of a lesson that are typeset neither with the program nor beside the lesson: each is shown as its TeX.
std::vector<Mistake> formulae_without_outline(const Lesson& lesson);

}  // namespace noiseglass::lessons
