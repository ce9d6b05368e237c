#include "session/lane_run.h"

#include "noiseglass/network_denoiser.h"

#include <algorithm>
#include <utility>

namespace noiseglass::app {

std::vector<int> LaneRun::timesteps() const {
  if (const auto& times = plan.lane.times; !times.empty() && times.size() <= std::size_t(from))
    return timesteps_at(times, from);
  return make_timesteps(plan.lane.spacing, *schedule, from, std::min(plan.lane.sample_steps, from));
}

std::unique_ptr<Sampler> LaneRun::make_sampler() const { return make_sampler(make_denoiser(), seed); }

/// A student that begins halfway is told twice the number of steps.
std::shared_ptr<const Denoiser> LaneRun::make_denoiser() const {
  DenoiserPlan whole = plan;
  whole.lane.sample_steps = steps_of_whole_way(int(timesteps().size()), from, schedule->steps());
  return whole.make();
}

std::vector<std::unique_ptr<Sampler>> LaneRun::make_samplers(int count) const {
  const std::shared_ptr<const Denoiser> denoiser = make_denoiser();
  std::vector<std::unique_ptr<Sampler>> samplers;
  for (int i = 0; i < count; ++i) samplers.push_back(make_sampler(denoiser, seed + std::uint64_t(i)));
  return samplers;
}

std::unique_ptr<Sampler> LaneRun::make_sampler(std::shared_ptr<const Denoiser> denoiser, std::uint64_t of_seed) const {
  const LaneState& lane = plan.lane;
  std::vector<int> times = timesteps();
  const NoiseSum noise =
      origin == Origin::picture ? noise_at(epsilon, *schedule, times.front(), of_seed) : one_epsilon(of_seed);
  Image start = noise_image(noise, plan.x_0->shape);
  if (origin == Origin::picture) start = corrupt(*plan.x_0, start, schedule->alpha_bar(times.front()));
  const bool has_network = denoiser_of(lane).needs.model && !plan.model_path.empty();
  const double guidance = guidance_in(lane, has_network ? &load_network(plan.model_path)->info() : nullptr);
  const bool usual = clips_as_usual(find_record("sampler", sampler_records(), lane.sampler), guidance);
  const bool clip = lane.clip == LaneState::Clip::as_usual ? usual : lane.clip == LaneState::Clip::on;
  SamplerProblem problem{*schedule, std::move(times), std::move(denoiser), to_state(start), of_seed, clip};
  return noiseglass::make_sampler(lane.sampler, std::move(problem), lane.sampler_values);
}

NoiseSum noise_at(Epsilon epsilon, const Schedule& schedule, int t, std::uint64_t seed) {
  return epsilon == Epsilon::one ? one_epsilon(seed) : chain_epsilon(schedule, t, seed);
}

}  // namespace noiseglass::app
