#include "session/lane_words.h"

#include "session/denoiser_plan.h"
#include "session/text.h"

#include "noiseglass/model.h"
#include "noiseglass/sampler.h"
#include "noiseglass/schedule.h"

#include <cctype>

namespace noiseglass::app {
namespace {

/// "last β 0.04", "large variance", "not scaled to T", "5 knots".
std::string value_words(const Parameter& parameter, const Value& value) {
  if (parameter.kind == Parameter::Kind::points) return std::to_string(value.list().size() / 2) + " " + parameter.label;
  if (parameter.kind == Parameter::Kind::boolean) return (value != 0 ? "" : "not ") + parameter.label;
  return parameter.label + " " + number(double(value), 4);
}

std::string with_values(std::string label, const RecordInfo& record, const Values& values) {
  for (const Parameter& parameter : record.parameters)
    if (auto it = values.find(parameter.id); it != values.end() && it->second != parameter.value)
      label += ", " + value_words(parameter, it->second);
  return label;
}

std::string in_a_sentence(std::string label) {
  if (!label.empty()) label[0] = char(std::tolower(static_cast<unsigned char>(label[0])));
  return label;
}

std::string denoiser_words(const LaneState& lane, const ModelInfo* model) {
  const DenoiserRecord& record = denoiser_of(lane);
  if (!record.needs.model) return record.label;
  if (!model) return "no network";
  std::string words = (model->steps.empty() ? "network for " : "") + in_a_sentence(model->label);
  if (lane.class_index < 0 || lane.class_index >= int(model->class_names.size())) return words;
  words += ", class " + model->class_names[std::size_t(lane.class_index)];
  if (lane.guidance != 1) words += ", guidance " + number(lane.guidance);
  return words;
}

std::string join(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) out += (out.empty() ? "" : " · ") + text;
  return out;
}

}  // namespace

std::vector<std::string> lane_words(const LaneState& lane, const ModelInfo* model) {
  const auto& schedule = find_record("schedule", schedule_records(), lane.schedule);
  const auto& sampler = find_record("sampler", sampler_records(), lane.sampler);
  std::string steps = std::to_string(lane.sample_steps) + (lane.sample_steps == 1 ? " step" : " steps");
  if (!lane.times.empty())
    steps += ", by hand";
  else if (lane.spacing != "trailing")
    steps += ", " + lane.spacing;
  return {with_values(schedule.label, schedule, lane.schedule_values), denoiser_words(lane, model),
          with_values(sampler.label, sampler, lane.sampler_values), steps};
}

std::array<std::string, 2> lane_titles(const TwoLanes& words, int lane_count) {
  const auto& [a, b] = words;
  std::vector<std::string> first, second;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (a[i] != b[i]) first.push_back(a[i]), second.push_back(b[i]);
  if (lane_count == 1 || first.empty()) return {a[0], b[0]};
  return {join(first), join(second)};
}

std::array<std::string, 2> schedule_titles(const TwoLanes& words, int lane_count) {
  const auto& [a, b] = words;
  if (lane_count == 2 && a[0] == b[0]) return lane_titles(words, lane_count);
  return {a[0], b[0]};
}

std::string lane_details(const TwoLanes& words, int lane_count, int lane) {
  const auto &mine = words[std::size_t(lane)], &other = words[std::size_t(1 - lane)];
  std::vector<std::string> rest;
  for (const std::size_t i : {2, 3, 1, 0}) {  // the last is the first to go where there is little room
    const bool in_title = lane_count == 2 && mine != other ? mine[i] != other[i] : i == 0;
    if (!in_title) rest.push_back(mine[i]);
  }
  return join(rest);
}

}  // namespace noiseglass::app
