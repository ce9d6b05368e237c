#include "ui/window/tour.h"

#include "session/preferences.h"
#include "ui/widgets/dialog.h"
#include "ui/widgets/layout_record.h"

#include <algorithm>
#include <utility>

namespace noiseglass::app {
namespace {

struct Stop {
  const char* landmark;
  const char* title;
  const char* text;
};

constexpr Stop stops[] = {
    {"slider", "Drag the slider",
     "On the left is the picture, on the right pure noise. Every t in between is a mixture of the two."},
    {"play_reverse_button", "Denoise", "A trained network removes the noise again, step by step. Try it from here."},
    {"generate_button", "Generate", "Start from noise alone. What appears was never there: the network makes it up."},
    {"lane1.settings", "Two lanes",
     "The same noise, treated in two ways. Click a lane's title to change its schedule, network or sampler."},
    {"lessons", "Lessons", "Lessons of about ten minutes each. Start with the first."},
};
constexpr int count = int(std::size(stops));

}  // namespace

void Tour::end(Preferences& preferences) {
  stop_ = -1;
  preferences.toured = true;
}

/// What is not on screen, as Generate in a small window, is passed by.
void Tour::go_on(Ui& ui) {
  do ++stop_;
  while (stop_ < count && !ui.landmarks.contains(stops[stop_].landmark));
  if (stop_ >= count) end(ui.preferences);
}

/// Above what it speaks of, or below where there is no room.
void Tour::draw_card(Ui& ui, const Rect& what) {
  if (dialog_appears()) return;
  const Theme& theme = ui.theme;
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  const Stop& stop = stops[stop_];
  const float width = std::min(theme.px(340), screen.x - theme.px(16)), pad = theme.px(16), inner = width - 2 * pad;
  const float text = wrapped_height(theme.body, stop.text, inner);
  const float height = 2 * pad + theme.px(28) + text + theme.px(14) + ImGui::GetFrameHeight(), gap = theme.px(12);
  const float x = std::clamp((what.min.x + what.max.x - width) / 2, theme.px(8), screen.x - width - theme.px(8));
  const bool above = what.min.y - gap - height > theme.px(8);
  ImGui::SetNextWindowPos({x, above ? what.min.y - gap - height : what.max.y + gap});
  ImGui::SetNextWindowSize({width, height});
  ImGui::PushStyleColor(ImGuiCol_WindowBg, ImGui::ColorConvertU32ToFloat4(theme.surface));
  ImGui::PushStyleColor(ImGuiCol_Border, theme.warning);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, theme.px(1.5f));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {pad, pad});
  ImGui::Begin("tour", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                   ImGuiWindowFlags_NoFocusOnAppearing | ImGuiWindowFlags_NoNav);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  draw_text(theme.strong, at, theme.text, stop.title);
  const std::string place = std::to_string(stop_ + 1) + " of " + std::to_string(count);
  draw_text(theme.small, {at.x + inner - text_width(theme.small, place), at.y + theme.px(1)}, theme.dim, place);
  draw_text_wrapped(theme.body, {at.x, at.y + theme.px(28)}, theme.text, stop.text, inner);
  const bool last = stop_ + 1 == count;
  const float next = theme.px(84), y = at.y + theme.px(28) + text + theme.px(14);
  ImGui::SetCursorScreenPos({at.x, y});
  const bool skipped = !last && push_button("Skip");
  if (!last) ui.landmarks["tour.skip"] = {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()};
  ImGui::SetCursorScreenPos({at.x + inner - next, y});
  const bool on = push_button(last ? "Begin" : "Next", {next, 0});
  note_label(last ? "Begin" : "Next");
  ui.landmarks["tour.next"] = {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()};
  ImGui::End();
  ImGui::PopStyleVar(2);
  ImGui::PopStyleColor(2);
  if (skipped || ui.popups.escape) return end(ui.preferences);
  if (on || ui.popups.enter) go_on(ui);
}

void Tour::draw(Ui& ui) {
  if (!is_open()) return;
  if (std::exchange(begins_, false) && ui.next.panel != "pictures") {
    ui.next.panel = "pictures";
    return ui.wake();
  }
  if (ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopup)) return;
  const auto what = ui.landmarks.find(stops[stop_].landmark);
  if (what == ui.landmarks.end()) return go_on(ui);
  draw_ring(ui.theme, what->second, ui.theme.warning);
  draw_card(ui, what->second);
}

}  // namespace noiseglass::app
