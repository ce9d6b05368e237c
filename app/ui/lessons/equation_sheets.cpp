#include "ui/lessons/equation_sheets.h"

#include "noiseglass/error.h"
#include "noiseglass/files.h"

#include <cmath>
#include <cstdint>

namespace noiseglass::app {
namespace {

/// White with the mask as its opacity, so that it can be tinted.
render::Texture upload_mask(const std::filesystem::path& file) {
  const ByteImage grey = read_picture(file);
  ByteImage white(Shape{grey.shape.height, grey.shape.width, 4});
  const std::size_t step = std::size_t(grey.shape.channels);
  for (std::size_t i = 0; i < white.data.size(); ++i)
    white.data[i] = i % 4 == 3 ? grey.data[i / 4 * step] : std::uint8_t(255);
  return render::Texture(white, {.smooth_when_enlarged = true});
}

}  // namespace

EquationSheets::EquationSheets(const std::filesystem::path& folder) {
  try {
    equations_ = lessons::read_equations(folder);
    for (const auto& sheet : equations_.sheets) sheets_.push_back({sheet.scale, upload_mask(sheet.file)});
  } catch (const Error&) {
    sheets_.clear();
  }
  if (sheets_.empty()) equations_ = {};
}

const EquationSheets::Sheet& EquationSheets::sheet_for(float scale) const {
  for (const Sheet& sheet : sheets_)
    if (float(sheet.scale) >= scale) return sheet;
  return sheets_.back();
}

std::string EquationSheets::draw(const Theme& theme, const lessons::Equation& equation, ImVec2 at, ImU32 colour,
                                 float shrink) {
  const float scale = theme.scale * shrink;
  const Sheet& sheet = sheet_for(scale);
  const auto texture = ImTextureID(std::intptr_t(sheet.texture.id()));
  const float w = float(sheet.texture.shape().width) / float(sheet.scale);
  const float h = float(sheet.texture.shape().height) / float(sheet.scale);
  at = {std::round(at.x), std::round(at.y)};
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const auto part = [&](float left, float top, float right, float bottom, float below, ImU32 tint) {
    draw.AddImage(texture, {at.x + left * scale, at.y + top * scale}, {at.x + right * scale, at.y + bottom * scale},
                  {(equation.x + left) / w, (equation.y + top + below) / h},
                  {(equation.x + right) / w, (equation.y + bottom + below) / h}, tint);
  };
  part(0, 0, equation.width, equation.height, 0, colour);
  std::string pointed_at;
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  for (const lessons::Symbol& symbol : equation.symbols) {
    const ImU32 own = symbol_colour(theme, symbol.name, colour);
    part(symbol.left, symbol.top, symbol.right, symbol.bottom, equation.height, own);
    const float room = 3;
    const ImVec2 min{at.x + (symbol.left - room) * scale, at.y + (symbol.top - room) * scale};
    const ImVec2 max{at.x + (symbol.right + room) * scale, at.y + (symbol.bottom + room) * scale};
    if (!ImGui::IsWindowHovered() || mouse.x < min.x || mouse.x >= max.x || mouse.y < min.y || mouse.y >= max.y)
      continue;
    draw.AddRectFilled(min, max, faded(own, 0.22f), theme.px(4));
    pointed_at = symbol.name;
  }
  return pointed_at;
}

ImU32 symbol_colour(const Theme& theme, const std::string& name, ImU32 otherwise) {
  if (name == "x_0") return theme.x_0;
  if (name == "x_t") return theme.x_t;
  if (name == "x_0_hat") return theme.x_0_hat;
  if (name == "epsilon" || name == "epsilon_hat") return theme.epsilon;
  if (name == "score") return theme.score;
  return otherwise;
}

}  // namespace noiseglass::app
