#include "ui/panels/shared/picture_tiles.h"

#include <algorithm>
#include <cmath>

namespace noiseglass::app {
namespace {

float draw_number(const Theme& theme, ImVec2 at, int number) {
  const float r = theme.px(8.5f);
  const std::string text = std::to_string(number);
  const ImVec2 centre{at.x + r, at.y + theme.strong->FontSize / 2};
  ImGui::GetWindowDrawList()->AddCircleFilled(centre, r, theme.accent);
  draw_text(theme.small, {centre.x - text_width(theme.small, text) / 2, centre.y - theme.small->FontSize / 2},
            theme.on_accent, text);
  return 2 * r + theme.px(7);
}

}  // namespace

void draw_picture_tile(const Theme& theme, const Rect& picture, const PictureTile& tile) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const float y = picture.min.y - theme.px(tile_caption - 1);
  float x = picture.min.x;
  if (tile.number > 0) x += draw_number(theme, {x, y}, tile.number);
  if (!tile.symbol.empty())
    x += draw_text(theme.strong, {x, y}, tile.symbol_colour ? tile.symbol_colour : theme.text, tile.symbol) +
         theme.px(8);
  const float tag = text_width(theme.small, tile.tag), tag_x = picture.max.x - tag;
  const float needed = text_width(theme.small, tile.caption);
  const bool tag_fits = tag_x > x && picture.width() > theme.px(90);
  const float room = (tag_fits && tag > 0 ? tag_x - theme.px(8) : picture.max.x) - x;
  if (room > std::min(needed, theme.px(40)))
    draw_text_fitting(theme.small, {x, y + theme.px(2)}, theme.dim, tile.caption, room);
  if (tag_fits)
    draw_text(theme.small, {tag_x, y + theme.px(2)}, tile.tag == "cheating" ? theme.warning : theme.dim, tile.tag);
  if (tile.texture) {
    draw.AddImage(ImTextureID(std::intptr_t(tile.texture)), picture.min, picture.max);
    if (tile.dimmed) draw.AddRectFilled(picture.min, picture.max, faded(theme.ground, 0.4f));
    return;
  }
  draw.AddRectFilled(picture.min, picture.max, theme.surface, theme.px(4));
  draw.AddRect(picture.min, picture.max, theme.border, theme.px(4));
  draw_text_wrapped(theme.small, {picture.min.x + theme.px(12), picture.min.y + theme.px(12)}, theme.dim, tile.empty,
                    picture.width() - theme.px(24));
}

Rect tile_in(const Rect& cell, float aspect) {
  const float width = std::max(1.f, std::floor(std::min(cell.width(), cell.height() * aspect)));
  const float height = std::max(1.f, std::floor(width / aspect));
  const ImVec2 at{std::round(cell.min.x), std::round(cell.min.y)};
  return {at, {at.x + width, at.y + height}};
}

unsigned TextureSlots::show(const std::string& slot, const Key& key, const std::function<Image()>& make) {
  Slot& found = slots_[slot];
  if (!found.texture || found.key != key) found = {key, render::Texture(to_bytes(make()), {.mipmaps = false})};
  return found.texture.id();
}

unsigned TextureSlots::last(const std::string& slot) const {
  const auto found = slots_.find(slot);
  return found == slots_.end() ? 0 : found->second.texture.id();
}

}  // namespace noiseglass::app
