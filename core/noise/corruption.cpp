#include "noiseglass/corruption.h"

#include "noiseglass/error.h"

#include <cmath>

namespace noiseglass {
namespace {

/// a·x + b·ε in float32, as the shader does it.
void mix(Image& x, const Image& epsilon, double a, double b) {
  if (x.shape != epsilon.shape)
    throw UsageError("the picture and its noise differ in size: they must agree to be mixed");
  const float fa = float(a), fb = float(b);
  for (std::size_t i = 0; i < x.data.size(); ++i) x.data[i] = fa * x.data[i] + fb * epsilon.data[i];
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

void corrupt_step(Image& x, const Schedule& schedule, int t, std::uint64_t seed) {
  if (t < 1) throw UsageError("a step of the chain leads to t = 1 or later, not to t = " + std::to_string(t));
  mix(x, gaussian_image({seed, streams::chain(t)}, x.shape), std::sqrt(schedule.alpha(t)), std::sqrt(schedule.beta(t)));
}

Image corrupt_chain(const Image& x_0, const Schedule& schedule, int t, std::uint64_t seed) {
  schedule.alpha_bar(t);  // a t outside the schedule is refused before any work
  Image x = x_0;
  for (int s = 1; s <= t; ++s) corrupt_step(x, schedule, s, seed);
  return x;
}

}  // namespace noiseglass
