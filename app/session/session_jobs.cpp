// What the session asks of its worker: previews of x̂₀ and ε̂ at the slider, and reverse runs.

#include "session/denoiser_plan.h"
#include "session/panel_record.h"
#include "session/session.h"

#include "noiseglass/corruption.h"
#include "noiseglass/sampler.h"

#include <algorithm>
#include <chrono>
#include <cmath>

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
  frame.quality = compare(x_0, picture);
  return frame;
}

struct LaneRun {
  DenoiserPlan plan;
  std::shared_ptr<const Schedule> schedule;
  int from;
  Origin origin;
  std::uint64_t seed;

  std::unique_ptr<Sampler> make_sampler() const {
    const LaneState& lane = plan.lane;
    std::vector<int> timesteps = make_timesteps(lane.spacing, from, std::min(lane.sample_steps, from));
    Image start = gaussian_image({seed, streams::forward}, plan.x_0->shape);
    if (origin == Origin::picture) start = corrupt(*plan.x_0, start, schedule->alpha_bar(timesteps.front()));
    const double guidance = lane.class_index < 0 ? 1 : lane.guidance;
    const bool usual = clips_as_usual(find_record("sampler", sampler_records(), lane.sampler), guidance);
    const bool clip = lane.clip == LaneState::Clip::as_usual ? usual : lane.clip == LaneState::Clip::on;
    SamplerProblem problem{*schedule, timesteps, plan.make(), to_state(start), seed, clip};
    return noiseglass::make_sampler(lane.sampler, std::move(problem), lane.sampler_values);
  }
};

}  // namespace

void Session::submit() {
  std::vector<Worker::Job> jobs;
  const PanelRecord* panel = find_panel(state_.panel);
  if (panel && !panel->uses_picture) {
    // nothing of the lanes is looked at
  } else if (shows_run() && state_.run_from > 0) {
    jobs.push_back(run_job());
  } else {
    for (int i = 0; i < state_.lane_count; ++i) jobs.push_back(preview_job(i));
  }
  worker_.want(std::move(jobs));
}

Progress Session::progress_reporter(int index) const {
  using Clock = std::chrono::steady_clock;
  static constexpr std::chrono::milliseconds is_short(300), pause(100);
  return [index, mailbox = mailbox_, wake = wake_, next = Clock::time_point()](double done) mutable {
    const Clock::time_point now = Clock::now();
    if (done == 0 || done == 1) {
      mailbox->progress[index] = 0;
      next = now + is_short;
    } else if (now >= next) {
      mailbox->progress[index] = done;
      next = now + pause;
      wake();
    }
  };
}

Worker::Job Session::preview_job(int index) {
  const LaneView& lane = lanes_[index];
  const int t = lane_t(index, state_.position);
  Key key(denoiser_key(state_.lanes[index], lane), lane.schedule_key, t, state_.seed);
  if (!preview_ids_[index] || preview_keys_[index] != key) {
    preview_keys_[index] = std::move(key);
    preview_ids_[index] = ++last_id_;
  }
  const std::uint64_t id = *preview_ids_[index];
  const DenoiserPlan plan = plan_of(state_.lanes[index], lane, progress_reporter(index));
  auto work = [plan, schedule = lane.schedule, t, seed = state_.seed, id, index, mailbox = mailbox_,
               wake = wake_](std::stop_token stop) {
    auto preview = std::make_shared<Preview>();
    preview->id = id;
    preview->t = t;
    try {
      const Shape shape = plan.x_0->shape;
      if (t == 0) {
        preview->x_0 = *plan.x_0;
        preview->epsilon = Image(shape);
      } else {
        const State x_t = to_state(corrupt(*plan.x_0, *schedule, t, seed));
        const Prediction prediction = plan.make()->predict(x_t, schedule->log_snr(t), stop);
        preview->x_0 = to_picture(prediction.x_0, shape);
        preview->epsilon = to_picture(prediction.epsilon, shape);
      }
      preview->quality = compare(preview->x_0, *plan.x_0);
    } catch (const Error& error) {
      preview->error = error.what();
    }
    std::lock_guard lock(mailbox->mutex);
    mailbox->previews[index] = std::move(preview);
    wake();
  };
  return {id, std::move(work)};
}

Worker::Job Session::run_job() {
  std::vector<LaneRun> lanes;
  for (int i = 0; i < state_.lane_count; ++i)
    lanes.push_back({plan_of(state_.lanes[i], lanes_[i], progress_reporter(i)), lanes_[i].schedule, run_start(i),
                     state_.origin, state_.seed});
  auto work = [lanes = std::move(lanes), id = run_id_, mailbox = mailbox_, wake = wake_](std::stop_token stop) {
    std::vector<std::unique_ptr<Sampler>> samplers(lanes.size());
    std::vector<Run> runs(lanes.size());
    auto publish = [&](std::size_t i) {
      std::lock_guard lock(mailbox->mutex);
      mailbox->runs[i] = std::make_shared<Run>(runs[i]);
      wake();
    };
    for (bool all_done = false; !all_done;) {
      all_done = true;
      for (std::size_t i = 0; i < lanes.size(); ++i) {
        runs[i].id = id;
        if (runs[i].done) continue;
        const auto start = std::chrono::steady_clock::now();
        try {
          if (!samplers[i]) samplers[i] = lanes[i].make_sampler();
          runs[i].frames.push_back(std::make_shared<RunFrame>(to_frame(samplers[i]->step(stop), *lanes[i].plan.x_0)));
          runs[i].done = samplers[i]->done();
        } catch (const Error& error) {
          runs[i].error = error.what();
          runs[i].done = true;
        }
        if (stop.stop_requested()) throw Cancelled();
        runs[i].seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        publish(i);
        all_done = all_done && runs[i].done;
      }
    }
  };
  return {run_id_, std::move(work)};
}

}  // namespace noiseglass::app
