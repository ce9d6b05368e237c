#include "session/lane_run.h"

#include "noiseglass/corruption.h"

#include <algorithm>

namespace noiseglass::app {

std::vector<int> LaneRun::timesteps() const {
  return make_timesteps(plan.lane.spacing, from, std::min(plan.lane.sample_steps, from));
}

std::unique_ptr<Sampler> LaneRun::make_sampler() const {
  const LaneState& lane = plan.lane;
  std::vector<int> times = timesteps();
  Image start = gaussian_image({seed, streams::forward}, plan.x_0->shape);
  if (origin == Origin::picture) start = corrupt(*plan.x_0, start, schedule->alpha_bar(times.front()));
  const double guidance = lane.class_index < 0 ? 1 : lane.guidance;
  const bool usual = clips_as_usual(find_record("sampler", sampler_records(), lane.sampler), guidance);
  const bool clip = lane.clip == LaneState::Clip::as_usual ? usual : lane.clip == LaneState::Clip::on;
  SamplerProblem problem{*schedule, std::move(times), plan.make(), to_state(start), seed, clip};
  return noiseglass::make_sampler(lane.sampler, std::move(problem), lane.sampler_values);
}

}  // namespace noiseglass::app
