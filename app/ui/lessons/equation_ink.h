#pragma once

#include "lessons/equations.h"
#include "ui/theme.h"

#include "render/texture.h"

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

struct FT_LibraryRec_;

namespace noiseglass::app {

/// Typeset formulae, drawn from their outlines at the size of the screen.
class EquationInk {
 public:
  /// The formulae of a folder; those of a lesson of one's own lie beside it. Missing ones are shown as their TeX.
  explicit EquationInk(const std::filesystem::path& folder);

  const lessons::Equation* find(const lessons::Tex& tex) const { return equations_.find(tex); }
  /// Draws with the upper left corner at `at`, symbols in their colours. @returns the symbol under the mouse, if any
  std::string draw(const Theme& theme, const lessons::Equation& equation, ImVec2 at, ImU32 colour);

 private:
  struct Box {
    float left = 1e9f, top = 1e9f, right = -1e9f, bottom = -1e9f;  // pixels
  };
  /// One formula at one size: how much ink each pixel has. The ink of symbols is below that of the rest.
  struct Drawn {
    float scale = 0;
    render::Texture texture;
    std::vector<Box> symbols;
  };
  struct EndLibrary {
    void operator()(FT_LibraryRec_* library) const;
  };
  const Drawn& drawn(const lessons::Equation& equation, float scale);
  Box fill(const lessons::Mark& mark, float scale, ByteImage& mask, int below) const;

  lessons::Equations equations_;
  std::unique_ptr<FT_LibraryRec_, EndLibrary> library_;
  std::map<const lessons::Equation*, Drawn> drawn_;
};

/// The colour of a symbol's name; `otherwise` for what has none.
ImU32 symbol_colour(const Theme& theme, const std::string& name, ImU32 otherwise);

}  // namespace noiseglass::app
