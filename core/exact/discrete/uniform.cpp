#include "exact/discrete/discrete.h"

#include <algorithm>

namespace noiseglass {

TransitionRecord discrete::uniform() {
  TransitionRecord record;
  record.id = "uniform";
  record.label = "Uniform";
  record.summary = "A corrupted token becomes any of the K values, all equally likely.";
  record.formula = "Q_t = (1 − β_t)·I + β_t·11ᵀ/K,  Q̄_t = ᾱ_t·I + (1 − ᾱ_t)·11ᵀ/K";
  record.source = "Austin et al. 2021, appendix A.2.1; Hoogeboom et al. 2021";
  record.make = [](int classes) {
    return Transition(classes, Eigen::ArrayXd::Constant(std::max(classes, 1), 1.0 / std::max(classes, 1)));
  };
  return record;
}

}  // namespace noiseglass
