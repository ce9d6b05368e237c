#include "ui/panels/shared/figures.h"
#include "ui/widgets/lines.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>

namespace noiseglass::app {

namespace {

/// The bars whose labels can stand side by side `least` pixels apart: the marked one first, then by height.
std::vector<bool> bars_with_room(const Bars& bars, float pitch, float least) {
  const int n = int(bars.values.size()), apart = int(std::ceil(least / pitch));
  std::vector<bool> named(std::size_t(n), apart <= 1);
  if (apart <= 1) return named;
  std::vector<int> order(std::size_t(n), 0);
  std::iota(order.begin(), order.end(), 0);
  const auto rank = [&](int i) { return i == bars.marked ? 2 : bars.values[std::size_t(i)]; };
  std::ranges::stable_sort(order, [&](int a, int b) { return rank(a) > rank(b); });
  for (const int i : order) {
    bool free = true;
    for (int j = std::max(0, i - apart + 1); j < std::min(n, i + apart); ++j) free &= !named[std::size_t(j)];
    if (free) named[std::size_t(i)] = true;
  }
  return named;
}

}  // namespace

float draw_caption(const Theme& theme, const Rect& rect, const std::string& title, const std::string& words,
                   const std::string& tag) {
  const float gap = theme.px(8);
  float right = rect.max.x;
  if (!tag.empty()) {
    right -= text_width(theme.small, tag);
    draw_text(theme.small, {right, rect.min.y + theme.px(1)}, theme.dim, tag);
    right -= gap;
  }
  const float name = draw_text_cut(theme.strong, rect.min, theme.text, title, right - rect.min.x);
  const float left = rect.min.x + name + gap;
  if (!words.empty() && right - left > theme.px(40))
    draw_text_fitting(theme.small, {left, rect.min.y + theme.px(1.5f)}, theme.dim, words, right - left);
  return theme.strong->FontSize + theme.px(6);
}

void draw_plate(const Theme& theme, ImVec2 at, ImU32 colour, const std::string& text) {
  const float width = text_width(theme.strong, text), pad = theme.px(4);
  ImGui::GetWindowDrawList()->AddRectFilled({at.x - pad, at.y}, {at.x + width + pad, at.y + theme.px(20)},
                                            faded(theme.surface, 0.85f), theme.px(4));
  draw_text(theme.strong, {at.x, at.y + theme.px(1)}, colour, text);
}

Rect draw_fitted(const Theme& theme, unsigned texture, int width, int height, const Rect& rect) {
  const float scale = std::min(rect.width() / float(width), rect.height() / float(height));
  const ImVec2 size{std::round(float(width) * scale), std::round(float(height) * scale)};
  const Rect place{{std::round(rect.min.x), std::round(rect.min.y)},
                   {std::round(rect.min.x) + size.x, std::round(rect.min.y) + size.y}};
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  if (texture)
    draw.AddImage(ImTextureID(std::intptr_t(texture)), place.min, place.max);
  else
    draw.AddRectFilled(place.min, place.max, theme.raised);
  draw.AddRect({place.min.x - 1, place.min.y - 1}, {place.max.x + 1, place.max.y + 1}, theme.border);
  return place;
}

void draw_bars(const Theme& theme, const Rect& rect, const Bars& bars) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const int n = int(bars.values.size());
  if (n == 0) return;
  const float pitch = rect.width() / float(n),
              side = bars.least_label > 0 ? theme.px(13) : std::min(theme.px(12), pitch - 1);
  const float foot = bars.label ? rect.max.y - side - theme.px(5) : rect.max.y;
  const float inset = std::min(pitch * 0.15f, theme.px(4)), room = foot - rect.min.y;
  const auto height = [&](double value) { return room * float(std::clamp(value / bars.max, 0.0, 1.0)); };
  draw.AddLine({rect.min.x, foot}, {rect.max.x, foot}, line_colour(theme));
  draw.AddLine({rect.min.x, rect.min.y}, {rect.max.x, rect.min.y}, faded(theme.border, 0.7f));
  const std::string top = number(bars.max);  // at the end where no bar is in its way
  const float width = text_width(theme.small, top);
  const bool at_left =
      height(bars.values.back()) > room - theme.small->FontSize - theme.px(4) && height(bars.values.front()) < room / 2;
  draw_text(theme.small, {at_left ? rect.min.x : rect.max.x - width, rect.min.y + theme.px(1)}, theme.dim, top);
  const std::vector<bool> named =
      bars.label ? bars_with_room(bars, pitch, theme.px(bars.least_label)) : std::vector<bool>();
  for (int i = 0; i < n; ++i) {
    const float left = rect.min.x + pitch * float(i) + inset, right = rect.min.x + pitch * float(i + 1) - inset;
    const ImU32 colour = bars.marked < 0 || bars.marked == i ? bars.colour : faded(bars.colour, 0.55f);
    if (bars.values[i] > 0.0005)  // what is likely enough to happen is seen, however small
      draw.AddRectFilled({left, foot - std::max(1.f, height(bars.values[i]))}, {right, foot}, colour,
                         std::min(theme.px(2), (right - left) / 3), ImDrawFlags_RoundCornersTop);
    if (i < int(bars.outlines.size()) && bars.outlines[i] > 0.015 * bars.max)
      draw.AddRect({left - 1, foot - height(bars.outlines[i])}, {right + 1, foot + 1}, theme.text, 0, 0,
                   theme.px(1.2f));
    if (bars.label && named[std::size_t(i)]) bars.label(i, {(left + right) / 2, foot + theme.px(3) + side / 2}, side);
  }
}

ImU32 mixed(ImU32 a, ImU32 b, float share) {
  const ImVec4 x = ImGui::ColorConvertU32ToFloat4(a), y = ImGui::ColorConvertU32ToFloat4(b);
  const auto between = [share](float p, float q) { return p + (q - p) * share; };
  return ImGui::ColorConvertFloat4ToU32({between(x.x, y.x), between(x.y, y.y), between(x.z, y.z), 1});
}

}  // namespace noiseglass::app
