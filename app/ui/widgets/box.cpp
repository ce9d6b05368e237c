#include "ui/widgets/box.h"

#include "language/language.h"

namespace noiseglass::app {

bool begin_box(const Theme& theme, const char* id, const std::string& text) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImVec2 tip{at.x + ImGui::CalcItemWidth() - theme.px(13), at.y + ImGui::GetFrameHeight() / 2};
  const bool open = ImGui::BeginCombo(tr_label(id).c_str(), tr(text).c_str(),
                                      ImGuiComboFlags_NoArrowButton | ImGuiComboFlags_HeightLarge);
  draw.AddTriangleFilled({tip.x - theme.px(4), tip.y - theme.px(2)}, {tip.x + theme.px(4), tip.y - theme.px(2)},
                         {tip.x, tip.y + theme.px(3)}, theme.dim);
  return open;
}

}  // namespace noiseglass::app
