#pragma once

#include "ui/theme.h"

#include <string>
#include <vector>

namespace noiseglass::app {

struct LegendEntry {
  ImU32 colour;
  std::string text;
};
float legend_width(const Theme& theme, const std::vector<LegendEntry>& entries);
/// All of them, in as many lines as they need between at.x and `right`. @returns the height of those lines
float draw_legend(const Theme& theme, ImVec2 at, float right, const std::vector<LegendEntry>& entries);

}  // namespace noiseglass::app
