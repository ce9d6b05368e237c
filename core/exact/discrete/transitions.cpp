#include "exact/discrete/discrete.h"

#include <algorithm>
#include <cmath>

namespace noiseglass {

const std::vector<TransitionRecord>& transition_records() {
  static const std::vector<TransitionRecord> records = {
      discrete::uniform(),    //
      discrete::absorbing(),  //
  };
  return records;
}

Transition make_transition(const std::string& id, int classes) {
  return find_record("transition", transition_records(), id).make(classes);
}

Transition::Transition(int classes, Eigen::ArrayXd limit) : classes_(classes), limit_(std::move(limit)) {
  if (classes < 1 || classes > 255)
    throw UsageError("a token can have 1 to 255 values, not " + std::to_string(classes));
  const bool fits = limit_.size() == classes || limit_.size() == classes + 1;
  if (!fits || !((limit_ >= 0).all() && std::abs(limit_.sum() - 1) < 1e-12))
    throw UsageError("the limit of a transition must be probabilities of its states that sum to 1");
}

Eigen::MatrixXd Transition::matrix(double keep) const {
  Eigen::MatrixXd q = (1 - keep) * Eigen::VectorXd::Ones(states()) * limit_.matrix().transpose();
  q.diagonal().array() += keep;
  return q;
}

int Transition::draw_limit(double u) const {
  double below = 0;
  int last = 0;  // the sum may stay a rounding below 1
  for (int k = 0; k < states(); ++k) {
    if (limit_[k] == 0) continue;
    last = k;
    below += limit_[k];
    if (u < below) break;
  }
  return last;
}

Eigen::MatrixXd step_matrix(const Transition& transition, const Schedule& schedule, int t) {
  if (t < 1) throw UsageError("a step of the chain leads to t = 1 or later, not to t = " + std::to_string(t));
  return transition.matrix(schedule.alpha(t));
}

Eigen::MatrixXd cumulative_matrix(const Transition& transition, const Schedule& schedule, int t) {
  return transition.matrix(schedule.alpha_bar(t));
}

Eigen::ArrayXd token_marginal(const Transition& transition, const Schedule& schedule, int t, int x_0) {
  const double keep = schedule.alpha_bar(t);
  Eigen::ArrayXd p = (1 - keep) * transition.limit();
  p[x_0] += keep;
  return p;
}

Eigen::ArrayXd token_posterior(const TokenStep& step, int x_t, int x_0) {
  const auto& [transition, schedule, t, s] = step;
  if (s < 0 || s >= t) throw UsageError("a step back leads from t to an earlier s");
  const double keep_s = schedule.alpha_bar(s), keep = schedule.alpha_bar(t) / keep_s;
  Eigen::ArrayXd p(transition.states());
  for (int x_s = 0; x_s < transition.states(); ++x_s)
    p[x_s] = transition.probability(x_s, x_t, keep) * transition.probability(x_0, x_s, keep_s);
  const double total = p.sum();
  if (!(total > 0)) throw UsageError("this x_t cannot have come from this x₀");
  return p / total;
}

int nearest_level(double value, int levels) {
  if (!(value > -1)) return 0;  // NaN too
  return std::min(levels - 1, int(std::floor((value + 1) / 2 * (levels - 1) + 0.5)));
}

double level_value(int level, int levels) { return levels < 2 ? 0 : 2.0 * level / (levels - 1) - 1; }

}  // namespace noiseglass
