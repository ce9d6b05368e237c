#include "ui/window/lanes/lane_parts.h"

#include "session/measures.h"
#include "ui/widgets/hit_area.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace noiseglass::app {
namespace {

/// The other signal-to-noise ratio at a click; both in the tooltip.
void switch_snr(Ui& ui, int index, const Rect& rect) {
  const LaneView& lane = ui.session.lane(index);
  ImGui::SetCursorScreenPos(rect.min);
  if (hit_area(lane_landmark(index, "snr").c_str(), {rect.width(), rect.height()}))
    ui.next.snr_of = SnrOf(1 - int(ui.next.snr_of));
  focus_stop(Takes::press);
  ui.landmarks[lane_landmark(index, "snr")] = rect;
  tooltip(ui.theme, (about_snr(lane) + "\nClick to show the other.").c_str());
}

/// "ᾱ 0.213   β 0.0085 …", in columns so that digits do not dance. @returns the left end
float draw_values(Ui& ui, int index, float right, float y, float room) {
  const Theme& theme = ui.theme;
  const LaneView& lane = ui.session.lane(index);
  const Schedule& schedule = *lane.schedule;
  const bool own = ui.next.snr_of == SnrOf::picture;
  struct Value {
    const char* name;
    std::string value;
    float width;
    int rank;  // where there is not room for all, the last of them go
  };
  const Value values[] = {own ? Value{"picture's SNR", fixed(own_snr_db(lane), 1) + " dB", 168, 2}
                              : Value{"SNR", fixed(schedule.snr_db(lane.t), 1) + " dB", 104, 2},
                          {"σ", fixed(schedule.sigma(lane.t), 3), 60, 3},
                          {"β", lane.t ? fixed(schedule.beta(lane.t), 4) : "–", 68, 4},
                          {"ᾱ", share(schedule.alpha_bar(lane.t)), 68, 1},
                          {"t", std::to_string(lane.t), 48, 0}};
  int ranks = 0;  // how many of them have room
  for (float taken = 0; ranks < int(std::size(values)); ++ranks) {
    taken += theme.px(std::ranges::find(values, ranks, &Value::rank)->width);
    if (taken > room) break;
  }
  float x = right;
  for (const auto& value : values) {
    if (value.rank >= ranks) continue;
    x -= theme.px(value.width);
    const float name = draw_text(theme.small, {x, y}, theme.dim, value.name);
    draw_text(theme.small, {x + name + theme.px(6), y}, theme.text, value.value);
    if (&value == &values[0]) switch_snr(ui, index, {{x, y}, {right, y + theme.small->FontSize}});
  }
  return x;
}

}  // namespace

void draw_lane_header(Ui& ui, int index, const Rect& rect) {
  const Theme& theme = ui.theme;
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const std::string title = lane_titles(ui.session)[index];
  const float text_y = rect.min.y + (rect.height() - theme.small->FontSize) / 2;
  const float values_left = draw_values(ui, index, rect.max.x, text_y + theme.px(1), rect.width() * 0.62f);
  draw.AddRectFilled({rect.min.x, rect.min.y + theme.px(6)}, {rect.min.x + theme.px(4), rect.max.y - theme.px(6)},
                     theme.lane[index], theme.px(2));
  const std::string popup = "lane settings " + std::to_string(index);
  const float x = rect.min.x + theme.px(8);
  const float title_width = text_width(theme.title, title), button_room = values_left - x - theme.px(16);
  ImGui::SetCursorScreenPos({x, rect.min.y});
  const std::string details = lane_details(ui.session, index);
  const float all = std::min(button_room, title_width + theme.px(24) + text_width(theme.small, details) + theme.px(28));
  if (hit_area(popup.c_str(), {std::max(theme.px(60), all), rect.height()})) ImGui::OpenPopup(popup.c_str());
  focus_stop(Takes::press);
  ui.landmarks[lane_landmark(index, "settings")] = {
      {ImGui::GetItemRectMin().x + theme.px(3), ImGui::GetItemRectMin().y + theme.px(3)},
      {ImGui::GetItemRectMax().x, ImGui::GetItemRectMax().y - theme.px(5)}};  // a ring leaves what is around it clear
  const bool hovered = ImGui::IsItemHovered();
  if (hovered) draw.AddRectFilled(ImGui::GetItemRectMin(), ImGui::GetItemRectMax(), theme.raised, theme.px(6));
  const std::string& note = ui.session.lane(index).note;
  tooltip(theme, ("Change this lane: schedule, denoiser, sampler, number of steps." +
                  (note.empty() ? "" : "\nFor this network the picture was " + note + "."))
                     .c_str());
  float at = x + theme.px(8);
  at += draw_text_cut(theme.title, {at, rect.min.y + (rect.height() - theme.title->FontSize) / 2}, theme.text, title,
                      button_room);
  at += theme.px(12);
  const float details_room = x + all - theme.px(28) - at;
  if (details_room > theme.px(80))
    at += draw_text_fitting(theme.small, {at, text_y + theme.px(1)}, theme.dim, details, details_room);
  const ImVec2 c{at + theme.px(12), rect.min.y + rect.height() / 2 + theme.px(2)};
  if (at + theme.px(20) < values_left)
    draw.AddTriangleFilled({c.x - theme.px(4), c.y - theme.px(2)}, {c.x + theme.px(4), c.y - theme.px(2)},
                           {c.x, c.y + theme.px(3)}, hovered ? theme.text : theme.dim);
  if (ImGui::IsPopupOpen(popup.c_str())) {  // at the right, so that x_t is seen to change
    const float width = theme.px(360);
    const Rect right{{std::max(rect.min.x, rect.max.x - width), rect.min.y},
                     {rect.max.x, ImGui::GetIO().DisplaySize.y}};
    open_below(theme, rect, width, right);
  }
  if (ImGui::BeginPopup(popup.c_str())) {
    draw_lane_settings(ui, index);
    ImGui::EndPopup();
  }
}

}  // namespace noiseglass::app
