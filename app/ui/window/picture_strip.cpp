#include "ui/window/parts.h"

#include "noiseglass/files.h"

#include <algorithm>

namespace noiseglass::app {
namespace {

/// A square thumbnail, decoded once.
unsigned thumbnail(Ui& ui, const BundledPicture& picture, int side) {
  const std::string key = picture.path.string() + '@' + std::to_string(side);
  render::Texture& texture = ui.data.thumbnails[key];
  if (!texture) try {
      const ByteImage bytes = read_picture(picture.path);
      ViewRect view;
      const double w = bytes.shape.width, h = bytes.shape.height;
      if (w > h) view.left = (1 - h / w) / 2, view.right = 1 - view.left;
      if (h > w) view.top = (1 - w / h) / 2, view.bottom = 1 - view.top;
      view.width = view.height = side;
      texture = render::Texture(to_bytes(sample_clean(bytes, view)), {.mipmaps = false});
    } catch (const Error&) {
      texture = render::Texture(ByteImage(Shape{1, 1, 3}), {.mipmaps = false});  // black; opening it will say why
    }
  return texture.id();
}

}  // namespace

void draw_picture_strip(Ui& ui, const Rect& rect) {
  const Theme& theme = ui.theme;
  ImGui::SetCursorScreenPos(rect.min);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, theme.px(8)});
  ImGui::PushStyleVar(ImGuiStyleVar_ScrollbarSize, theme.px(6));
  ImGui::PushStyleColor(ImGuiCol_ScrollbarBg, 0);
  ImGui::BeginChild("pictures", {rect.width(), rect.height()}, false);
  const float side = theme.px(56);
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  for (std::size_t i = 0; i < ui.session.library().pictures.size(); ++i) {
    const BundledPicture& picture = ui.session.library().pictures[i];
    ImGui::PushID(int(i));
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImGui::SetCursorScreenPos({at.x + theme.px(4), at.y + (i ? 0 : theme.px(4))});
    if (ImGui::InvisibleButton("picture", {side, side})) ui.next.picture = picture.path;
    const ImVec2 min = ImGui::GetItemRectMin(), max = ImGui::GetItemRectMax();
    const bool open = ui.session.picture().path == picture.path, hovered = ImGui::IsItemHovered();
    draw.AddImageRounded(ImTextureID(std::intptr_t(thumbnail(ui, picture, int(side)))), min, max, {0, 0}, {1, 1},
                         IM_COL32(255, 255, 255, open || hovered ? 255 : 200), theme.px(6));
    if (open) {
      const float d = theme.px(3);
      draw.AddRect({min.x - d, min.y - d}, {max.x + d, max.y + d}, theme.text, theme.px(8), 0, theme.px(2));
    }
    ui.landmarks["picture" + std::to_string(i)] = {min, max};
    tooltip(theme, (picture.title + ". " + picture.alt).c_str());
    ImGui::PopID();
  }
  ImGui::EndChild();
  ImGui::PopStyleColor();
  ImGui::PopStyleVar(3);
}

}  // namespace noiseglass::app
