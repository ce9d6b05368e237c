#include "ui/lessons/equation_ink.h"

#include "noiseglass/error.h"

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_OUTLINE_H

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace noiseglass::app {
namespace {

/// White with the ink as its opacity, so that it can be tinted.
render::Texture upload_mask(const ByteImage& mask) {
  ByteImage white(Shape{mask.shape.height, mask.shape.width, 4});
  for (std::size_t i = 0; i < white.data.size(); ++i) white.data[i] = i % 4 == 3 ? mask.data[i / 4] : std::uint8_t(255);
  return render::Texture(white, {.mipmaps = false});
}

/// An outline as FreeType has it: points in 64ths of a pixel, y upwards.
struct Contours {
  std::vector<FT_Vector> points;
  std::vector<char> tags;
  std::vector<short> ends;

  void add(float x, float y, int tag) {
    points.push_back({FT_Pos(std::lround(64 * x)), FT_Pos(std::lround(64 * y))});
    tags.push_back(char(tag));
  }
  void end() {
    if (!points.empty() && (ends.empty() || ends.back() + 1 < int(points.size())))
      ends.push_back(short(points.size() - 1));
  }
};

}  // namespace

void EquationInk::EndLibrary::operator()(FT_LibraryRec_* library) const { FT_Done_FreeType(library); }

EquationInk::EquationInk(const std::filesystem::path& folder) {
  FT_Library library = nullptr;
  if (FT_Init_FreeType(&library) != 0) return;
  library_.reset(library);
  try {
    equations_ = lessons::read_equations(folder);
  } catch (const Error&) {  // there are none, or none that can be read
    equations_ = {};
  }
}

/// Adds the ink of one glyph, which never takes away that of another. @returns where it is
EquationInk::Box EquationInk::fill(const lessons::Mark& mark, float scale, ByteImage& mask, int below) const {
  using Kind = lessons::Outline::Kind;
  const float high = float(mask.shape.height);
  Contours contours;
  Box box;
  const auto add = [&](const lessons::Outline::Point& p, int tag) {
    const float x = scale * (mark.sx * p.x + mark.tx), y = scale * (mark.sy * p.y + mark.ty);
    box = {std::min(box.left, x), std::min(box.top, y), std::max(box.right, x), std::max(box.bottom, y)};
    contours.add(x, high - float(below) - y, tag);
  };
  for (const lessons::Outline::Piece& piece : equations_.glyphs[std::size_t(mark.glyph)].pieces) {
    if (piece.kind == Kind::move) contours.end();
    const int last = std::max(0, int(piece.kind) - 1);
    for (int i = 0; i < last; ++i)
      add(piece.points[i], piece.kind == Kind::cubic ? FT_CURVE_TAG_CUBIC : FT_CURVE_TAG_CONIC);
    add(piece.points[last], FT_CURVE_TAG_ON);
  }
  contours.end();
  if (contours.points.empty() || contours.points.size() > 30'000) return box;
  FT_Outline outline{};
  outline.n_contours = decltype(outline.n_contours)(contours.ends.size());
  outline.n_points = decltype(outline.n_points)(contours.points.size());
  outline.points = contours.points.data();
  outline.tags = reinterpret_cast<decltype(outline.tags)>(contours.tags.data());
  outline.contours = reinterpret_cast<decltype(outline.contours)>(contours.ends.data());
  std::vector<unsigned char> ink(mask.data.size());
  FT_Bitmap bitmap{};
  bitmap.rows = unsigned(mask.shape.height), bitmap.width = unsigned(mask.shape.width), bitmap.pitch = mask.shape.width;
  bitmap.buffer = ink.data(), bitmap.num_grays = 256, bitmap.pixel_mode = FT_PIXEL_MODE_GRAY;
  if (FT_Outline_Get_Bitmap(library_.get(), &outline, &bitmap) != 0) return box;
  for (std::size_t i = 0; i < ink.size(); ++i) mask.data[i] = std::max(mask.data[i], ink[i]);
  return box;
}

const EquationInk::Drawn& EquationInk::drawn(const lessons::Equation& equation, float scale) {
  Drawn& drawn = drawn_[&equation];
  if (drawn.scale == scale) return drawn;
  const int width = int(std::ceil(equation.width * scale)), height = int(std::ceil(equation.height * scale));
  ByteImage mask(Shape{2 * height, width, 1});
  drawn.symbols.assign(equation.symbols.size(), {});
  for (const lessons::Mark& mark : equation.marks) {
    const bool own = mark.symbol >= 0;
    const Box at = fill(mark, scale, mask, own ? height : 0);
    if (!own) continue;
    Box& box = drawn.symbols[std::size_t(mark.symbol)];
    box = {std::min(box.left, std::floor(at.left)), std::min(box.top, std::floor(at.top)),
           std::max(box.right, std::ceil(at.right)), std::max(box.bottom, std::ceil(at.bottom))};
  }
  drawn.texture = upload_mask(mask);
  drawn.scale = scale;
  return drawn;
}

std::string EquationInk::draw(const Theme& theme, const lessons::Equation& equation, ImVec2 at, ImU32 colour) {
  const Drawn& ink = drawn(equation, theme.scale);
  const auto texture = ImTextureID(std::intptr_t(ink.texture.id()));
  const float w = float(ink.texture.shape().width), h = float(ink.texture.shape().height);
  at = {std::round(at.x), std::round(at.y)};
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const auto part = [&](const Box& box, float below, ImU32 tint) {
    draw.AddImage(texture, {at.x + box.left, at.y + box.top}, {at.x + box.right, at.y + box.bottom},
                  {box.left / w, (box.top + below) / h}, {box.right / w, (box.bottom + below) / h}, tint);
  };
  part({0, 0, w, h / 2}, 0, colour);
  std::string pointed_at;
  for (std::size_t i = 0; i < ink.symbols.size(); ++i) {
    const Box& box = ink.symbols[i];
    if (box.right <= box.left) continue;
    const ImU32 own = symbol_colour(theme, equation.symbols[i], colour);
    part(box, h / 2, own);
    const float room = theme.px(3);
    const ImVec2 min{at.x + box.left - room, at.y + box.top - room};
    const ImVec2 max{at.x + box.right + room, at.y + box.bottom + room};
    if (!ImGui::IsWindowHovered() || !ImGui::IsMouseHoveringRect(min, max)) continue;
    draw.AddRectFilled(min, max, faded(own, 0.22f), theme.px(4));
    pointed_at = equation.symbols[i];
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
