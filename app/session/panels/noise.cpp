#include "session/panel_record.h"
#include "session/panels/panels.h"

namespace noiseglass::app {

PanelRecord noise_panel() {
  PanelRecord record;
  record.id = "noise";
  record.label = "Noise prediction";
  record.group = "Networks";
  record.summary = "The network has one task: predict the noise in this picture. Everything else follows from that.";
  record.settings = {
      Setting::choice("show", "Show", "The prediction and its error, or what a sampler does with it in one step.",
                      {"prediction", "one step"}),
      Setting::choice("lane", "Of", "Whose prediction is shown.", {"lane 1", "lane 2"}),
      Setting::number("share", "Share of ε̂ subtracted", "How much of the predicted noise is subtracted from xₜ.", 0, 0,
                      1),
      Setting::choice("error", "Error of",
                      "Judge the prediction by the noise, or by the estimate of the picture that follows from it.",
                      {"noise ε̂", "picture x̂₀"}),
      Setting::on_off("log", "Logarithmic", "A logarithmic axis makes small errors distinguishable.", true),
      Setting::choice("sampler", "Sampler", "DDPM draws each step at random; DDIM is deterministic.", {"DDPM", "DDIM"}),
      Setting::count("moves", "Steps from noise to picture", "The more steps, the shorter each one.", 12, 1, 1000),
      Setting::count("stage", "Parts shown",
                     "1 the predicted noise, 2 the estimated picture, 3 the mean, 4 fresh noise.", step_stages, 0,
                     step_stages)};
  record.settings[0].old_choices = {"the guess", "one step"};
  record.settings[1].old_choices = {"lane A", "lane B"};
  record.uses_picture = true;
  record.facts = {"points", "all_points", "rms", "gain", "moving"};
  return record;
}

}  // namespace noiseglass::app
