// The panel "Guidance": a network that was told what to draw, and told more and more strictly.

#include "ui/panels/guidance/parts.h"
#include "ui/widgets/box.h"
#include "ui/widgets/hit_area.h"
#include "ui/widgets/layout_record.h"

#include <algorithm>
#include <cmath>

namespace noiseglass::app {
namespace {

void choose_model(Ui& ui, const GuidanceChoice& choice) {
  const auto models = class_models(ui.session.library());
  if (models.size() < 2 || is_hidden(ui, "model") || !begin_control(ui, "model", ui.theme.px(190))) return;
  skip_label(ui);
  ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x);
  if (begin_box(ui.theme, "##model", choice.model->label)) {
    for (std::size_t i = 0; i < models.size(); ++i)
      if (list_entry(models[i]->label.c_str(), models[i] == choice.model)) set_setting(ui, "model", double(i));
    ImGui::EndCombo();
  }
  focus_stop(Takes::press);
  tooltip(ui.theme, "The network that generates; only those trained with classes are listed.");
  note_label(choice.model->label);
  mark(ui, "model", {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()});
  end_control(ui);
}

/// One class to be chosen. @returns true when pressed
bool class_button(const Ui& ui, const std::string& name, bool chosen, ImVec2 size) {
  const Theme& theme = ui.theme;
  const bool pressed = hit_area(name.c_str(), size);
  focus_stop(Takes::press);
  const ImVec2 min = ImGui::GetItemRectMin(), max = ImGui::GetItemRectMax();
  const bool hovered = ImGui::IsItemHovered();
  ImGui::GetWindowDrawList()->AddRectFilled(min, max,
                                            chosen    ? theme.accent
                                            : hovered ? theme.hovered
                                                      : theme.raised,
                                            theme.px(6));
  const float room = size.x - theme.px(8), width = std::min(text_width(theme.body, name), room);
  draw_text_cut(theme.body, {(min.x + max.x - width) / 2, (min.y + max.y - theme.body->FontSize) / 2},
                chosen ? theme.on_accent : theme.text, name, room);
  if (text_width(theme.body, name) > room) tooltip(theme, name.c_str());
  return pressed;
}

/// A grid of all classes, scrolled when there are many.
void choose_class_in_grid(Ui& ui, const GuidanceChoice& choice) {
  const Theme& theme = ui.theme;
  float widest = 0;
  for (const std::string& name : choice.model->class_names) widest = std::max(widest, text_width(theme.body, name));
  const float room = ImGui::GetContentRegionAvail().x, gap = theme.px(6), height = theme.px(30);
  const int columns = std::clamp(int((room + gap) / (widest + theme.px(16) + gap)), 2, 5);
  const int rows = (choice.classes() + columns - 1) / columns;
  constexpr int rows_seen = 4;  // with more the panel itself would scroll in a window of 1280×800
  const bool scrolls = rows > rows_seen;
  const float area = float(std::min(rows, rows_seen)) * (height + gap) - gap + (scrolls ? height / 2 : 0);
  const float width = (room - (scrolls ? theme.px(12) : 0) - gap * float(columns - 1)) / float(columns);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {gap, gap});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  ImGui::BeginChild("classes", {room, area});
  for (int i = 0; i < choice.classes(); ++i) {
    if (i % columns) ImGui::SameLine();
    ImGui::PushID(i);
    if (class_button(ui, choice.class_name(i), i == choice.class_index, {width, height})) set_setting(ui, "class", i);
    ImGui::PopID();
    const Rect button{ImGui::GetItemRectMin(), ImGui::GetItemRectMax()};
    if (ImGui::IsItemVisible()) mark(ui, ("class" + std::to_string(i)).c_str(), button);
  }
  ImGui::EndChild();
  ImGui::PopStyleVar(2);
  mark(ui, "class", {at, {at.x + room, at.y + area}});
}

/// The same where there is only a line.
void choose_class_from_list(Ui& ui, const GuidanceChoice& choice) {
  if (!begin_control(ui, "class", ui.theme.px(120))) return;
  skip_label(ui);
  small_combo(ui.theme, "##class", choice.class_name(choice.class_index), ui.theme.px(120), "The class to generate.",
              [&] {
                for (int i = 0; i < choice.classes(); ++i)
                  if (list_entry(choice.class_name(i).c_str(), i == choice.class_index)) set_setting(ui, "class", i);
              });
  mark(ui, "class", {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()});
  end_control(ui);
}

void choose_class(Ui& ui, const GuidanceChoice& choice) {
  if (is_hidden(ui, "class")) return;
  controls_in_a_line(ui) ? choose_class_from_list(ui, choice) : choose_class_in_grid(ui, choice);
}

class Guidance final : public Panel {
 public:
  void draw(Ui& ui, const Rect& rect) override {
    const GuidanceChoice choice = guidance_choice(ui);
    if (!choice.model) {
      draw_text_wrapped(ui.theme.body, {rect.min.x, rect.min.y + ui.theme.px(12)}, ui.theme.dim,
                        "No network here was trained with classes, so there is nothing to guide.", rect.width());
      return;
    }
    const Rect body = begin_controls(ui, rect, 260, 1500);  // its pictures need the width more than the grid of classes
    control_heading(ui, "What to draw");
    choose_model(ui, choice);
    choose_class(ui, choice);
    if (panel_button(ui, "new_noise", "New noise", hint(action("new_noise")).c_str()))
      perform("new_noise", ui.session, ui.next);
    control_heading(ui, "How strongly");
    setting_slider(ui, "weight", "%.1f");
    control_note(ui,
                 "ε̂ = ε̂(free) + w·(ε̂(class) − ε̂(free)). At w = 0 the class is ignored, at 1 the network is used as "
                 "trained; above 1 the difference that the class makes is amplified: clearer, but less varied. In Ho & "
                 "Salimans (2022) the weight is w − 1.");
    control_heading(ui, "The two predictions");
    setting_segments(ui, "prediction");
    control_note(ui, "Drag t to see at which noise level the class makes a difference.");
    end_controls(ui);
    if (!view_) view_ = std::make_unique<GuidanceView>(ui.wake);
    view_->draw(ui, body, choice);
  }

  std::map<std::string, double> facts() const override {
    if (!view_) return {};
    return {{"done", view_->done()}, {"wanted", view_->wanted()}};
  }

 private:
  std::unique_ptr<GuidanceView> view_;
};

}  // namespace

std::unique_ptr<Panel> make_guidance_panel() { return std::make_unique<Guidance>(); }

}  // namespace noiseglass::app
