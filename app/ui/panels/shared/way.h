#pragma once

#include "noiseglass/denoiser.h"
#include "noiseglass/schedule.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <vector>

namespace noiseglass::app {

/// What a denoiser makes of pure noise, moment by moment: by falling t, the last at t = 0 with x̂₀ = xₜ.
struct WayMoment {
  int t = 0;
  double log_snr = 0;  ///< infinite at t = 0
  Image x_t, x_0;      ///< x̂₀ as the denoiser gave it, clipped as DDIM does
};
using Way = std::vector<std::shared_ptr<const WayMoment>>;

struct WayRequest {
  std::shared_ptr<const Denoiser> denoiser;
  std::shared_ptr<const Schedule> schedule;
  Shape shape;
  int steps = 16;  ///< of DDIM, trailing; no more than T
  std::uint64_t seed = 0;
};

/// Goes the way from noise to picture, and tells `show` after each moment of all so far. @throws Cancelled
Way go_way(const WayRequest& request, std::stop_token stop, const std::function<void(const Way&)>& show);

/// The index of the moment that stands for the slider's t: at t, or the next noisier one there is. −1: none yet.
/// @param last the last index that may be chosen
int moment_at(const Way& way, double t, int last);

}  // namespace noiseglass::app
