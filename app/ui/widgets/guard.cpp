#include "ui/widgets/guard.h"

#include "noiseglass/thrown.h"

#include <imgui.h>
#include <imgui_internal.h>

#include <exception>
#include <utility>

namespace noiseglass::app {

std::string draw_guarded(const std::function<void()>& draw) {
  const ImGuiWindow* window = ImGui::GetCurrentWindow();
  ImGuiStackSizes sizes;
  sizes.SetToCurrentState();
  const int fonts = ImGui::GetCurrentContext()->FontStack.Size;
  const int clips = window->DrawList->_ClipRectStack.Size;
  std::string problem;
  try {
    draw();
    return problem;
  } catch (...) {
    problem = sentence_of(std::current_exception());
  }
  while (ImGui::GetCurrentWindow() != window) {
    ImGui::ErrorCheckEndWindowRecover(nullptr);
    const ImGuiWindowFlags flags = ImGui::GetCurrentWindow()->Flags;
    if (flags & ImGuiWindowFlags_ChildWindow)
      ImGui::EndChild();
    else if (flags & ImGuiWindowFlags_Popup)
      ImGui::EndPopup();
    else
      ImGui::End();
  }
  // What has been pushed since the window began, but before this, stays.
  ImGuiStackSizes& on_begin = ImGui::GetCurrentContext()->CurrentWindowStack.back().StackSizesOnBegin;
  const ImGuiStackSizes of_window = std::exchange(on_begin, sizes);
  ImVector<ImGuiID> ids = ImGui::GetCurrentWindow()->IDStack;
  ids.resize(sizes.SizeOfIDStack);
  ImGui::ErrorCheckEndWindowRecover(nullptr);
  ImGui::GetCurrentWindow()->IDStack = ids;
  on_begin = of_window;
  while (ImGui::GetCurrentContext()->FontStack.Size > fonts) ImGui::PopFont();
  while (window->DrawList->_ClipRectStack.Size > clips) ImGui::PopClipRect();
  return problem;
}

}  // namespace noiseglass::app
