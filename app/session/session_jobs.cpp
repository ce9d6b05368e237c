// What the session asks of its worker: previews of x̂₀ and ε̂ at the slider, and reverse runs.

#include "session/denoiser_plan.h"
#include "session/lane_run.h"
#include "session/panel_record.h"
#include "session/session.h"
#include "session/view_sampling.h"
#include "session/wall.h"

#include "noiseglass/corruption.h"
#include "noiseglass/noise.h"
#include "noiseglass/sampler.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <iterator>
#include <thread>
#include <vector>

namespace noiseglass::app {
namespace {

Image to_picture(const Eigen::ArrayXd& values, Shape shape) { return to_image(State{shape, values}); }

RunFrame to_frame(const SamplerStep& step, const Image& picture) {
  RunFrame frame;
  frame.t = step.t;
  frame.alpha_bar = step.alpha_bar;
  const Image x_0 = to_picture(step.x_0, step.x_t.shape);
  // Not ε̂ itself: where x̂₀ was clipped the two no longer add up to x_t, and x_t is what the lane shows.
  const double sigma = std::sqrt(1 - step.alpha_bar);
  const Eigen::ArrayXd epsilon =
      sigma > 0 ? Eigen::ArrayXd((step.x_t.values - std::sqrt(step.alpha_bar) * step.x_0) / sigma) : step.epsilon;
  frame.x_0 = to_half(x_0);
  frame.epsilon = to_half(to_picture(epsilon, step.x_t.shape));
  if (x_0.shape == picture.shape) frame.quality = compare(x_0, picture);
  return frame;
}

/// The run of one lane, step by step; one that fails leaves the other lane's alone.
struct LaneRunner {
  LaneRun lane;
  Published<Run> published;
  Run run = {};
  std::vector<std::unique_ptr<Sampler>> samplers = {};
  bool ended = false;

