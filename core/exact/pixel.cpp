#include "noiseglass/pixel.h"

#include "noiseglass/corruption.h"
#include "noiseglass/error.h"

#include <algorithm>
#include <cmath>

namespace noiseglass {
namespace {

void check(const Bins& bins, int row_stride) {
  if (bins.count < 1) throw UsageError("a histogram needs at least one bin");
  if (!(bins.min < bins.max)) throw UsageError("a histogram needs a range that is not empty");
  if (row_stride < 1) throw UsageError("a histogram looks at each row, each second row, … : the stride is at least 1");
}

void count(Histogram& histogram, float value) {
  const double bin = (value - histogram.min) / (histogram.max - histogram.min) * double(histogram.counts.size());
  if (bin < 0)
    ++histogram.below;
  else if (bin >= double(histogram.counts.size()))
    ++histogram.above;
  else
    ++histogram.counts[std::size_t(bin)];
}

/// @param value of element i of x₀
template <class Value>
Histogram histogram(Shape shape, Value value, NoiseLevel level, std::uint64_t seed, Bins bins, int row_stride,
                    std::stop_token stop) {
  check(bins, row_stride);
  Histogram out;
  out.min = bins.min, out.max = bins.max;
  out.counts.assign(std::size_t(bins.count), 0);
  const float keep = float(level.signal()), add = float(level.sigma());
  std::vector<float> row(std::size_t(shape.width) * std::size_t(shape.channels));
  double sum = 0, squares = 0;
  for (int y = 0; y < shape.height; y += row_stride) {
    if (stop.stop_requested()) throw Cancelled();
    const std::size_t first = std::size_t(y) * row.size();
    fill_gaussian({seed, streams::forward}, first, row);
    for (std::size_t i = 0; i < row.size(); ++i) {
      const float x_t = keep * value(first + i) + add * row[i];
      count(out, x_t);
      sum += x_t, squares += double(x_t) * x_t;
    }
    out.total += row.size();
  }
  if (out.total == 0) return out;
  out.mean = sum / double(out.total);
  out.std = std::sqrt(std::max(0.0, squares / double(out.total) - out.mean * out.mean));
  return out;
}

}  // namespace

PixelParts pixel_parts(double x_0, double epsilon, const Schedule& schedule, int t) {
  return {x_0, epsilon, std::sqrt(schedule.alpha_bar(t)) * x_0, schedule.sigma(t) * epsilon};
}

std::vector<double> one_shot_path(double x_0, double epsilon, const Schedule& schedule) {
  std::vector<double> path;
  for (int t = 0; t <= schedule.steps(); ++t) path.push_back(pixel_parts(x_0, epsilon, schedule, t).x_t());
  return path;
}

std::vector<double> step_by_step_path(double x_0, const Schedule& schedule, std::uint64_t seed, std::uint64_t element) {
  std::vector<double> path = chain_epsilon_path(schedule, seed, element);
  for (int t = 0; t <= schedule.steps(); ++t) {
    double& x = path[std::size_t(t)];
    x = std::sqrt(schedule.alpha_bar(t)) * x_0 + schedule.sigma(t) * x;
  }
  return path;
}

std::vector<double> unscaled_path(double x_0, const Schedule& schedule, std::uint64_t seed, std::uint64_t element) {
  const std::vector<double> scaled = step_by_step_path(x_0, schedule, seed, element);
  std::vector<double> path = {x_0};
  for (std::size_t t = 1; t < scaled.size(); ++t)
    path.push_back(path.back() + scaled[t] - std::sqrt(schedule.alpha(int(t))) * scaled[t - 1]);
  return path;
}

std::vector<double> unscaled_spread(const Schedule& schedule) {
  std::vector<double> spread = {0};
  double variance = 0;
  for (int t = 1; t <= schedule.steps(); ++t) spread.push_back(std::sqrt(variance += schedule.beta(t)));
  return spread;
}

double Histogram::density(std::size_t bin) const {
  const double width = (max - min) / double(counts.size());
  return total == 0 ? 0 : double(counts[bin]) / double(total) / width;
}

Histogram histogram_of_x_t(const Image& x_0, NoiseLevel level, std::uint64_t seed, Bins bins, int row_stride,
                           std::stop_token stop) {
  return histogram(
      x_0.shape, [&](std::size_t i) { return x_0.data[i]; }, level, seed, bins, row_stride, stop);
}

Histogram histogram_of_x_t(const ByteImage& x_0, NoiseLevel level, std::uint64_t seed, Bins bins, int row_stride,
                           std::stop_token stop) {
  return histogram(
      x_0.shape, [&](std::size_t i) { return float(x_0.data[i]) / 127.5f - 1.0f; }, level, seed, bins, row_stride,
      stop);
}

}  // namespace noiseglass
