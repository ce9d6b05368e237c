#include "ui/widgets/dialog.h"

#include "language/language.h"

#include <imgui_internal.h>

#include <algorithm>

namespace noiseglass::app {

bool begin_dialog(const Theme& theme, const char* id, ImVec2 size, bool* open) {
  const ImVec2 screen = ImGui::GetIO().DisplaySize, most{screen.x - 32, screen.y - 32};
  const float width = std::min(theme.px(size.x), most.x);
  ImGui::SetNextWindowPos({screen.x / 2, screen.y / 2}, ImGuiCond_Always, {0.5f, 0.5f});
  ImGui::SetNextWindowSize({width, std::min(theme.px(size.y), most.y)});
  ImGui::SetNextWindowSizeConstraints({0, 0}, {width, most.y});
  return ImGui::BeginPopupModal(tr_label(id).c_str(), open, ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoMove);
}

bool dialog_appears() {
  const ImGuiWindow* dialog = ImGui::GetTopMostPopupModal();
  return dialog && !dialog->WasActive &&
         !ImGui::IsWindowWithinBeginStackOf(ImGui::GetCurrentWindow(), const_cast<ImGuiWindow*>(dialog));
}

void open_dialog(const char* id) { ImGui::OpenPopup((std::string("###") + id).c_str()); }

}  // namespace noiseglass::app
