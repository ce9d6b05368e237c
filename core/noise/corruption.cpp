#include "noiseglass/corruption.h"

#include "noiseglass/error.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace noiseglass {
namespace {

/// a·x + b·ε in float32, as the shader does it.
void mix(Image& x, const Image& epsilon, double a, double b) {
  if (x.shape != epsilon.shape)
    throw UsageError("the picture and its noise differ in size: they must agree to be mixed");
  const float fa = float(a), fb = float(b);
  std::transform(x.data.begin(), x.data.end(), epsilon.data.begin(), x.data.begin(),
                 [=](float own, float noise) { return fa * own + fb * noise; });
}

}  // namespace

Image corrupt(const Image& x_0, const Image& epsilon, double alpha_bar) {
  if (!(alpha_bar >= 0 && alpha_bar <= 1)) throw UsageError("ᾱ must lie between 0 and 1");
  Image x = x_0;
  mix(x, epsilon, std::sqrt(alpha_bar), std::sqrt(1 - alpha_bar));
  return x;
}

Image corrupt(const Image& x_0, const Schedule& schedule, int t, std::uint64_t seed) {
  Image x = x_0;
  mix(x, gaussian_image({seed, streams::forward}, x_0.shape), std::sqrt(schedule.alpha_bar(t)), schedule.sigma(t));
  return x;
}

NoiseSum one_epsilon(std::uint64_t seed) { return {{{seed, streams::forward}, 1}}; }

namespace {

/// Lévy's construction between two times of the path whose values are known: ε at m = (a + b)/2 is
/// from_a·ε_a + from_b·ε_b + own·z.
struct Middle {
  int t;
  double from_a, from_b, own;

  Middle(const Schedule& schedule, int a, int b) : t((a + b) / 2) {
    const auto time = [&](int s) { return schedule.variance(s) / schedule.alpha_bar(s); };
    const double start = time(a), here = time(t), end = time(b), all = end - start;
    from_a = std::sqrt(start / here) * ((end - here) / all);
    from_b = std::sqrt(end / here) * ((here - start) / all);
    own = std::sqrt((here - start) / here * ((end - here) / all));
  }
};

void fill_between(std::vector<double>& path, const Schedule& schedule, int a, int b, std::uint64_t seed,
                  std::uint64_t element) {
  if (b - a < 2) return;
  const Middle m(schedule, a, b);
  path[std::size_t(m.t)] = m.from_a * path[std::size_t(a)] + m.from_b * path[std::size_t(b)] +
                           m.own * double(gaussian({seed, streams::chain(m.t)}, element));
  fill_between(path, schedule, a, m.t, seed, element);
  fill_between(path, schedule, m.t, b, seed, element);
}

}  // namespace

NoiseSum chain_epsilon(const Schedule& schedule, int t, std::uint64_t seed) {
  schedule.alpha_bar(t);  // a t outside the schedule is refused before any work
  if (t == 0) return {};
  int a = 0, b = schedule.steps();
  NoiseSum drawn = {{{seed, streams::chain(b)}, 0}};
  std::vector<double> of_a = {0}, of_b = {1};  // the weights of what was drawn in ε_a and ε_b
  while (b != t) {
    const Middle m(schedule, a, b);
    std::vector<double> of_m(drawn.size());
    for (std::size_t i = 0; i < of_m.size(); ++i) of_m[i] = m.from_a * of_a[i] + m.from_b * of_b[i];
    drawn.push_back({{seed, streams::chain(m.t)}, 0});
    of_m.push_back(m.own), of_a.push_back(0), of_b.push_back(0);
    if (t <= m.t)
      b = m.t, of_b = std::move(of_m);
    else
      a = m.t, of_a = std::move(of_m);
  }
  for (std::size_t i = 0; i < drawn.size(); ++i) drawn[i].weight = of_b[i];
  std::erase_if(drawn, [](const NoiseTerm& term) { return term.weight == 0; });
  return drawn;
}

std::vector<double> chain_epsilon_path(const Schedule& schedule, std::uint64_t seed, std::uint64_t element) {
  const int T = schedule.steps();
  std::vector<double> path(std::size_t(T) + 1, 0.0);
  path[std::size_t(T)] = double(gaussian({seed, streams::chain(T)}, element));
  fill_between(path, schedule, 0, T, seed, element);
  return path;
}

Image noise_image(const NoiseSum& noise, Shape shape) {
  if (noise.size() == 1 && noise[0].weight == 1) return gaussian_image(noise[0].key, shape);
  Image sum(shape);
  for (const NoiseTerm& term : noise) mix(sum, gaussian_image(term.key, shape), 1, term.weight);
  return sum;
}

Image corrupt_chain(const Image& x_0, const Schedule& schedule, int t, std::uint64_t seed) {
  Image x = x_0;
  const NoiseSum noise = chain_epsilon(schedule, t, seed);
  mix(x, noise_image(noise, x_0.shape), std::sqrt(schedule.alpha_bar(t)), schedule.sigma(t));
  return x;
}

double variance_of(const Image& picture) {
  const std::size_t channels = std::size_t(picture.shape.channels);
  const double pixels = double(picture.data.size() / std::max<std::size_t>(1, channels));
  double sum = 0;
  for (std::size_t c = 0; c < channels; ++c) {
    double mean = 0, squares = 0;
    for (std::size_t i = c; i < picture.data.size(); i += channels) mean += picture.data[i] / pixels;
    for (std::size_t i = c; i < picture.data.size(); i += channels)
      squares += (picture.data[i] - mean) * (picture.data[i] - mean) / pixels;
    sum += squares;
  }
  return sum / double(channels);
}

}  // namespace noiseglass
