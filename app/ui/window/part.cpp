#include "ui/widgets/guard.h"
#include "ui/window/parts.h"

namespace noiseglass::app {

void draw_part(Ui& ui, const char* name, const Rect& rect, const std::function<void()>& draw) {
  std::string& problem = ui.broken[name];  // each frame tries again: the cause may be gone
  problem = draw_guarded(draw);
  if (problem.empty()) return;
  const Theme& theme = ui.theme;
  ImGui::GetWindowDrawList()->AddRectFilled(rect.min, rect.max, theme.surface);
  draw_text_wrapped(theme.body, {rect.min.x + theme.px(12), rect.min.y + theme.px(12)}, theme.warning,
                    "This part cannot be drawn: " + problem, rect.width() - theme.px(24));
}

}  // namespace noiseglass::app
