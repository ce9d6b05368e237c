#include "export/source.h"

#include "session/lane_words.h"

#include "noiseglass/corruption.h"
#include "noiseglass/files.h"
#include "noiseglass/fitting.h"

#include <algorithm>
#include <cmath>

namespace noiseglass::exports {
namespace {

ByteImage open(const app::AppState& state) {
  static const std::uint8_t levels[] = {255, 128, 0};
  const std::uint8_t level = levels[int(state.background)];
  if (state.picture.empty()) throw Error("There is no picture to export.");
  return read_picture(state.picture, {level, level, level});
}

std::string title_of(const std::filesystem::path& path, const Library& library) {
  for (const BundledPicture& picture : library.pictures)
    if (picture.path == path) return picture.title;
  return path.filename().string();
}

Lane lane_of(const app::AppState& state, int index, const ByteImage& picture, const Library& library) {
  Lane lane;
  lane.state = state.lanes[std::size_t(index)];
  lane.schedule =
      std::make_shared<Schedule>(make_schedule(lane.state.schedule, state.steps, lane.state.schedule_values));
  int chosen = choose_model(picture, library.models);
  for (std::size_t i = 0; i < library.models.size(); ++i)
    if (library.models[i].name == lane.state.model) chosen = int(i);
  if (chosen >= 0) lane.model = &library.models[std::size_t(chosen)];
  Fitted fitted =
      lane.model ? fit_to_model(picture, *lane.model, state.working_size) : fit(picture, 3, 0, state.working_size);
  lane.x_0 = std::make_shared<Image>(std::move(fitted.x_0));
  const bool one_size = lane.model && lane.model->size > 0;
  const bool only_reduced = !one_size && picture.shape.channels == lane.x_0->shape.channels;
  lane.full_size = fitted.note.empty() || only_reduced;
  return lane;
}

app::DenoiserPlan plan_of(const Lane& lane, const Progress& progress) {
  return {lane.state, lane.model ? lane.model->path : "", lane.x_0, progress};
}

}  // namespace

Work Work::part(double from, double to) const {
  if (!progress) return *this;
  return {stop, [progress = progress, from, to](double done) { progress(from + (to - from) * done); }};
}

Source::Source(app::AppState state, const Library& library) : state_(std::move(state)) {
  app::bring_into_range(state_);
  if (const auto problem = app::why_refused(state_)) throw UsageError(problem->sentence);
  picture_ = open(state_);
  title_ = title_of(state_.picture, library);
  app::TwoLanes words;
  for (int i = 0; i < 2; ++i) {
    lanes_[std::size_t(i)] = lane_of(state_, i, picture_, library);
    words[std::size_t(i)] = app::lane_words(state_.lanes[std::size_t(i)], lane(i).model);
    lanes_[std::size_t(i)].schedule_title = words[std::size_t(i)].front();
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
  return lane(index).full_size ? with_channels(to_image(picture_), lane(index).x_0->shape.channels) : *lane(index).x_0;
}

int Source::lane_t(int index, double position) const {
  const int t = int(std::lround(position));
  if (index == 0 || state_.lockstep == app::Lockstep::same_t || t == 0) return t;
  return lane(index).schedule->nearest_t(lane(0).schedule->log_snr(t));
}

Moment Source::guess(int index, int t, const Work& work) const {
  const Lane& of = lane(index);
  if (t == 0) return {0, 1, *of.x_0, *of.x_0, Image(of.x_0->shape)};
  const Image x_t = corrupt(*of.x_0, *of.schedule, t, state_.seed);
  const Prediction guessed =
      plan_of(of, work.progress).make()->predict(to_state(x_t), of.schedule->log_snr(t), work.stop);
  const Shape shape = x_t.shape;
  return {t, of.schedule->alpha_bar(t), x_t, to_image(State{shape, guessed.x_0}),
          to_image(State{shape, guessed.epsilon})};
}

Source::Start Source::run_start(int index) const {
  const int slider = int(std::lround(state_.position));
  const int from = shows_run() ? state_.run_from : slider;
  const bool noise = shows_run() ? state_.origin == app::Origin::noise : from < 1 || from >= state_.steps;
  if (noise) return sample_start(state_.seed);
  return {false, std::max(1, lane_t(index, from)), state_.seed};
}

std::vector<int> Source::walk_times(int index, const Start& start) const {
  const app::LaneState& state = lane(index).state;
  std::vector<int> times = make_timesteps(state.spacing, start.from, std::min(state.sample_steps, start.from));
  times.push_back(0);
  return times;
}

void Source::walk(int index, const Start& start, const std::function<void(const SamplerStep&)>& see,
                  const Work& work) const {
  const Lane& of = lane(index);
  const app::LaneState& state = of.state;
  std::vector<int> timesteps = walk_times(index, start);
  const double moments = double(timesteps.size());
  timesteps.pop_back();
  Image x = gaussian_image({start.seed, streams::forward}, of.x_0->shape);
  if (!start.noise) x = corrupt(*of.x_0, x, of.schedule->alpha_bar(timesteps.front()));
  const double guidance = state.class_index < 0 ? 1 : state.guidance;
  const bool usual = clips_as_usual(find_record("sampler", sampler_records(), state.sampler), guidance);
  using Clip = app::LaneState::Clip;
  const bool clip = state.clip == Clip::as_usual ? usual : state.clip == Clip::on;
  double done = 0;
  const auto within = [&](double share) { work.say((done + share) / moments); };
  const auto sampler =
      make_sampler(state.sampler, {*of.schedule, timesteps, plan_of(of, within).make(), to_state(x), start.seed, clip},
                   state.sampler_values);
  for (; !sampler->done(); ++done) {
    work.say(done / moments);
    see(sampler->step(work.stop));
  }
}

Moment Source::now(int index, const Work& work) const {
  if (!shows_run() || state_.run_from == 0) return guess(index, lane_t(index, state_.position), work);
  const int t = lane_t(index, state_.position);
  Moment found;
  bool any = false;
  walk(
      index, run_start(index),
      [&](const SamplerStep& step) {
        if (!any || step.t >= t) found = to_moment(step), any = true;
      },
      work);
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
