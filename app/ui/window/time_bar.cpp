#include "session/measures.h"
#include "session/panel_record.h"
#include "session/set_state.h"
#include "ui/widgets/hit_area.h"
#include "ui/widgets/layout.h"
#include "ui/widgets/lines.h"
#include "ui/widgets/slider.h"
#include "ui/window/parts.h"

#include "noiseglass/files.h"

#include <algorithm>
#include <cmath>

namespace noiseglass::app {
namespace {

/// The buttons at the left. @returns their right end
float draw_transport(Ui& ui, float x, float y) {
  const bool playing = ui.next.playing != Playing::paused;
  const struct {
    const char* id;
    Icon icon;
    bool active;
  } buttons[] = {{"clean", Icon::home, false},
                 {"play_reverse", ui.next.playing == Playing::reverse ? Icon::pause : Icon::play_back, playing},
                 {"step_clean", Icon::step_back, false},
                 {"step_noise", Icon::step_forward, false},
                 {"play_forward", ui.next.playing == Playing::forward ? Icon::pause : Icon::play, playing},
                 {"noise", Icon::end, false}};
  static const char* hints[] = {"Clean end (Home)",
                                "Play towards clean (R)",
                                "One step towards clean (Left)",
                                "One step towards noise (Right)",
                                "Play towards noise (F)",
                                "Noisy end (End)"};
  for (std::size_t i = 0; i < std::size(buttons); ++i) {
    ImGui::SetCursorScreenPos({x, y});
    if (icon_button(ui.theme, buttons[i].id, buttons[i].icon, hints[i], false))
      perform(buttons[i].id, ui.session, ui.next);
    ui.landmarks[buttons[i].id] = {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()};
    x += ui.theme.px(34);
  }
  return x;
}

bool is_compact(const Theme& theme) { return window_is_short(theme) && !theme.projecting; }

void choose_schedule(Ui& ui, float x, float y, float width) {
  LaneState& lane = ui.next.lanes[0];
  ImGui::SetCursorScreenPos({x, y});
  const auto& chosen = find_record("schedule", schedule_records(), lane.schedule);
  small_combo(ui.theme, "##schedule", chosen.label + " schedule", width, "Which noise schedule the slider runs along.",
              [&] {
                for (const auto& record : schedule_records())
                  if (list_entry(record.label.c_str(), record.id == lane.schedule)) lane.choose_schedule(record.id);
              });
  ui.landmarks["schedule"] = {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()};
}

void draw_slider(Ui& ui, float left, float right, float middle) {
  const Theme& theme = ui.theme;
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const float r = theme.px(9), half = theme.px(3);
  ImGui::SetCursorScreenPos({left - r, middle - theme.px(14)});
  hit_area("noise slider", {right - left + 2 * r, theme.px(28)});
  ui.landmarks["slider"] = {{left, middle - r}, {right, middle + r}};  // a ring around it leaves the words below clear
  const bool held = ImGui::IsItemActive(), hovered = ImGui::IsItemHovered();
  if (held) {
    const double share = std::clamp(double(ImGui::GetIO().MousePos.x - left) / (right - left), 0.0, 1.0);
    ui.next.position = std::round(share * ui.next.steps);
    ui.next.playing = Playing::paused;
  }
  const float x = left + float(ui.next.position / ui.next.steps) * (right - left);
  const float field = std::clamp(x - theme.px(48), left, right - theme.px(96));
  time_slider_hands(ui, {{field, middle + theme.px(13)}, {field + theme.px(96), middle + theme.px(33)}});
  draw.AddRectFilled({left, middle - half / 3}, {right, middle + half / 3}, line_colour(theme), half / 3);
  draw.AddRectFilled({left, middle - half}, {x, middle + half}, theme.dim, half);
  draw.AddCircleFilled({x, middle}, r + theme.px(held || hovered ? 2 : 0), theme.surface);
  draw.AddCircleFilled({x, middle}, r - theme.px(held || hovered ? 0 : 2), theme.accent);
  if (is_compact(theme) || value_is_typed()) return;
  const std::string clean = "clean", noise = noisy_end(ui.session);
  const float y = middle + theme.px(14), noise_left = right - text_width(theme.small, noise);
  const float clean_right = left + draw_text(theme.small, {left, y}, theme.dim, clean);
  draw_text(theme.small, {noise_left, y}, theme.dim, noise);
  if (!theme.projecting) return;  // else the values beside it say it
  const std::string here = "t = " + std::to_string(ui.session.lane(0).t);
  const float width = text_width(theme.strong, here), pad = theme.px(10);
  const float most = noise_left - pad - width, least = clean_right + pad;
  if (most > least) draw_text(theme.strong, {std::clamp(x - width / 2, least, most), y}, theme.text, here);
}

void draw_values(const Ui& ui, float left, float y) {
  const Theme& theme = ui.theme;
  const Schedule& schedule = *ui.session.lane(0).schedule;
  const int t = ui.session.lane(0).t;
  const PanelRecord* panel = find_panel(ui.next.panel);
  const bool of_picture = panel && uses_picture(*panel, ui.session.state());
  const struct {
    const char* name;
    std::string value;
    float width;
  } values[] = {{"t", std::to_string(t), 50},
                {"ᾱ", share(schedule.alpha_bar(t)), 74},
                {"σ", fixed(schedule.sigma(t), 3), 63},
                {"SNR", fixed(schedule.snr_db(t), 1) + " dB", 0}};
  for (const auto& value : values) {
    const float name = draw_text(theme.small, {left, y}, theme.dim, value.name);
    draw_text(theme.small, {left + name + theme.px(6), y}, theme.text, value.value);
    if (value.width == 0 && of_picture) {
      ImGui::SetCursorScreenPos({left, y});
      hit_area("snr", {theme.px(90), theme.small->FontSize});
      tooltip(theme, about_snr(ui.session.lane(0)).c_str());
    }
    left += theme.px(value.width);
  }
}

}  // namespace

void time_slider_hands(Ui& ui, const Rect& field) {
  const SliderHands hands = slider_hands(ui.theme, std::to_string(std::lround(ui.next.position)), field);
  const FocusKeys& keys = hands.keys;
  const double hundredth = std::max(1.0, std::round(ui.next.steps / 100.0));
  if (std::abs(keys.across) == 1)  // as everywhere: of a run, from one computed moment to the next
    perform(keys.across < 0 ? "step_clean" : "step_noise", ui.session, ui.next);
  else if (keys.across != 0 || keys.up != 0 || hands.wheel != 0)
    ui.next.position = std::round(ui.next.position) + keys.across + hundredth * (keys.up + hands.wheel);
  if (keys.end != 0) perform(keys.end < 0 ? "clean" : "noise", ui.session, ui.next);
  if (keys.steps() != 0 || hands.wheel != 0) ui.next.playing = Playing::paused;
  if (!hands.typed) return;
  const auto wrong = set_state(ui.next, {{"t", *hands.typed}}, ui.session.library(), working_folder());
  if (!wrong.empty()) return refuse_typed(wrong.front().text);
  ui.next.playing = Playing::paused;
}

void draw_time_bar(Ui& ui, const Rect& rect) {
  begin_area("time bar", rect);
  const Theme& theme = ui.theme;
  ImGui::GetWindowDrawList()->AddRectFilled(rect.min, rect.max, theme.surface);
  const bool compact = is_compact(theme), wide = rect.width() > theme.px(860) && !theme.projecting;
  const float middle = rect.min.y + (compact ? rect.height() / 2 : theme.px(32));
  const float buttons = draw_transport(ui, rect.min.x + theme.px(12), middle - theme.px(16));
  const float combo = theme.px(compact ? 160 : 264), values = compact ? combo + theme.px(12 + 280) : combo;
  const float right = rect.max.x - theme.px(24) - (wide ? values + theme.px(24) : 0);
  draw_slider(ui, buttons + theme.px(24), right, middle);
  if (wide && compact) {  // the values beside the schedule
    choose_schedule(ui, right + theme.px(24), middle - theme.px(14), combo);
    draw_values(ui, right + theme.px(36) + combo, middle - theme.small->FontSize / 2);
  } else if (wide) {
    choose_schedule(ui, right + theme.px(24), rect.min.y + theme.px(8), combo);
    draw_values(ui, right + theme.px(26), middle + theme.px(16));
  }
  ImGui::EndChild();
}

}  // namespace noiseglass::app
