#pragma once

#include "lessons/lesson.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace noiseglass::lessons {

/// A symbol within a typeset formula that stands for a thing on screen.
struct Symbol {
  std::string name;                ///< "x_0", "x_0_hat", "x_t", "epsilon", "epsilon_hat", "score"
  float left, top, right, bottom;  ///< design pixels, from the formula's upper left corner
};

/// A typeset formula: its place on the sheet of masks, and how it stands in a line. All measures are design pixels.
struct Equation {
  float width = 0, height = 0;
  float depth = 0;     ///< from the baseline down to the lower edge
  float x = 0, y = 0;  ///< on the sheet. The ink of symbols is below the rest, at y + height.
  std::vector<Symbol> symbols;
};

/// The typeset formulae that come with the program (assets/equations, made by scripts/make_equations).
struct Equations {
  struct Sheet {
    std::filesystem::path file;  ///< a grey picture: how much ink
    int scale = 1;               ///< its pixels per design pixel
  };
  std::vector<Sheet> sheets;
  std::map<Tex, Equation> known;

  const Equation* find(const Tex& tex) const;
};

/// @param folder with index.json. @throws Error that says what is missing or wrong
Equations read_equations(const std::filesystem::path& folder);

}  // namespace noiseglass::lessons
