#include "exact/discrete/discrete.h"

#include <algorithm>

namespace noiseglass {

TransitionRecord discrete::absorbing() {
  TransitionRecord record;
  record.id = "absorbing";
  record.label = "Absorbing (mask)";
  record.summary = "A corrupted token becomes [MASK] and stays masked.";
  record.formula = "Q_t = (1 − β_t)·I + β_t·1eᵀ,  Q̄_t = ᾱ_t·I + (1 − ᾱ_t)·1eᵀ, e = [MASK]";
  record.source = "Austin et al. 2021, appendix A.2.2";
  record.make = [](int classes) {
    Eigen::ArrayXd limit = Eigen::ArrayXd::Zero(std::max(classes, 1) + 1);
    limit[limit.size() - 1] = 1;
    return Transition(classes, limit);
  };
  return record;
}

}  // namespace noiseglass
