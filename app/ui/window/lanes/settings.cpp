#include "ui/widgets/box.h"
#include "ui/widgets/say.h"
#include "ui/widgets/slider.h"
#include "ui/window/parts.h"

#include "noiseglass/sampler.h"
#include "session/denoiser_plan.h"
#include "session/groups.h"

namespace noiseglass::app {
namespace {

/// A combo box over a registry. @returns true when another one was chosen
template <class Record>
bool choose(Ui& ui, const char* label, const std::vector<Record>& records, std::string& id) {
  const Record& current = find_record(label, records, id);
  bool changed = false;
  ImGui::PushFont(ui.theme.small);
  say_dim(label);
  ImGui::PopFont();
  ImGui::SetNextItemWidth(-1);
  if (begin_box(ui.theme, (std::string("##") + label).c_str(), current.label)) {
    for (const Record& record : records) {
      if (list_entry(record.label.c_str(), record.id == id) && record.id != id) id = record.id, changed = true;
      tooltip(ui.theme, (record.summary + "\n" + record.formula + "\n" + record.source).c_str());
    }
    ImGui::EndCombo();
  }
  focus_stop(Takes::press);
  tooltip(ui.theme, (current.summary + "\n" + current.formula + "\n" + current.source).c_str());
  return changed;
}

void edit_values(Ui& ui, const RecordInfo& record, Values& values) {
  for (const Parameter& parameter : record.parameters) {
    if (parameter.kind == Parameter::Kind::points) continue;  // drawn, in the panel Schedule
    auto it = values.find(parameter.id);
    double value = it == values.end() ? double(parameter.value) : double(it->second);
    bool changed = false;
    ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x * 0.5f);
    if (parameter.kind == Parameter::Kind::boolean) {
      bool on = value != 0;
      changed = check_box(parameter.label.c_str(), &on);
      value = on;
    } else {
      const bool whole = parameter.kind == Parameter::Kind::integer;
      changed = number_slider(parameter.label.c_str(), value, {parameter.min, parameter.max, "%.5g", whole});
    }
    tooltip(ui.theme, parameter.help.c_str());
    if (changed) values[parameter.id] = value;
  }
}

/// In how many steps a student goes the whole way: what it was taught.
void choose_student_steps(Ui& ui, LaneState& lane, const ModelInfo& model) {
  ImGui::PushFont(ui.theme.small);
  say_dim("denoises completely in");
  ImGui::PopFont();
  const std::vector<int> known(model.steps.rbegin(), model.steps.rend());
  std::vector<std::string> labels;
  for (const int steps : known) labels.push_back(std::to_string(steps) + (steps == 1 ? " step" : ""));
  int chosen = int(std::ranges::find(known, lane.sample_steps) - known.begin());
  const char* tip =
      "A student was trained to do in one step what its guided teacher does in many (progressive distillation, "
      "Salimans & Ho 2022; guided, Meng et al. 2023). It only works with DDIM on the cosine schedule.";
  if (segmented(ui.theme, "student steps", labels, chosen, tip)) {
    choose_network(lane, model);
    lane.sample_steps = known[std::size_t(chosen)];
  }
}

void choose_model(Ui& ui, int index, LaneState& lane) {
  const LaneView& view = ui.session.lane(index);
  ImGui::SetNextItemWidth(-1);
  const std::string fitting = "Automatic" + (lane.model.empty() && view.model ? " (" + view.model->label + ")" : "");
  if (begin_box(ui.theme, "##model", lane.model.empty() || !view.model ? fitting : view.model->label)) {
    if (list_entry(fitting.c_str(), lane.model.empty())) lane.choose_model("");
    for (const ModelInfo& model : ui.session.library().models)
      if (list_entry(model.label.c_str(), lane.model == model.name)) choose_network(lane, model);
    ImGui::EndCombo();
  }
  focus_stop(Takes::press);
  if (view.model && !view.model->steps.empty()) choose_student_steps(ui, lane, *view.model);
  if (!view.model_fits)
    say_wrapped("This network was not trained on pictures like this one: it will hallucinate familiar content.");
  if (!view.model || view.model->class_names.empty()) return;
  const auto& names = view.model->class_names;
  const bool has_class = lane.class_index >= 0 && lane.class_index < int(names.size());
  ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x * 0.5f);
  if (begin_box(ui.theme, "class", has_class ? names[lane.class_index] : "none")) {
    if (list_entry("none", !has_class)) lane.class_index = -1;
    for (std::size_t i = 0; i < names.size(); ++i)
      if (list_entry(names[i].c_str(), lane.class_index == int(i))) lane.class_index = int(i);
    ImGui::EndCombo();
  }
  focus_stop(Takes::press);
  if (!has_class) return;
  ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x * 0.5f);
  number_slider("guidance", lane.guidance, {0, max_guidance, "%.1f"});
  tooltip(ui.theme, "1: as trained. Above 1: the class is enforced more strongly, at the cost of variety.");
}

