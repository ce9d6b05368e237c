#include "noiseglass/sampler.h"

namespace noiseglass {
namespace {

void check(const SamplerProblem& problem) {
  if (!problem.denoiser) throw UsageError("a sampler needs a denoiser");
  if (problem.timesteps.empty()) throw UsageError("a sampler needs at least one timestep");
  int before = problem.schedule.steps() + 1;
  for (const int t : problem.timesteps) {
    if (t < 1 || t >= before) {
      throw UsageError("timesteps must fall from at most T = " + std::to_string(problem.schedule.steps()) +
                       " to at least 1, but t = " + std::to_string(t) + " is among them out of order or range");
    }
    before = t;
  }
  if (problem.x_start.values.size() == 0 ||
      std::size_t(problem.x_start.values.size()) != problem.x_start.shape.size()) {
    throw UsageError("a sampler's starting point is empty or does not fill its shape");
  }
}

}  // namespace

Sampler::Sampler(SamplerProblem problem) : problem_(std::move(problem)) {
  check(problem_);
  x_ = problem_.x_start;
}

SamplerStep Sampler::look(const State& x, NoiseLevel level, std::stop_token stop) const {
  SamplerStep moment;
  moment.alpha_bar = level.alpha_bar;
  moment.x_t = x;
  Prediction prediction = problem_.denoiser->predict(x, level.log_snr(), stop);
  moment.x_0 = std::move(prediction.x_0);
  moment.epsilon = std::move(prediction.epsilon);
  if (problem_.clip) moment.x_0 = moment.x_0.max(-1.0).min(1.0);
  return moment;
}

SamplerStep Sampler::step(std::stop_token stop) {
  if (done()) throw UsageError("the sampler has already arrived at t = 0");
  if (stop.stop_requested()) throw Cancelled();
  const int last = int(problem_.timesteps.size());
  SamplerStep now;
  if (next_ < last) {
    now = look(x_, problem_.schedule.level(problem_.timesteps[next_]), stop);
    now.index = next_;
    now.t = problem_.timesteps[next_];
    x_ = advance(now, next_ + 1 < last ? problem_.timesteps[next_ + 1] : 0, stop);
  } else {
    now = {last, 0, 1.0, x_, x_.values, Eigen::ArrayXd::Zero(x_.values.size())};
  }
  ++next_;
  return now;
}

std::unique_ptr<Sampler> make_sampler(const std::string& id, SamplerProblem problem, const Values& chosen) {
  const SamplerRecord& record = find_record("sampler", sampler_records(), id);
  return record.make(std::move(problem), resolve_values(record, chosen));
}

bool clips_as_usual(const SamplerRecord& record, double guidance) { return record.clips_by_default && guidance == 1; }

}  // namespace noiseglass
