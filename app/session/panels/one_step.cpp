#include "session/panel_record.h"
#include "session/panels/panels.h"

namespace noiseglass::app {

PanelRecord one_step_panel() {
  return {
      .id = "one_step",
      .label = "One step back",
      .summary = "Data on a line. Drag xₜ, then make the step larger: the true step back is no longer Gaussian.",
      .group = "Ideas",
      .settings =
          {Setting::count("step", "size of the step", "How far back one step goes: from t to t − size.", 1, 1, 1000),
           Setting::choice("variance", "width of the Gaussian",
                           "best: the width of the true curve. large: variance β. small: variance β·(1 − ᾱₛ)/(1 − ᾱₜ). "
                           "Ho et al. (2020) tried both; for small steps they agree.",
                           {"best", "large", "small"}),
           Setting::choice("data", "where x₀ comes from", "The distribution of clean data.",
                           {"two humps", "three humps", "skewed"}),
           Setting::choice(
               "paths", "paths over the flow",
               "forward: a little noise in each step. reverse: from noise, in Gaussian steps of the chosen size.",
               {"none", "forward", "reverse"}),
           Setting::on_off("chain", "What the steps make",
                           "4,000 points of noise, taken to t = 0 by Gaussian steps of this size.", true),
           Setting::on_off("given_x_0", "The step that knows x₀",
                           "q(xₛ | xₜ, x₀): a Gaussian whatever the size of the step, but it needs to know the answer. "
                           "Drag x₀ at t = 0.",
                           true),
           Setting::number("x_t", "xₜ", "The point that the step starts from.", 0.25, -line_reach, line_reach),
           Setting::number("x_0", "x₀", "The clean point that this step is conditioned on.", 1.0, -line_reach,
                           line_reach)},
      .facts = {"t", "s", "x_t", "x_0", "total_variation", "kl", "humps", "chain_ready"}};
}

}  // namespace noiseglass::app
