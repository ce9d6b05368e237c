#include "ui/window/lanes/wipe.h"

#include "ui/panels/shared/figures.h"
#include "ui/widgets/hit_area.h"

#include <algorithm>

namespace noiseglass::app {

bool drag_wipe(Ui& ui, const std::string& id, const Rect& picture) {
  const float reach = ui.theme.px(9), x = picture.min.x + ui.graphics.wipe * picture.width();
  const float middle = (picture.min.y + picture.max.y) / 2, high = std::min(picture.height() / 2, ui.theme.px(28));
  const Rect grip{{std::max(picture.min.x, x - reach), middle - high},
                  {std::min(picture.max.x, x + reach), middle + high}};
  ImGui::SetCursorScreenPos(grip.min);
  hit_area((id + " wipe").c_str(), {std::max(1.f, grip.width()), std::max(1.f, grip.height())});
  ui.landmarks[id + ".wipe"] = grip;
  if (ui.graphics.wipe > 0) {
    const FocusKeys keys = focus_stop(Takes::slider);
    ui.graphics.wipe = std::clamp(ui.graphics.wipe + 0.02f * float(keys.steps()), keys.end < 0 ? 0.f : 0.02f, 1.f);
    if (keys.end != 0) ui.graphics.wipe = keys.end < 0 ? 0.f : 1.f;
  }
  const bool held = ImGui::IsItemActive(), pointed = ImGui::IsItemHovered();
  if (held) ui.graphics.wipe = std::clamp((ImGui::GetIO().MousePos.x - picture.min.x) / picture.width(), 0.f, 1.f);
  if (held && ui.graphics.wipe < 0.02f) ui.graphics.wipe = 0;
  if (pointed && ImGui::IsMouseDoubleClicked(0)) ui.graphics.wipe = 0;
  if (held || pointed) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
  if (!held) tooltip(ui.theme, "Drag to compare with the original; double-click to close.");
  return held || pointed;
}

void draw_wipe(const Ui& ui, const Rect& picture, unsigned original, bool held) {
  const Theme& theme = ui.theme;
  const float share = ui.graphics.wipe, x = picture.min.x + share * picture.width();
  const bool pointed = ImGui::IsMouseHoveringRect(picture.min, picture.max);
  if (share <= 0 && !pointed && !held) return;
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  if (original) {
    draw.AddImage(ImTextureID(std::intptr_t(original)), picture.min, {x, picture.max.y}, {0, 0}, {share, 1});
    draw.AddLine({x, picture.min.y}, {x, picture.max.y}, theme.ground, theme.px(4));
    draw.AddLine({x, picture.min.y}, {x, picture.max.y}, theme.text, theme.px(2));
    if (x - picture.min.x > text_width(theme.strong, "x₀") + theme.px(16))
      draw_plate(theme, {picture.min.x + theme.px(8), picture.min.y + theme.px(6)}, theme.x_0, "x₀");
  }
  const float middle = (picture.min.y + picture.max.y) / 2, r = theme.px(held ? 11 : 9), tip = theme.px(4);
  draw.PushClipRect(picture.min, picture.max, true);
  draw.AddCircleFilled({x, middle}, r + theme.px(1.5f), theme.ground);
  draw.AddCircleFilled({x, middle}, r, theme.text);
  for (const float side : {-1.f, 1.f})
    draw.AddTriangleFilled({x + side * tip * 1.7f, middle}, {x + side * tip * 0.6f, middle - tip},
                           {x + side * tip * 0.6f, middle + tip}, theme.ground);
  draw.PopClipRect();
}

}  // namespace noiseglass::app
