#include "ui/panels/shared/axes.h"

#include "ui/widgets/layout.h"
#include "ui/widgets/layout_record.h"

#include <algorithm>
#include <cmath>

namespace noiseglass::app {

double aspect_of(const Rect& rect) {
  if (!(rect.width() >= 1 && rect.height() >= 1)) return 1;
  return std::clamp(double(rect.width()) / double(rect.height()), 0.125, 8.0);
}

double Axes::x_at(float pixel) const {
  return x_min + std::clamp(double(pixel - area.min.x) / area.width(), 0.0, 1.0) * (x_max - x_min);
}

double Axes::y_at(float pixel) const {
  return y_min + std::clamp(double(area.max.y - pixel) / area.height(), 0.0, 1.0) * (y_max - y_min);
}

void draw_x_ticks(const Theme& theme, const Axes& axes, const std::vector<double>& ticks, bool lines) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  float free = -1e9f;  // where the next number may begin
  for (const double tick : ticks) {
    const float x = std::round(axes.px(tick));
    if (lines) draw.AddLine({x, axes.area.min.y}, {x, axes.area.max.y}, faded(theme.border, 0.6f));
    const std::string text = number(tick, 4);
    const float width = text_width(theme.small, text);
    const float left = std::min(x - width / 2, axes.area.max.x + theme.px(4) - width);  // the last one stays inside
    if (left < free) continue;
    free = left + width + theme.px(5);
    draw_text(theme.small, {left, axes.area.max.y + theme.px(3)}, theme.dim, text);
  }
}

void draw_y_ticks(const Theme& theme, const Axes& axes, const std::vector<double>& ticks, bool lines) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  float taken = -1e9f;  // where the last number stands
  for (const double tick : ticks) {
    const float y = std::round(axes.py(tick));
    if (lines) draw.AddLine({axes.area.min.x, y}, {axes.area.max.x, y}, faded(theme.border, 0.6f));
    if (std::abs(y - taken) < theme.small->FontSize) continue;
    taken = y;
    const std::string text = number(tick, 3);
    draw_text(theme.small,
              {axes.area.min.x - theme.px(6) - text_width(theme.small, text), y - theme.small->FontSize / 2}, theme.dim,
              text);
  }
}

Rect draw_card(const Theme& theme, const Rect& rect, const std::string& title, const std::string& tag) {
  ImGui::GetWindowDrawList()->AddRectFilled(rect.min, rect.max, theme.surface, theme.px(10));
  const bool is_short = window_is_short(theme);
  const float pad = theme.px(is_short ? 8 : 14), top = rect.min.y + theme.px(is_short ? 6 : 11);
  const float tag_width = tag.empty() ? 0 : text_width(theme.small, tag) + theme.px(8);
  draw_text_cut(theme.strong, {rect.min.x + pad, top}, theme.text, title, rect.width() - 2 * pad - tag_width);
  if (!tag.empty())
    draw_text(theme.small, {rect.max.x - pad - tag_width + theme.px(8), top + theme.px(1)},
              tag == "cheating" ? theme.warning : theme.dim, tag);
  return {{rect.min.x + pad, rect.min.y + theme.px(is_short ? 30 : 36)}, {rect.max.x - pad, rect.max.y - pad}};
}

float draw_key(const Theme& theme, ImVec2 at, ImU32 colour, const std::string& text, float right) {
  const float middle = at.y + theme.small->FontSize / 2 + theme.px(1);
  ImGui::GetWindowDrawList()->AddRectFilled({at.x, middle - theme.px(1.5f)},
                                            {at.x + theme.px(14), middle + theme.px(1.5f)}, colour, theme.px(1.5f));
  const float left = at.x + theme.px(20);
  note_control("legend " + text, {at, {left + text_width(theme.small, text), at.y + theme.small->FontSize}});
  return left + draw_text_fitting(theme.small, {left, at.y}, theme.text, text, right - left) + theme.px(16);
}

std::string x_sub(int t) {
  std::string out = "x";
  for (const char digit : std::to_string(t)) out += std::string("\xE2\x82") + char(0x80 + (digit - '0'));
  return out;
}

}  // namespace noiseglass::app
