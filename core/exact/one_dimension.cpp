#include "noiseglass/one_dimension.h"

#include "noiseglass/error.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

namespace noiseglass {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
const double log_root_two_pi = 0.5 * std::log(2 * std::acos(-1.0));

double square(double x) { return x * x; }

/// What the trapezoid rule needs to see all of q and p: it converges faster than any power for smooth densities.
struct Grid {
  double from = infinity, step = infinity;
  int points = 0;

  void cover(double mean, double std) {
    from = std::min(from, mean - 9 * std);
    to_ = std::max(to_, mean + 9 * std);
    step = std::min(step, std / 12);
  }
  void finish() {
    points = std::clamp(int(std::ceil((to_ - from) / step)), 200, 20'000);
    step = (to_ - from) / points;
  }

 private:
  double to_ = -infinity;
};

Grid grid_for(const Mixture1D& q, const Normal1D& p) {
  Grid grid;
  for (const auto& [weight, mean, std] : q.components())
    if (weight > 1e-12) grid.cover(mean, std);
  grid.cover(p.mean, p.std);
  grid.finish();
  return grid;
}

double distribution(double mean, double std, double x) { return 0.5 * std::erfc((mean - x) / (std * std::sqrt(2.0))); }

double distribution(const Mixture1D& q, double x) {
  double sum = 0;
  for (const auto& [weight, mean, std] : q.components()) sum += weight * distribution(mean, std, x);
  return sum;
}

/// ∫ f(q, p) over the line; f gets the two densities.
template <class F>
double integrate(const Mixture1D& q, const Normal1D& p, F f) {
  const Grid grid = grid_for(q, p);
  double sum = 0;
  for (int i = 0; i <= grid.points; ++i) {
    const double x = grid.from + grid.step * i;
    sum += f(q.log_density(x), p.log_density(x));
  }
  return sum * grid.step;
}

}  // namespace

double Normal1D::log_density(double x) const {
  if (std == 0) return x == mean ? infinity : -infinity;
  return -0.5 * square((x - mean) / std) - std::log(std) - log_root_two_pi;
}

double Normal1D::density(double x) const { return std::exp(log_density(x)); }

Mixture1D::Mixture1D(std::vector<Component> components) : components_(std::move(components)) {
  if (components_.empty()) throw UsageError("a mixture needs at least one component");
  double total = 0;
  for (const auto& [weight, mean, std] : components_) {
    if (!(weight > 0) || !std::isfinite(weight)) throw UsageError("the weights of a mixture must be positive numbers");
    if (!(std > 0) || !std::isfinite(std))
      throw UsageError("the standard deviations of a mixture on the line must be positive numbers");
    if (!std::isfinite(mean)) throw UsageError("a mean of a mixture is not a finite number");
    total += weight;
  }
  for (Component& component : components_) {
    component.weight /= total;
    log_factors_.push_back(std::log(component.weight / component.std) - log_root_two_pi);
  }
}

double Mixture1D::log_density(double x) const {
  double largest = -infinity;
  for (std::size_t k = 0; k < components_.size(); ++k)
    largest = std::max(largest, log_factors_[k] - 0.5 * square((x - components_[k].mean) / components_[k].std));
  double sum = 0;
  for (std::size_t k = 0; k < components_.size(); ++k)
    sum += std::exp(log_factors_[k] - 0.5 * square((x - components_[k].mean) / components_[k].std) - largest);
  return largest + std::log(sum);
}

double Mixture1D::density(double x) const { return std::exp(log_density(x)); }

double Mixture1D::mean() const {
  double mean = 0;
  for (const Component& c : components_) mean += c.weight * c.mean;
  return mean;
}

double Mixture1D::variance() const {
  const double centre = mean();
  double variance = 0;
  for (const Component& c : components_) variance += c.weight * (square(c.std) + square(c.mean - centre));
  return variance;
}

double Mixture1D::sample(double choice, double z) const {
  double below = 0.5 * std::erfc(-choice / std::sqrt(2.0));  // uniform on 0 … 1
  for (const Component& c : components_) {
    if (below < c.weight) return c.mean + c.std * z;
    below -= c.weight;
  }
  return components_.back().mean + components_.back().std * z;
}

Mixture1D corrupted(const Mixture1D& data, const Schedule& schedule, int t) {
  const double alpha_bar = schedule.alpha_bar(t), variance = schedule.variance(t);
  std::vector<Mixture1D::Component> components = data.components();
  for (auto& [weight, mean, std] : components) {
    mean *= std::sqrt(alpha_bar);
    std = std::sqrt(alpha_bar * square(std) + variance);
  }
  return Mixture1D(std::move(components));
}

ReverseStep::ReverseStep(const Mixture1D& data, const Schedule& schedule, int t, int s)
    : landscape_(corrupted(data, schedule, s)), posterior_(schedule.posterior(t, s)) {
  const double beta = posterior_.beta;
  alpha_ = schedule.alpha_bar(t) / schedule.alpha_bar(s);
  for (const auto& [weight, mean, std] : landscape_.components()) {
    const double v = square(std), variance_t = alpha_ * v + beta;
    parts_.push_back({weight, mean, std::sqrt(alpha_) * v / variance_t, std::sqrt(alpha_) * mean, variance_t,
                      std::sqrt(v * beta / variance_t)});
  }
}

std::vector<double> ReverseStep::weights(double x_t) const {
  std::vector<double> weights;
  for (const Part& part : parts_)
    weights.push_back(std::log(part.weight) - 0.5 * std::log(part.variance_t) -
                      0.5 * square(x_t - part.mean_t) / part.variance_t);
  const double largest = *std::max_element(weights.begin(), weights.end());
  double total = 0;
  for (double& weight : weights) total += weight = std::exp(weight - largest);
  for (double& weight : weights) weight /= total;
  return weights;
}

Normal1D ReverseStep::bell(double x_t) const { return {x_t / std::sqrt(alpha_), std::sqrt(beta() / alpha_)}; }

Mixture1D ReverseStep::exact(double x_t) const {
  const std::vector<double> weight = weights(x_t);
  std::vector<Mixture1D::Component> components;
  for (std::size_t k = 0; k < parts_.size(); ++k) {
    const Part& part = parts_[k];
    if (weight[k] > 0) components.push_back({weight[k], part.mean + part.gain * (x_t - part.mean_t), part.std});
  }
  return Mixture1D(std::move(components));
}

Normal1D ReverseStep::moments(double x_t) const {
  const std::vector<double> weight = weights(x_t);
  double mean = 0, variance = 0;
  const auto centre = [&](const Part& part) { return part.mean + part.gain * (x_t - part.mean_t); };
  for (std::size_t k = 0; k < parts_.size(); ++k) mean += weight[k] * centre(parts_[k]);
  for (std::size_t k = 0; k < parts_.size(); ++k)
    variance += weight[k] * (square(parts_[k].std) + square(centre(parts_[k]) - mean));
  return {mean, std::sqrt(variance)};
}

Normal1D ReverseStep::given_x_0(double x_0, double x_t) const {
  return {posterior_.mean_x_0 * x_0 + posterior_.mean_x_t * x_t, std::sqrt(posterior_.variance)};
}

Normal1D ReverseStep::stand_in(double x_t, StepVariance variance) const {
  Normal1D normal = moments(x_t);
  if (variance == StepVariance::beta) normal.std = std::sqrt(beta());
  if (variance == StepVariance::beta_tilde) normal.std = std::sqrt(beta_tilde());
  return normal;
}

double total_variation(const Mixture1D& q, const Normal1D& p) {
  if (p.std == 0) return 1;
  const Grid grid = grid_for(q, p);
  // Between two crossings of the curves, ∫|q − p| is a difference of distribution functions.
  double sum = 0, excess = 0, before = 0;
  for (int i = 0; i <= grid.points; ++i) {
    const double x = grid.from + grid.step * i, now = q.log_density(x) - p.log_density(x);
    if (before * now < 0) {
      const double crossing = x - grid.step * now / (now - before);
      const double up_to_here = distribution(q, crossing) - distribution(p.mean, p.std, crossing);
      sum += std::abs(up_to_here - excess);
      excess = up_to_here;
    }
    before = now;
  }
  return 0.5 * (sum + std::abs(excess));
}

double kl_divergence(const Mixture1D& q, const Normal1D& p) {
  if (p.std == 0) return infinity;
  return integrate(q, p, [](double log_q, double log_p) { return std::exp(log_q) * (log_q - log_p); });
}

}  // namespace noiseglass
