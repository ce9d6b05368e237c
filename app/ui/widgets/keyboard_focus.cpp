#include "ui/widgets/keyboard_focus.h"

#include <imgui.h>

namespace noiseglass::app {

bool KeyboardFocus::give_to(const std::function<void()>& wake, const std::function<bool()>& draw) {
  if (wanted_) {
    ImGui::SetKeyboardFocusHere();
    wake();
  }
  const bool changed = draw();
  if (ImGui::IsItemActive()) wanted_ = false;
  return changed;
}

}  // namespace noiseglass::app
