#pragma once

#include "session/denoiser_plan.h"
#include "session/state.h"

#include "noiseglass/corruption.h"
#include "noiseglass/sampler.h"
#include "noiseglass/schedule.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace noiseglass::app {

/// A reverse run of a lane, before it is walked.
struct LaneRun {
  DenoiserPlan plan;
  std::shared_ptr<const Schedule> schedule;
  int from = 0;  ///< t of this lane
  Origin origin = Origin::picture;
  std::uint64_t seed = 0;
  Epsilon epsilon = Epsilon::one;  ///< the noise that the picture has at its start

  std::vector<int> timesteps() const;  ///< falling; 0, where it ends, is not among them
  std::unique_ptr<Sampler> make_sampler() const;
  /// The runs of `count` seeds, this one's first, with one denoiser.
  std::vector<std::unique_ptr<Sampler>> make_samplers(int count) const;

 private:
  std::shared_ptr<const Denoiser> make_denoiser() const;
  std::unique_ptr<Sampler> make_sampler(std::shared_ptr<const Denoiser> denoiser, std::uint64_t of_seed) const;
};

/// ε of the forward process at t of a schedule.
NoiseSum noise_at(Epsilon epsilon, const Schedule& schedule, int t, std::uint64_t seed);

}  // namespace noiseglass::app
