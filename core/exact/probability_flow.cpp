// With y = x/√ᾱ and τ = (1−ᾱ)/ᾱ the data keep their size while their blur grows, dy/dτ = −½∇ln p(y), and over
// s = ln(width² + τ) no step is stiff: dy/ds = ½(y − E[x_i | y]) and d ln p/ds = ½(tr Cov(x_i | y)/e^s − 2).
#include "noiseglass/probability_flow.h"

#include "noiseglass/error.h"
#include "noiseglass/noise_level.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace noiseglass {
namespace {

struct Rate {
  Eigen::Array2d y;
  double spread;  // of ∫ div, in the coordinates of y
};

Rate rate_at(const PointModel& model, const Eigen::Array2d& y, double s) {
  const Points& points = model.points();
  const Eigen::Array2Xd from = points.colwise() - y;
  const double blur = std::exp(s);
  Eigen::ArrayXd weights = from.square().colwise().sum().transpose() * (-0.5 / blur);
  weights = (weights - weights.maxCoeff()).exp();
  weights /= weights.sum();
  const Eigen::Array2d towards = (from.matrix() * weights.matrix()).array();  // E[x_i | y] − y
  const double mean_square = (from.square().colwise().sum().transpose() * weights).sum();
  const double trace = mean_square - towards.square().sum();
  return {-0.5 * towards, 0.5 * (2 - trace / blur)};
}

/// y and ∫ div at s + h, by one step of Runge and Kutta's.
Rate step(const PointModel& model, const Eigen::Array2d& y, double s, double h) {
  const Rate a = rate_at(model, y, s), b = rate_at(model, y + h / 2 * a.y, s + h / 2);
  const Rate c = rate_at(model, y + h / 2 * b.y, s + h / 2), d = rate_at(model, y + h * c.y, s + h);
  return {y + h / 6 * (a.y + 2 * b.y + 2 * c.y + d.y), h / 6 * (a.spread + 2 * b.spread + 2 * c.spread + d.spread)};
}

}  // namespace

ProbabilityFlow flow_to_noise(const PointModel& model, const Eigen::Array2d& x_t, double log_snr, double tolerance) {
  if (!(tolerance > 0)) throw UsageError("the tolerance of a path to noise must be above 0");
  constexpr double last_alpha_bar = 1e-6, longest = 0.5, shortest = 1e-6;
  const NoiseLevel level = NoiseLevel::from_log_snr(log_snr);
  const double blur = model.width() * model.width(), noise = level.variance / level.alpha_bar;
  if (!(blur + noise > 0)) throw UsageError("without noise, points of no width have no density: ask at t ≥ 1");
  const double end = std::log(blur + std::max(noise, 1 / last_alpha_bar - 1));
  ProbabilityFlow flow;
  flow.path.push_back(x_t);
  flow.alpha_bar.push_back(level.alpha_bar);
  Eigen::Array2d y = x_t / level.signal();
  double alpha_bar = level.alpha_bar;
  for (double s = std::log(blur + noise), h = 0.1; s < end;) {
    h = std::min(h, end - s);
    const Rate whole = step(model, y, s, h), half = step(model, y, s, h / 2);
    const Rate both = step(model, half.y, s + h / 2, h / 2);
    const double spread = half.spread + both.spread;
    const double moved = (both.y - whole.y).abs().maxCoeff() * std::exp(-s / 2);  // in widths of the blur
    if (std::max(std::abs(spread - whole.spread), moved) > tolerance && h > shortest) {
      h /= 2;
      continue;
    }
    // Halving makes an error of fifth order 16 times smaller: what is left of it is known, and taken off.
    y = both.y + (both.y - whole.y) / 15, flow.spread += spread + (spread - whole.spread) / 15,
    s = end - s > h ? s + h : end;
    alpha_bar = 1 / (1 + std::exp(s) - blur);
    flow.path.push_back(std::sqrt(alpha_bar) * y);
    flow.alpha_bar.push_back(alpha_bar);
    h = std::min(2 * h, longest);
  }
  flow.spread += std::log(alpha_bar / level.alpha_bar);  // volumes of x = √ᾱ·y, in two dimensions
  flow.log_density_at_noise = -0.5 * flow.path.back().square().sum() - std::log(2 * std::numbers::pi);
  return flow;
}

}  // namespace noiseglass