/// Why the last change was not taken, beside the control that asked for it.
void draw_refusal(const Ui& ui, const std::string& name) {
  const auto& refusal = ui.session.refusal();
  if (!refusal || !refusal->name.starts_with(name)) return;
  ImGui::PushStyleColor(ImGuiCol_Text, ui.theme.warning);
  ImGui::PushTextWrapPos(0);
  say("Not changed: " + refusal->sentence);
  ImGui::PopTextWrapPos();
  ImGui::PopStyleColor();
}

}  // namespace

void draw_lane_settings(Ui& ui, int index) {
  if (ui.popups.escape) ImGui::CloseCurrentPopup();
  LaneState& lane = ui.next.lanes[index];
  if (std::string id = lane.schedule; choose(ui, "schedule", schedule_records(), id)) lane.choose_schedule(id);
  edit_values(ui, find_record("schedule", schedule_records(), lane.schedule), lane.schedule_values);
  draw_refusal(ui, "lane" + std::to_string(index + 1));
  ImGui::Spacing();
  choose(ui, "denoiser", denoiser_records(), lane.denoiser);
  if (denoiser_of(lane).needs.model) choose_model(ui, index, lane);
  ImGui::Spacing();
  if (std::string id = lane.sampler; choose(ui, "sampler", sampler_records(), id)) lane.choose_sampler(id);
  edit_values(ui, find_record("sampler", sampler_records(), lane.sampler), lane.sampler_values);
  ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x * 0.5f);
  double steps = lane.sample_steps;
  if (number_slider("steps", steps, {1, double(ui.next.steps), "%.0f", true, true}))
    lane.sample_steps = int(steps), lane.times.clear();
  tooltip(ui.theme, "Number of sampling steps from noise to picture.");
  if (choose(ui, "spacing of the steps", spacing_records(), lane.spacing)) lane.times.clear();
  bool clip = lane.clip == LaneState::Clip::as_usual
                  ? clips_as_usual(find_record("sampler", sampler_records(), lane.sampler),
                                   guidance_in(lane, ui.session.lane(index).model))
                  : lane.clip == LaneState::Clip::on;
  if (check_box("clip x̂₀ to [−1, 1]", &clip)) lane.clip = clip ? LaneState::Clip::on : LaneState::Clip::off;
  tooltip(ui.theme,
          "Clips estimates of the picture to black … white. Customary for DDPM and DDIM, not for the other samplers.");
  ImGui::Separator();
  ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x * 0.5f);
  if (ImGui::InputInt("##T", &ui.next.steps, 0, 0, ImGuiInputTextFlags_EnterReturnsTrue))
    ui.next.position = 0.3 * ui.next.steps;
  focus_stop(Takes::text);
  ui.landmarks["T"] = {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()};
  tooltip(ui.theme, "The number of steps of the forward process, 1 to 10,000.");
  ImGui::SameLine(0, ImGui::GetStyle().ItemInnerSpacing.x);
  say("T, for both lanes");
  draw_refusal(ui, "T");
}

}  // namespace noiseglass::app
