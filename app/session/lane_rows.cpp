#include "session/state_rows.h"

#include "noiseglass/denoiser.h"
#include "noiseglass/sampler.h"
#include "noiseglass/schedule.h"

#include <limits>

namespace noiseglass::app {
namespace {

/// "none", a class of the lane's network by its name, or "#3", whatever it is called.
int class_named(const LaneState& lane, const std::string& name, const Library& library) {
  if (name == "none") return -1;
  if (name.starts_with('#')) return whole_in(name.substr(1), 0, std::numeric_limits<int>::max());
  std::vector<std::string> known = {"none"};
  for (const ModelInfo& model : library.models) {
    if (!lane.model.empty() && model.name != lane.model) continue;
    for (std::size_t i = 0; i < model.class_names.size(); ++i) {
      if (model.class_names[i] == name) return int(i);
      known.push_back(model.class_names[i]);
    }
  }
  throw_unknown("class", name, known);
}

/// By name where the name is found again.
std::string class_of(const LaneState& lane, const Library& library) {
  const int index = lane.class_index;
  if (index < 0) return "none";
  for (const ModelInfo& model : library.models)
    if (model.name == lane.model && index < int(model.class_names.size()) &&
        class_named(lane, model.class_names[std::size_t(index)], library) == index)
      return model.class_names[std::size_t(index)];
  return "#" + std::to_string(index);
}

std::string times_of(const LaneState& lane, const Library&) {
  std::string text;
  for (const double time : lane.times) text += (text.empty() ? "" : ",") + shortest(time);
  return text.empty() ? "none" : text;
}

void set_model(LaneState& lane, const SetContext& with) {
  std::vector<std::string> known = {"auto"};
  for (const ModelInfo& model : with.library.models) known.push_back(model.name);
  const int index = word_in(with.value, "lane.model", known);
  lane.choose_model(index == 0 ? "" : known[std::size_t(index)]);
}

}  // namespace

std::vector<double> times_in(const std::string& text) {
  std::vector<double> times;
  for (std::size_t at = 0; text != "none" && at <= text.size();) {
    const std::size_t comma = std::min(text.find(',', at), text.size());
    times.push_back(number_in(text.substr(at, comma - at), 1e-4, times.empty() ? 1 : times.back()));
    at = comma + 1;
  }
  if (times.size() > most_times)
    throw UsageError("at most " + std::to_string(most_times) + " steps can be placed by hand, not " +
                     std::to_string(times.size()) + ".");
  return times;
}

const std::vector<StateRow<LaneState>>& lane_rows() {
  using L = LaneState;
  static const std::vector<StateRow<L>> table = {
      {{"lane.schedule", "linear, cosine …", "the noise schedule"},
       {},
       [](L& l, const SetContext& with) {
         l.choose_schedule(find_record("schedule", schedule_records(), with.value).id);
       },
       [](const L& l, const Library&) { return l.schedule; }},
      {{"lane.denoiser", "network, exact, oracle …", "what predicts the noise"},
       {},
       [](L& l, const SetContext& with) { l.denoiser = find_record("denoiser", denoiser_records(), with.value).id; },
       [](const L& l, const Library&) { return l.denoiser; }},
      {{"lane.model", "auto, or a network", "which network"},
       {},
       set_model,
       [](const L& l, const Library&) { return l.model.empty() ? "auto" : l.model; }},
      {{"lane.class", "none, or a class of the network", "the class to generate"},
       {"lane.model"},
       [](L& l, const SetContext& with) { l.class_index = class_named(l, with.value, with.library); },
       class_of},
      number_row("lane.guidance", "how strongly the class is enforced; 1 is as trained", 0, max_guidance, &L::guidance),
      {{"lane.sampler", "ddpm, ddim …", "how each reverse step is made"},
       {},
       [](L& l, const SetContext& with) { l.choose_sampler(find_record("sampler", sampler_records(), with.value).id); },
       [](const L& l, const Library&) { return l.sampler; }},
      {{"lane.spacing", "trailing, leading …", "how the timesteps are spaced"},
       {},
       [](L& l, const SetContext& with) { l.spacing = find_record("spacing", spacing_records(), with.value).id; },
       [](const L& l, const Library&) { return l.spacing; }},
      word_row("lane.clip", "whether estimates of the picture are clipped to black … white", {"usual", "on", "off"},
               &L::clip, {"lane.sampler"}),
      whole_row("lane.steps", "how many steps a run takes", 1, Schedule::max_steps, &L::sample_steps),
      {{"lane.times", "none, or shares of t such as 1,0.7,0.2", "the steps of a run, placed by hand"},
       {"lane.steps", "lane.spacing"},
       [](L& l, const SetContext& with) { l.times = times_in(with.value); },
       times_of},
  };
  return table;
}

}  // namespace noiseglass::app