  void advance(std::stop_token stop) {
    const auto start = std::chrono::steady_clock::now();
    const std::string problem = attempt([&] {
      if (samplers.empty()) samplers = lane.make_samplers(run.samples);
      std::vector<SamplerStep> steps;
      for (const auto& sampler : samplers) steps.push_back(sampler->step(stop));
      const SamplerStep step = steps.size() > 1 ? wall_of(steps) : std::move(steps.front());
      run.frames.push_back(std::make_shared<RunFrame>(to_frame(step, *lane.plan.x_0)));
      run.done = samplers.front()->done();
    });
    if (stop.stop_requested()) throw Cancelled();
    run.seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    published.put(run.id, run);
    if (!problem.empty()) published.fail(run.id, problem);
    ended = run.done || !problem.empty();
  }
};

constexpr double patience = 1;  // seconds of opening in which nothing is computed for a picture that is about to go

/// A guess that is soon there is worth more while the slider moves than a good one that comes too late.
constexpr int quick_side = 128;
constexpr std::chrono::milliseconds rest(150);  // of the slider, before the whole picture is begun

bool is_large(Shape shape) { return std::ptrdiff_t(shape.width) * shape.height > quick_side * quick_side; }

/// What is guessed: a picture with noise at t.
struct Noised {
  Image x_0, epsilon;
};

Noised whole(const Image& x_0, const NoiseSum& noise) { return {x_0, noise_image(noise, x_0.shape)}; }

/// The picture reduced as a tile would show it: the clean part averaged, the noise taken at every pixel's centre.
Noised reduced(const Image& x_0, const NoiseSum& noise) {
  const Shape small = fit_longest_side(x_0.shape, quick_side);
  const ViewRect view{0, 0, 1, 1, small.width, small.height};
  return {with_channels(sample_clean(x_0, view), x_0.shape.channels),
          with_channels(NoiseSampler().sample(noise, x_0.shape, view), x_0.shape.channels)};
}

Preview predict(DenoiserPlan plan, const Noised& noised, const Schedule& schedule, int t, std::stop_token stop) {
  const Shape shape = noised.x_0.shape;
  Preview preview;
  preview.t = t;
  if (t == 0) {
    preview.x_0 = noised.x_0;
    preview.epsilon = Image(shape);
    return preview;
  }
  plan.x_0 = std::make_shared<Image>(noised.x_0);
  const State x_t = to_state(corrupt(noised.x_0, noised.epsilon, schedule.alpha_bar(t)));
  const Prediction prediction = plan.make()->predict(x_t, schedule.log_snr(t), stop);
  preview.x_0 = to_picture(prediction.x_0, shape);
  preview.epsilon = to_picture(prediction.epsilon, shape);
  return preview;
}

void wait_for_rest(const std::stop_token& stop) {
  const auto end = std::chrono::steady_clock::now() + rest;
  while (std::chrono::steady_clock::now() < end) {
    if (stop.stop_requested()) throw Cancelled();
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
}

}  // namespace

void Session::submit() {
  std::vector<Job> jobs;
  const PanelRecord* panel = find_panel(state_.panel);
  if (panel && !uses_picture(*panel, state_)) {
    // nothing of the lanes is looked at
  } else if (shows_run() && state_.run_from > 0) {
    if (run_is_of_state_) jobs.push_back(run_job());
  } else {
    preview_jobs(jobs);
  }
  if (opening() && opening_for() < patience) jobs.clear();  // they would be of another picture in a moment
  worker_.want(std::move(jobs));
}

Progress Session::progress_reporter(int index) const {
  using Clock = std::chrono::steady_clock;
  static constexpr std::chrono::milliseconds is_short(300), pause(100);
  return [shown = progress_[index], wake = wake_, next = Clock::time_point()](double done) mutable {
    const Clock::time_point now = Clock::now();
    if (done == 0 || done == 1) {
      *shown = 0;
      next = now + is_short;
    } else if (now >= next) {
      *shown = done;
      next = now + pause;
      wake();
    }
  };
}

/// First what can be had at once, for every lane: of a large picture a quick look. It is finished once it is begun, or
/// the slider would outrun it for ever. Then, when the slider rests, the whole of it.
void Session::preview_jobs(std::vector<Job>& jobs) {
  std::vector<Job> later;
  for (int i = 0; i < state_.lane_count; ++i) {
    const LaneView& lane = lanes_[i];
    const int t = lane_t(i, state_.position);
    Key key(denoiser_key(state_.lanes[i], lane), lane.schedule_key, t, state_.seed, state_.shown_epsilon());
    if (!preview_ids_[i] || preview_keys_[i] != key) {
      preview_keys_[i] = std::move(key);
      preview_ids_[i] = ++last_id_;
      Key maker(state_.lanes[i].denoiser, lane.model ? lane.model->path : "", lane.fit_key);
      if (preview_makers_[i] != maker) oldest_previews_[i] = last_id_;  // nobody's guess is shown under another's name
      preview_makers_[i] = std::move(maker);
    }
    const std::uint64_t id = *preview_ids_[i];
    const bool large = is_large(lane.x_0->shape) && t > 0;
    const auto guess = [x_0 = lane.x_0, schedule = lane.schedule, t, seed = state_.seed,
                        epsilon = state_.shown_epsilon(),
                        id](const DenoiserPlan& plan, bool quick, std::stop_token stop) {
      const NoiseSum noise = noise_at(epsilon, *schedule, t, seed);
      const Noised noised = quick ? reduced(*x_0, noise) : whole(*x_0, noise);
      Preview preview = predict(plan, noised, *schedule, t, stop);
      preview.id = id;
      preview.quick = quick;
      if (!quick) preview.quality = compare(preview.x_0, *x_0);
      return preview;
    };
    const DenoiserPlan at_once = plan_of(state_.lanes[i], lane);
    jobs.push_back(
        previews_[i].job(id, wake_, [guess, at_once, large](std::stop_token) { return guess(at_once, large, {}); }));
    if (!large || state_.playing != Playing::paused) continue;
    const DenoiserPlan plan = plan_of(state_.lanes[i], lane, progress_reporter(i));
    later.push_back(previews_[i].job(id, wake_, [guess, plan](std::stop_token stop) {
      wait_for_rest(stop);
      return guess(plan, false, stop);
    }));
    later.back().id = id | 1ull << 63;  // another job for the same guess
  }
  std::ranges::move(later, std::back_inserter(jobs));
}

Job Session::run_job() {
  std::vector<LaneRun> lanes;
  for (int i = 0; i < state_.lane_count; ++i)
    lanes.push_back({plan_of(state_.lanes[i], lanes_[i], progress_reporter(i)), lanes_[i].schedule, run_start(i),
                     state_.origin, state_.seed, state_.shown_epsilon()});
  const std::array<int, 2> samples{this->samples(0), this->samples(1)};
  auto work = [lanes = std::move(lanes), samples, id = run_id_, runs = runs_, wake = wake_](std::stop_token stop) {
    std::vector<LaneRunner> runners;
    for (std::size_t i = 0; i < lanes.size(); ++i) {
      runners.push_back({lanes[i], runs[i]});
      runners.back().run.id = id;
      runners.back().run.samples = samples[i];
    }
    for (bool all_done = false; !all_done;) {
      all_done = true;
      for (LaneRunner& runner : runners) {
        if (runner.ended) continue;
        runner.advance(stop);
        wake();
        all_done = all_done && runner.ended;
      }
    }
  };
  auto failed = [id = run_id_, runs = runs_, wake = wake_](const std::string& problem) {
    for (const auto& run : runs) run.fail(id, problem);
    wake();
  };
  return {run_id_, std::move(work), std::move(failed)};
}

}  // namespace noiseglass::app
