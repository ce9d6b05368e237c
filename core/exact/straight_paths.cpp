#include "noiseglass/straight_paths.h"

#include "noiseglass/error.h"

#include <cmath>
#include <numbers>

namespace noiseglass {
namespace {

constexpr int fine_steps = 600;

}  // namespace

int crossings(const std::vector<Pair1D>& pairs) {
  int count = 0;
  for (std::size_t i = 0; i < pairs.size(); ++i)
    for (std::size_t k = 0; k < i; ++k)
      count += (pairs[i].data - pairs[k].data) * (pairs[i].noise - pairs[k].noise) < 0;
  return count;
}

PairFlow::PairFlow(std::vector<Pair1D> pairs, double width) : pairs_(std::move(pairs)), width_(width) {
  if (pairs_.empty()) throw UsageError("a flow needs at least one pair of data and noise");
  if (!(width_ > 0 && std::isfinite(width_))) throw UsageError("the width of a pair's cloud must be above 0");
  for (const Pair1D& pair : pairs_)
    if (!std::isfinite(pair.data) || !std::isfinite(pair.noise))
      throw UsageError("a pair has a value that is not a number");
}

Eigen::ArrayXd PairFlow::weights(double x, double u) const {
  Eigen::ArrayXd logits(Eigen::Index(pairs_.size()));
  for (std::size_t i = 0; i < pairs_.size(); ++i) {
    const double off = (x - (1 - u) * pairs_[i].data - u * pairs_[i].noise) / width_;
    logits[Eigen::Index(i)] = -0.5 * off * off;
  }
  const Eigen::ArrayXd weights = (logits - logits.maxCoeff()).exp();
  return weights / weights.sum();
}

double PairFlow::velocity(double x, double u) const {
  const Eigen::ArrayXd share = weights(x, u);
  double sum = 0;
  for (std::size_t i = 0; i < pairs_.size(); ++i) sum += share[Eigen::Index(i)] * (pairs_[i].noise - pairs_[i].data);
  return sum;
}

std::vector<double> PairFlow::euler(double x, int steps) const {
  std::vector<double> places = {x};
  for (int k = 0; k < steps; ++k) {
    x -= velocity(x, 1 - double(k) / steps) / steps;
    places.push_back(x);
  }
  return places;
}

std::vector<double> PairFlow::path(double x, int points) const {
  std::vector<double> places = {x};
  const int between = (fine_steps + points - 1) / points;
  const double h = 1.0 / (double(points) * between);
  for (int k = 0; k < points * between; ++k) {
    const double u = 1 - k * h;
    const double a = velocity(x, u), b = velocity(x - h / 2 * a, u - h / 2), c = velocity(x - h / 2 * b, u - h / 2);
    const double d = velocity(x - h * c, u - h);
    x -= h / 6 * (a + 2 * b + 2 * c + d);
    if ((k + 1) % between == 0) places.push_back(x);
  }
  return places;
}

std::vector<Pair1D> reflow(const PairFlow& flow) {
  std::vector<Pair1D> pairs;
  for (const Pair1D& pair : flow.pairs()) pairs.push_back({flow.path(pair.noise, 1).back(), pair.noise});
  return pairs;
}

double bending(const std::vector<double>& path) {
  const double pieces = double(path.size() - 1), whole = path.back() - path.front();
  double sum = 0;
  for (std::size_t i = 1; i < path.size(); ++i) {
    const double off = (path[i] - path[i - 1]) * pieces - whole;
    sum += off * off / pieces;
  }
  return sum;
}

PathCoordinates straight_line(double u) { return {u, 1}; }

PathCoordinates variance_preserving(double u) {
  return {std::atan2(u, 1 - u) * 2 / std::numbers::pi, 1 / std::hypot(1 - u, u)};
}

PathCoordinates variance_exploding(double u) { return {u / (1 - u), 1 / (1 - u)}; }

double straight_line_scale(double alpha_bar, double variance) {
  return 1 / (std::sqrt(alpha_bar) + std::sqrt(variance));
}

double variance_exploding_scale(double alpha_bar) { return 1 / std::sqrt(alpha_bar); }

}  // namespace noiseglass
