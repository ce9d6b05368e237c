#include "session/panel_record.h"

#include "noiseglass/points.h"
#include "noiseglass/sampler.h"

#include <algorithm>

namespace noiseglass::app {
namespace {

std::vector<std::string> set_labels() {
  std::vector<std::string> labels;
  for (const DatasetRecord& record : dataset_records()) labels.push_back(record.label);
  labels.push_back("Draw your own");
  return labels;
}

std::vector<std::string> sampler_labels(bool with_none) {
  std::vector<std::string> labels;
  if (with_none) labels.push_back("Nothing");
  for (const SamplerRecord& record : sampler_records()) labels.push_back(record.label);
  return labels;
}

int sampler_index(const std::string& id) {
  const auto& records = sampler_records();
  return int(std::find_if(records.begin(), records.end(), [&](const auto& r) { return r.id == id; }) - records.begin());
}

}  // namespace

PanelRecord score_panel() {
  PanelRecord record;
  record.id = "score";
  record.label = "Score";
  record.group = "Ideas";
  record.summary = "At every noise level the score points to where the noisy data are more likely.";
  record.settings = {
      Setting::choice("dataset", "Data", "These points are all the data there are.", set_labels()),
      Setting::choice("particles", "Particles", "Data with noise added, or particles generated from noise.",
                      {"Data", "Generated"}),
      Setting::number("width", "Width of a data point",
                      "Each point is blurred into a small Gaussian of this standard deviation.", 0.06, 0.03, 0.3),
      Setting::count("count", "Particles", "Number of particles shown.", 300, 20, 500),
      Setting::choice("coordinates", "Coordinates",
                      "How the same x is written: √ᾱ·x₀ + √(1−ᾱ)·ε as in diffusion, (1 − u)·x₀ + u·ε as in flow "
                      "matching, or x₀ + σ·ε.",
                      {"variance preserving", "straight line", "variance exploding"}),
      Setting::number("trail", "Trail", "Length of the path that is drawn, as a share of T: past solid, future faded.",
                      0.3, 0, 1),
      Setting::on_off("density", "Density of xₜ", "Where xₜ is likely; lighter or bluer is denser.", true),
      Setting::on_off("arrows", "Score arrows", "The direction in which the density rises fastest.", true),
      Setting::on_off("probe", "Probe", "A point to drag: what can be said about the x₀ that it came from?", true),
      Setting::on_off("flow", "Flow to noise",
                      "The path of the probe to pure noise along the probability-flow ODE. How much the flow spreads "
                      "along it gives the density, from scores alone.",
                      false),
      Setting::number("probe_x", "Probe x", "The position of the probe.", 0.9, -3.1, 3.1),
      Setting::number("probe_y", "Probe y", "The position of the probe.", 1.3, -3.1, 3.1),
      Setting::choice("sampler", "Sampler", "What takes particles from noise to data.", sampler_labels(false),
                      sampler_index("ddim")),
      Setting::choice("beside", "Compare with", "A second sampler, from the same starting points.",
                      sampler_labels(true), sampler_index("ddpm") + 1),
      Setting::count("steps", "Steps", "Number of sampling steps from noise to data.", 50, 2, 200),
  };
  record.generates = "particles";
  record.facts = {"points",           "generated",  "flow_done",       "flow_b_done", "log_density",
                  "flow_log_density", "flow_error", "score_x",         "score_y",     "score_length",
                  "x_0_hat_x",        "x_0_hat_y",  "effective_points"};
  return record;
}

}  // namespace noiseglass::app
