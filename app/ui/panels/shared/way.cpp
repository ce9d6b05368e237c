#include "ui/panels/shared/way.h"

#include "noiseglass/sampler.h"

#include <algorithm>
#include <limits>

namespace noiseglass::app {

Way go_way(const WayRequest& request, std::stop_token stop, const std::function<void(const Way&)>& show) {
  const int T = request.schedule->steps();
  State start = to_state(gaussian_image({request.seed, streams::forward}, request.shape));
  const bool clip = find_record("sampler", sampler_records(), "ddim").clips_by_default;
  const auto sampler = make_sampler(
      "ddim", {*request.schedule, make_timesteps("trailing", *request.schedule, std::min(request.steps, T)),
               request.denoiser, std::move(start), request.seed, clip});
  Way way;
  while (!sampler->done()) {
    const SamplerStep step = sampler->step(stop);
    WayMoment moment;
    moment.t = step.t;
    moment.log_snr = step.t > 0 ? request.schedule->log_snr(step.t) : std::numeric_limits<double>::infinity();
    moment.x_t = to_image(step.x_t);
    moment.x_0 = to_image(State{request.shape, step.x_0});
    way.push_back(std::make_shared<const WayMoment>(std::move(moment)));
    show(way);
  }
  return way;
}

int moment_at(const Way& way, double t, int last) {
  int found = -1;
  for (int i = 0; i < int(way.size()) && i <= last; ++i)
    if (found < 0 || way[std::size_t(i)]->t >= t) found = i;
  return found;
}

}  // namespace noiseglass::app
