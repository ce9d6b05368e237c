#include "ui/window/open_panel.h"
#include "ui/widgets/layout.h"

#include "ui/lessons/lessons.h"
#include "ui/widgets/guard.h"
#include "ui/widgets/say.h"

namespace noiseglass::app {
namespace {

/// The panel's name, and beside it what there is to see: in one line, or smaller in two. @returns the height
float draw_title(const Ui& ui, const Rect& rect, const PanelRecord& record) {
  const Theme& theme = ui.theme;
  const float left = rect.min.x + draw_text(theme.title, rect.min, theme.text, record.label) + theme.px(16);
  const float room = rect.max.x - left;
  if (text_width(theme.body, record.summary) <= room)
    draw_text(theme.body, {left, rect.min.y + theme.px(3)}, theme.dim, record.summary);
  else
    draw_text_wrapped(theme.small, {left, rect.min.y - theme.px(3)}, theme.dim, record.summary, room);
  return theme.px(36);
}

}  // namespace

/// Over a panel that failed. Each frame tries again, since the cause may be gone; it is made anew when asked to.
void OpenPanel::draw_broken(Ui& ui, const Rect& rect, const std::string& id, const std::string& problem) {
  const Theme& theme = ui.theme;
  ImGui::SetCursorScreenPos(rect.min);
  ImGui::PushStyleColor(ImGuiCol_ChildBg, theme.ground);
  ImGui::BeginChild("broken", {rect.width(), rect.height()}, false);
  ImGui::Dummy({1, theme.px(12)});
  say_wrapped("This panel cannot be drawn: " + problem);
  if (push_button("Try again")) opened_.erase(id);
  ImGui::EndChild();
  ImGui::PopStyleColor();
}

void OpenPanel::draw(Ui& ui, const Rect& rect) {
  const PanelRecord* record = find_panel(ui.next.panel);
  if (!record) return;
  begin_area(("panel " + record->id).c_str(), rect);
  Rect inside = rect;
  const bool roomy = ImGui::GetIO().DisplaySize.y >= ui.theme.px(780);
  if (!ui.lesson.reader.is_open() && roomy)  // else the page, or the tab, says it
    inside.min.y += draw_title(ui, rect, *record);
  std::string& problem = ui.broken[record->id];
  problem = draw_guarded([&] {
    if (!opened_.contains(record->id)) opened_[record->id] = make_panel(record->id);  // or there is none
    opened_[record->id]->draw(ui, inside);
  });
  if (!problem.empty()) draw_broken(ui, inside, record->id, problem);
  ImGui::EndChild();
}

const Panel* OpenPanel::find(const std::string& id) const {
  const auto found = opened_.find(id);
  return found == opened_.end() ? nullptr : found->second.get();
}

}  // namespace noiseglass::app
