#include "session/panel_record.h"

#include "noiseglass/points.h"

namespace noiseglass::app {
namespace {

std::vector<std::string> dataset_labels() {
  std::vector<std::string> labels;
  for (const DatasetRecord& record : dataset_records()) labels.push_back(record.label);
  return labels;
}

}  // namespace

PanelRecord training_panel() {
  PanelRecord record;
  record.id = "training";
  record.label = "Training, live";
  record.group = "Networks";
  record.summary = "A small network learns to denoise points in the plane, here and now, beside the exact answer.";
  record.settings = {
      Setting::choice("target", "The network predicts",
                      "What it is trained to predict from xₜ: the noise, the clean point, or v, a combination of both. "
                      "The other two follow from it.",
                      {"ε", "x₀", "v"}),
      Setting::choice("dataset", "Data", "The points in the plane that it learns from.", dataset_labels()),
      Setting::number("rate", "Learning rate", "How far each step of training moves the weights.", 2e-3, 1e-5, 1e-1),
      Setting::choice("measure", "Plots show the error of",
                      "Which error the plots show, whatever the network predicts.", {"ε̂", "x̂₀"}),
      Setting::on_off("playing", "Train", "Whether the network is being trained.", false),
  };
  record.facts = {"steps", "loss", "exact_loss", "x_0_loss", "target", "kept", "field_t"};
  return record;
}

}  // namespace noiseglass::app
