#include "ui/widgets/layout_record.h"
#include "ui/widgets/say.h"
#include "ui/window/parts.h"

#include <algorithm>
#include <cstdlib>

namespace noiseglass::app {
namespace {

std::string size_text(Shape shape) { return std::to_string(shape.width) + " × " + std::to_string(shape.height); }

void choose_working_size(Ui& ui, float x, float y) {
  const Theme& theme = ui.theme;
  const LaneView& lane = ui.session.lane(0);
  const std::string text = "network sees " + size_text(lane.x_0->shape);
  ImGui::SetCursorScreenPos({x, y});
  if (push_button((text + "##working").c_str())) ImGui::OpenPopup("working size");
  note_label(text);
  ui.landmarks["working_size"] = {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()};
  tooltip(theme,
          "The longest side of the picture that the network works on. Larger is slower: twice the side takes about "
          "four times as long.");
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  if (ImGui::IsPopupOpen("working size"))
    open_below(theme, {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()}, 0, {{0, 0}, screen});
  if (!ImGui::BeginPopup("working size")) return;
  for (int size : {128, 256, 512, 1024, 2048, 0})
    if (list_entry(size ? ("longest side " + std::to_string(size)).c_str() : "full size", ui.next.working_size == size))
      ui.next.working_size = size;
  ImGui::EndPopup();
}

void edit_seed(Ui& ui) {
  ImGui::AlignTextToFramePadding();
  say_dim("seed");
  note_label("seed");
  ImGui::SameLine();
  ImGui::SetNextItemWidth(ui.theme.px(72));
  ImGui::InputScalar("##seed", ImGuiDataType_U64, &ui.next.seed);
  focus_stop(Takes::text);
  tooltip(ui.theme,
          "The seed of ε: the same seed gives the same noise here, on the command line, and on every machine.");
  ImGui::SameLine();
  if (icon_button(ui.theme, "new noise", Icon::dice, hint(action("new_noise")).c_str()))
    perform("new_noise", ui.session, ui.next);
  ui.landmarks["new_noise"] = {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()};
}

}  // namespace

void draw_picture_bar(Ui& ui, const Rect& rect) {
  begin_area("picture bar", rect);
  const Theme& theme = ui.theme;
  const float pad = theme.px(16), row = rect.min.y + (rect.height() - ImGui::GetFrameHeight()) / 2;
  const bool wide = rect.width() > theme.px(860), middling = rect.width() > theme.px(640);
  float x = rect.min.x + pad;
  ImGui::SetCursorScreenPos({x, row});
  if (push_button("Open…")) ui.requests.act("open");
  note_label("Open…");
  ui.landmarks["open"] = {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()};
  tooltip(theme, "Open a picture of your own (Ctrl+O), or drop one on the window.");
  x = ImGui::GetItemRectMax().x + theme.px(16);
  const OpenPicture& picture = ui.session.picture();
  const float text_y = rect.min.y + (rect.height() - theme.body->FontSize) / 2;
  if (wide) {
    x += draw_text_cut(theme.strong, {x, text_y}, theme.text, picture.title, theme.px(150)) + theme.px(8);
    x += draw_text(theme.body, {x, text_y}, theme.dim, size_text(picture.bytes.shape)) + theme.px(16);
  }
  if (middling) choose_working_size(ui, x, row);

  static float right_group = 0;  // its width, known after the first frame
  const float right = std::max(rect.max.x - pad - right_group, ImGui::GetItemRectMax().x + theme.px(8));
  ImGui::SetCursorScreenPos({right, row});
  edit_seed(ui);
  if (ui.next.panel == "pictures") {
    ImGui::SameLine(0, theme.px(12));
    int lanes = ui.next.lane_count - 1;
    if (segmented(theme, "lanes", {"1 lane", "2 lanes"}, lanes, hint(action("lanes")).c_str()))
      ui.next.lane_count = lanes + 1;
    ui.landmarks["lanes_toggle"] = {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()};
  }
  right_group = ImGui::GetItemRectMax().x - right;
  ImGui::EndChild();
}

}  // namespace noiseglass::app
