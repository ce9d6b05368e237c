#include "export/source.h"

#include "session/lane_words.h"

#include "noiseglass/corruption.h"

#include <algorithm>
#include <cmath>

namespace noiseglass::exports {
namespace {

app::DenoiserPlan plan_of(const Lane& lane, const Progress& progress = {}) {
  return {lane.state, lane.model ? lane.model->path : "", lane.x_0, progress};
}

}  // namespace

Work Work::part(double from, double to) const {
  if (!progress) return *this;
  return {stop, [progress = progress, from, to](double done) { progress(from + (to - from) * done); }};
}

Source::Source(app::AppState state, const Library& library, const Work& work) : state_(std::move(state)) {
  app::bring_into_range(state_);
  if (const auto problem = app::why_refused(state_)) throw UsageError(problem->sentence);
  if (state_.picture.empty()) throw Error("There is no picture to export.");
  app::PreparedPicture prepared = app::prepare_picture(app::PictureRequest::of(state_), {}, 1, library, work.stop);
  picture_ = std::move(prepared.picture);
  app::TwoLanes words;
  for (std::size_t i = 0; i < 2; ++i) {
    Lane& made = lanes_[i];
    static_cast<app::FittedPicture&>(made) = std::move(prepared.lanes[i]);
    made.state = state_.lanes[i];
    made.schedule =
        std::make_shared<Schedule>(make_schedule(made.state.schedule, state_.steps, made.state.schedule_values));
    words[i] = app::lane_words(made.state, made.model);
    made.schedule_title = words[i].front();
  }
  const auto titles = app::lane_titles(words, state_.lane_count);
  for (int i = 0; i < 2; ++i) {
    lanes_[std::size_t(i)].title = titles[std::size_t(i)];
    lanes_[std::size_t(i)].details = app::lane_details(words, state_.lane_count, i);
  }
}

std::vector<int> Source::lanes(int only) const {
  if (only >= 0) return {only};
  if (state_.lane_count == 1) return {0};
  return {0, 1};
}

Image Source::original(int index) const {
  return lane(index).full_size ? with_channels(to_image(picture_->bytes), lane(index).x_0->shape.channels)
                               : *lane(index).x_0;
}

NoiseSum Source::noise(int index, int t) const {
  return app::noise_at(state_.shown_epsilon(), *lane(index).schedule, t, state_.seed);
}

Image Source::noised(int index, int t) const {
  const Lane& of = lane(index);
  if (state_.shown_epsilon() == app::Epsilon::chain) return corrupt_chain(*of.x_0, *of.schedule, t, state_.seed);
  return corrupt(*of.x_0, *of.schedule, t, state_.seed);
}

int Source::lane_t(int index, double position) const {
  const int t = int(std::lround(position));
  if (index == 0 || state_.lockstep == app::Lockstep::same_t || t == 0) return t;
  return lane(index).schedule->nearest_t(lane(0).schedule->log_snr(t));
}

Moment Source::guess(int index, int t, const Work& work) const {
  const Lane& of = lane(index);
  if (t == 0) return {0, 1, *of.x_0, *of.x_0, Image(of.x_0->shape)};
  const Image x_t = noised(index, t);
  const Prediction guessed =
      plan_of(of, work.progress).make()->predict(to_state(x_t), of.schedule->log_snr(t), work.stop);
  const Shape shape = x_t.shape;
  return {t, of.schedule->alpha_bar(t), x_t, to_image(State{shape, guessed.x_0}),
          to_image(State{shape, guessed.epsilon})};
}

app::LaneRun Source::run(int index) const {
  const int from = shows_run() ? state_.run_from : int(std::lround(state_.position));
  const bool noise = shows_run() ? state_.origin == app::Origin::noise : from < 1 || from >= state_.steps;
  if (noise) return sample(index, state_.seed);
  const Lane& of = lane(index);
  return {plan_of(of),          of.schedule, std::max(1, lane_t(index, from)),
          app::Origin::picture, state_.seed, state_.shown_epsilon()};
}

app::LaneRun Source::sample(int index, std::uint64_t seed) const {
  return {plan_of(lane(index)), lane(index).schedule, state_.steps, app::Origin::noise, seed};
}

void walk(const app::LaneRun& run, const SeeStep& see, const Work& work, int until) {
  const std::vector<int> times = run.timesteps();
  const double moments = double(std::ranges::count_if(times, [&](int t) { return t > until; })) + 1;
  double done = 0;
  app::LaneRun told = run;
  told.plan.progress = [&](double share) { work.say((done + share) / moments); };
  const auto sampler = told.make_sampler();
  for (int t = run.from + 1; t > until && !sampler->done(); ++done) {
    work.say(done / moments);
    const SamplerStep step = sampler->step(work.stop);
    t = step.t;
    see(step);
  }
}

Moment Source::now(int index, const Work& work) const {
  if (!shows_run() || state_.run_from == 0) return guess(index, lane_t(index, state_.position), work);
  const int t = lane_t(index, state_.position);
  Moment found;
  bool any = false;
  walk(
      run(index),
      [&](const SamplerStep& step) {
        if (!any || step.t >= t) found = to_moment(step), any = true;
      },
      work, t);
  return found;
}

Moment to_moment(const SamplerStep& step) {
  const Shape shape = step.x_t.shape;
  const double sigma = std::sqrt(1 - step.alpha_bar);
  const Eigen::ArrayXd epsilon =
      sigma > 0 ? Eigen::ArrayXd((step.x_t.values - std::sqrt(step.alpha_bar) * step.x_0) / sigma) : step.epsilon;
  return {step.t, step.alpha_bar, to_image(step.x_t), to_image(State{shape, step.x_0}),
          to_image(State{shape, epsilon})};
}

}  // namespace noiseglass::exports
