#include "noiseglass/rectified_flow.h"

#include "learning/draws.h"
#include "noiseglass/error.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace noiseglass {
namespace {

constexpr double most_log_snr = 14;
constexpr int fine_steps = 25;            // in which a pair's noise is taken to the data
constexpr int stream_of_pairs = 1 << 30;  // of streams::learning, where no step of training comes

double log_snr_at(double u) {
  return u <= 0   ? most_log_snr
         : u >= 1 ? -most_log_snr
                  : std::clamp(2 * std::log((1 - u) / u), -most_log_snr, most_log_snr);
}

void check(std::stop_token stop) {
  if (stop.stop_requested()) throw Cancelled();
}

}  // namespace

VelocityField exact_velocity(std::shared_ptr<const PointModel> model) {
  return [model = std::move(model)](const Points& x, double u) -> Points {
    const double log_snr = u <= 0 ? std::numeric_limits<double>::infinity() : 2 * std::log((1 - u) / u);
    if (u >= 1) return x.colwise() - (model->points().rowwise().mean()).eval();
    const PointModel::Guess guess = model->guess(x / std::hypot(1 - u, u), log_snr);
    return guess.epsilon - guess.x_0;
  };
}

std::vector<Points> euler_steps(const VelocityField& field, const Points& noise, int steps, std::stop_token stop) {
  if (steps < 1) throw UsageError("a way from noise to data takes at least one step");
  std::vector<Points> places = {noise};
  for (int k = 0; k < steps; ++k) {
    check(stop);
    places.push_back(places.back() - field(places.back(), 1 - double(k) / steps) / steps);
  }
  return places;
}

std::vector<Points> flow_path(const VelocityField& field, const Points& noise, int points, std::stop_token stop) {
  if (points < 1) throw UsageError("a way from noise to data takes at least one step");
  const double h = 1.0 / points;
  std::vector<Points> places = {noise};
  for (int k = 0; k < points; ++k) {
    check(stop);
    const Points& x = places.back();
    const double u = 1 - k * h;
    const Points a = field(x, u), b = field(x - h / 2 * a, u - h / 2), c = field(x - h / 2 * b, u - h / 2);
    const Points d = field(x - h * c, std::max(u - h, 0.0));
    places.push_back(x - h / 6 * (a + 2 * b + 2 * c + d));
  }
  return places;
}

double bending(const std::vector<Points>& path) {
  if (path.size() < 2) throw UsageError("a path has at least two places");
  const double pieces = double(path.size() - 1);
  const Points whole = path.back() - path.front();
  double sum = 0;
  for (std::size_t i = 1; i < path.size(); ++i)
    sum += ((path[i] - path[i - 1]) * pieces - whole).square().colwise().sum().mean() / pieces;
  return sum;
}

double mean_distance(const Points& a, const Points& b) { return (a - b).square().colwise().sum().sqrt().mean(); }

Points LearnedFlow::velocity(const Points& x, double u) const {
  const Eigen::Array2Xf x_t = (x / std::hypot(1 - u, u)).cast<float>();
  return network_(x_t, Eigen::ArrayXf::Constant(x.cols(), float(log_snr_at(u)))).cast<double>();
}

VelocityField learned_velocity(std::shared_ptr<const LearnedFlow> flow) {
  return [flow = std::move(flow)](const Points& x, double u) { return flow->velocity(x, u); };
}

FlowTrainer::FlowTrainer(std::shared_ptr<const PointModel> data, const FittingOptions& options)
    : data_(std::move(data)), options_(options), fitting_(options) {
  x_t_.resize(2, options_.batch);
  wanted_.resize(2, options_.batch);
  log_snr_.resize(options_.batch);
  noise_.resize(4 * std::size_t(options_.batch));
}

void FlowTrainer::draw_batch() {
  const Points& points = reflows_ ? pairs_.data : data_->points();
  if (!reflows_) fill_gaussian({options_.seed, streams::learning(all_steps_)}, 0, noise_);
  const double offset = learning::drawn_offset(options_.seed, all_steps_);
  for (int i = 0; i < options_.batch; ++i) {
    const auto point = Eigen::Index(learning::drawn_point(options_.seed, all_steps_, i) * double(points.cols()));
    Eigen::Array2d x_0 = points.col(point), epsilon;
    if (reflows_) {
      epsilon = pairs_.noise.col(point);
    } else {
      epsilon << noise_[4 * i], noise_[4 * i + 1];
      x_0 += data_->width() * Eigen::Array2d(noise_[4 * i + 2], noise_[4 * i + 3]);
    }
    const double u = (i + offset) / options_.batch;
    x_t_.col(i) = (((1 - u) * x_0 + u * epsilon) / std::hypot(1 - u, u)).cast<float>();
    log_snr_[i] = float(log_snr_at(u));
    wanted_.col(i) = (epsilon - x_0).cast<float>();
  }
}

float FlowTrainer::step() {
  draw_batch();
  ++all_steps_;
  return fitting_.step(x_t_, log_snr_, wanted_);
}

std::shared_ptr<const LearnedFlow> FlowTrainer::flow() const {
  return std::make_shared<LearnedFlow>(fitting_.averaged());
}

void FlowTrainer::reflow(int count, std::stop_token stop) {
  if (count < 1) throw UsageError("a flow is trained on at least one pair");
  const NoiseKey key{options_.seed, streams::learning(stream_of_pairs + reflows_)};
  FlowPairs pairs{{}, gaussian_points(key, count)};
  pairs.data = flow_path(learned_velocity(flow()), pairs.noise, fine_steps, stop).back();
  pairs_ = std::move(pairs);
  fitting_.begin_again();
  ++reflows_;
}

}  // namespace noiseglass
