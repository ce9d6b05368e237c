#pragma once

#include "session/key.h"
#include "session/panels/panels.h"
#include "session/worker.h"
#include "ui/panels/panel.h"
#include "ui/panels/shared/axes.h"

#include "noiseglass/one_dimension.h"

#include <memory>
#include <mutex>
#include <optional>

namespace noiseglass::app {

/// Everything that one frame of the panel shows, computed from its settings.
struct OneStepScene {
  Mixture1D data;
  const Schedule& schedule;
  int t, s;  ///< the step leads from t to s
  double x_t, x_0;
  StepVariance variance;
  ReverseStep step;
  Mixture1D exact;
  Normal1D stand_in, given_x_0, bell;
  double total_variation, kl;
  int humps;            ///< of the exact density
  double x_min, x_max;  ///< of x_s that is worth looking at: where any of the curves is
};

/// How far the Gaussian is off, over the size of the step.
struct StepErrors {
  Key key;
  std::vector<double> sizes, total_variation;
};

/// What a chain of such steps ends in, and some of its paths; computed by the panel's worker.
struct StepChain {
  Key key;
  Paths1D paths;
  std::vector<double> density;  ///< of the ends, in even bins over the x axis
};

// Parts of the panel, one .cpp.
void draw_bayes_columns(Ui& ui, const OneStepScene& scene, const Rect& rect, const Axes& flow);
void draw_step_errors(Ui& ui, const OneStepScene& scene, const StepErrors& errors, const Rect& rect);

}  // namespace noiseglass::app
