#pragma once

#include "session/denoiser_plan.h"
#include "session/state.h"

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

  std::vector<int> timesteps() const;  ///< falling; 0, where it ends, is not among them
  std::unique_ptr<Sampler> make_sampler() const;
};

}  // namespace noiseglass::app
