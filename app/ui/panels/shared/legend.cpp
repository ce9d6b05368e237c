#include "ui/panels/shared/legend.h"

#include "ui/panels/shared/axes.h"

#include <algorithm>

namespace noiseglass::app {

float legend_width(const Theme& theme, const std::vector<LegendEntry>& entries) {
  float width = 0;
  for (const LegendEntry& entry : entries) width += theme.px(36) + text_width(theme.small, entry.text);
  return std::max(0.f, width - theme.px(16));  // no gap after the last one
}

float draw_legend(const Theme& theme, ImVec2 at, float right, const std::vector<LegendEntry>& entries) {
  const float left = at.x, line = theme.small->FontSize + theme.px(5), top = at.y;
  for (const LegendEntry& entry : entries) {
    const float needed = theme.px(20) + text_width(theme.small, entry.text);
    if (at.x > left && at.x + needed > right) at = {left, at.y + line};
    at.x = draw_key(theme, at, entry.colour, entry.text);
  }
  return at.y - top + line;
}

}  // namespace noiseglass::app
