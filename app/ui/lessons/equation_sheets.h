#pragma once

#include "lessons/equations.h"
#include "ui/theme.h"

#include "render/texture.h"

#include <filesystem>
#include <string>
#include <vector>

namespace noiseglass::app {

/// The typeset formulae on the graphics card.
class EquationSheets {
 public:
  /// The formulae of a folder; those of a lesson of one's own lie beside it. Missing ones are shown as their TeX.
  explicit EquationSheets(const std::filesystem::path& folder);

  const lessons::Equation* find(const lessons::Tex& tex) const { return equations_.find(tex); }
  /// Draws with the upper left corner at `at`, symbols in their colours. @returns the symbol under the mouse, if any
  std::string draw(const Theme& theme, const lessons::Equation& equation, ImVec2 at, ImU32 colour, float shrink = 1);

 private:
  struct Sheet {
    int scale = 1;
    render::Texture texture;
  };
  const Sheet& sheet_for(float scale) const;

  lessons::Equations equations_;
  std::vector<Sheet> sheets_;
};

/// The colour of a symbol's name; `otherwise` for what has none.
ImU32 symbol_colour(const Theme& theme, const std::string& name, ImU32 otherwise);

}  // namespace noiseglass::app
