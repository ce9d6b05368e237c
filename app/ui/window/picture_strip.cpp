#include "ui/window/picture_strip.h"

#include "session/groups.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/hit_area.h"

#include <algorithm>

namespace noiseglass::app {
namespace {

/// When another picture is opened, by whatever means, the strip comes to where it lies.
void scroll_to(int index, ImVec2 min, ImVec2 max) {
  int& last = *ImGui::GetStateStorage()->GetIntRef(ImGui::GetID("the open picture"), -1);
  if (last == index) return;
  last = index;
  const ImVec2 top = ImGui::GetWindowPos();
  if (min.y < top.y || max.y > top.y + ImGui::GetWindowHeight()) ImGui::SetScrollHereY(0.5f);
}

/// What the pictures from here on are, which says what "Generate" makes of them. In the narrowest strip it has no room.
void draw_heading(const Theme& theme, const std::string& label, float width, bool first) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float wide = text_width(theme.small, label);
  if (wide > width) return;
  const float above = first ? theme.px(4) : theme.px(8);
  draw_text(theme.small, {at.x + (width - wide) / 2, at.y + above}, theme.dim, label);
  ImGui::SetCursorScreenPos({at.x, at.y + above + theme.px(18)});
}

}  // namespace

void PictureStrip::draw(Ui& ui, const Rect& rect) {
  const Theme& theme = ui.theme;
  ui.landmarks["strip"] = rect;
  ImGui::SetCursorScreenPos(rect.min);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, theme.px(8)});
  ImGui::PushStyleVar(ImGuiStyleVar_ScrollbarSize, theme.px(6));
  ImGui::PushStyleColor(ImGuiCol_ScrollbarBg, 0);
  ImGui::BeginChild("pictures", {rect.width(), rect.height()}, false);
  const float side = rect.width() - theme.px(16);
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const auto& pictures = ui.session.library().pictures;
  const auto is_open = [&](const BundledPicture& one) { return ui.session.picture().path == one.path; };
  const bool own = std::ranges::none_of(pictures, is_open);  // then the keyboard comes in at the first
  FocusKeys keys;
  int keyboard = 0;
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    const BundledPicture& picture = pictures[i];
    ImGui::PushID(int(i));
    const bool begins = i == 0 || picture.kind != pictures[i - 1].kind;
    const PictureGroup* group = group_of(picture.path, ui.session.library());
    if (begins && group) draw_heading(theme, std::string(group->short_label), side + theme.px(8), i == 0);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImGui::SetCursorScreenPos({at.x + theme.px(4), at.y + (i ? 0 : theme.px(4))});
    if (hit_area("picture", {side, side})) ui.next.picture = picture.path;
    const ImVec2 min = ImGui::GetItemRectMin(), max = ImGui::GetItemRectMax();
    const bool open = is_open(picture), hovered = ImGui::IsItemHovered();
    if (const unsigned texture = thumbnails_.texture(ui.session.library().pictures, i, int(side), ui.wake))
      draw.AddImageRounded(ImTextureID(std::intptr_t(texture)), min, max, {0, 0}, {1, 1},
                           IM_COL32(255, 255, 255, open || hovered ? 255 : 200), theme.px(6));
    else
      draw.AddRectFilled(min, max, theme.surface, theme.px(6));
    if (open) {
      const float d = theme.px(3);
      draw.AddRect({min.x - d, min.y - d}, {max.x + d, max.y + d}, theme.text, theme.px(8), 0, theme.px(2));
    }
    ui.landmarks["picture" + std::to_string(i)] = {min, max};
    tooltip(theme, (picture.title + ". " + picture.alt).c_str());
    ImGui::PopID();
    if (open || (own && i == 0)) keys = focus_stop(Takes::plane, "open picture"), keyboard = int(i);
    if (open) scroll_to(int(i), min, max);
  }
  if (keys.steps() != 0 || (own && keys.enter))
    ui.next.picture =
        pictures[std::size_t(std::clamp(keyboard + keys.across - keys.up, 0, int(pictures.size()) - 1))].path;
  ImGui::EndChild();
  ImGui::PopStyleColor();
  ImGui::PopStyleVar(3);
}

}  // namespace noiseglass::app
