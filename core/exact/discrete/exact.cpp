// The exact denoiser of a small set, and the reverse process that it gives.
#include "noiseglass/discrete.h"

#include <cmath>
#include <limits>

namespace noiseglass {
namespace {

void check_set(std::span<const Tokens> members, std::size_t length) {
  if (members.empty()) throw UsageError("the exact denoiser needs at least one member in its set");
  for (const Tokens& member : members)
    if (member.size() != length) throw UsageError("all members of the set must have as many tokens as x_t");
}

/// The state that u in [0, 1) stands for.
int draw(const Eigen::ArrayXd& probabilities, double u) {
  double below = 0;
  int last = 0;
  for (int k = 0; k < probabilities.size(); ++k) {
    if (probabilities[k] == 0) continue;
    last = k;
    below += probabilities[k];
    if (u < below) break;
  }
  return last;
}

}  // namespace

Eigen::ArrayXd member_weights(std::span<const Tokens> members, const Tokens& x_t, const Transition& transition,
                              const Schedule& schedule, int t) {
  check_set(members, x_t.size());
  // std::log and std::exp: Eigen's own, made for vectors, give a tiny number instead of 0 for what is impossible.
  const Eigen::MatrixXd log_likelihood =
      cumulative_matrix(transition, schedule, t).unaryExpr([](double p) { return std::log(p); });
  Eigen::ArrayXd weights = Eigen::ArrayXd::Zero(Eigen::Index(members.size()));
  for (std::size_t m = 0; m < members.size(); ++m)
    for (std::size_t i = 0; i < x_t.size(); ++i) weights[Eigen::Index(m)] += log_likelihood(members[m][i], x_t[i]);
  const double largest = weights.maxCoeff();
  if (!(largest > -std::numeric_limits<double>::infinity()))
    throw UsageError("no member of the set can have become this x_t");
  for (double& weight : weights) weight = std::exp(weight - largest);
  return weights / weights.sum();
}

Eigen::MatrixXd token_guess(std::span<const Tokens> members, const Eigen::ArrayXd& weights, int classes) {
  if (members.empty()) throw UsageError("the exact denoiser needs at least one member in its set");
  Eigen::MatrixXd guess = Eigen::MatrixXd::Zero(classes, Eigen::Index(members.front().size()));
  for (std::size_t m = 0; m < members.size(); ++m)
    for (std::size_t i = 0; i < members[m].size(); ++i)
      guess(members[m][i], Eigen::Index(i)) += weights[Eigen::Index(m)];
  return guess;
}

Eigen::ArrayXd reverse_marginal(std::span<const Tokens> members, const Eigen::ArrayXd& weights, const Tokens& x_t,
                                const TokenStep& step, int i) {
  Eigen::ArrayXd p = Eigen::ArrayXd::Zero(step.transition.states());
  for (std::size_t m = 0; m < members.size(); ++m)
    if (const double w = weights[Eigen::Index(m)]; w > 0)
      p += w * token_posterior(step, x_t[std::size_t(i)], members[m][std::size_t(i)]);
  return p;
}

Tokens reverse_tokens(std::span<const Tokens> members, const Eigen::ArrayXd& weights, const Tokens& x_t,
                      const TokenStep& step, NoiseKey key) {
  check_set(members, x_t.size());
  const Transition& transition = step.transition;
  const Tokens& x_0 = members[std::size_t(draw(weights, uniform_pair(key, 0)[0]))];
  // Few pairs (x_t, x₀) are different, many tokens share one: each posterior is computed when it is first met.
  std::vector<Eigen::ArrayXd> posteriors(std::size_t(transition.states()) * std::size_t(transition.classes()));
  Tokens x_s(x_t.size());
  for (std::size_t i = 0; i < x_t.size(); ++i) {
    Eigen::ArrayXd& p = posteriors[std::size_t(x_t[i]) * std::size_t(transition.classes()) + x_0[i]];
    if (p.size() == 0) p = token_posterior(step, x_t[i], x_0[i]);
    x_s[i] = std::uint8_t(draw(p, uniform_pair(key, i + 1)[0]));
  }
  return x_s;
}

}  // namespace noiseglass
