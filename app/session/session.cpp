#include "session/session.h"

#include "session/session_keys.h"

#include "noiseglass/files.h"

#include <algorithm>
#include <cmath>
#include <sstream>

namespace noiseglass::app {
namespace {

constexpr double seconds_for_all = 8;  // autoplay from 0 to T at speed 1

void put(std::ostream& out, const Values& values) {
  for (const auto& [id, value] : values) out << id << '=' << value << ',';
  out << ';';
}

std::string title_of(const std::filesystem::path& path, const Library& library) {
  for (const BundledPicture& picture : library.pictures)
    if (picture.path == path) return picture.title;
  return path.filename().string();
}

/// Brings every number of a state into its range, so that no panel, lesson or file has to.
void clamp(AppState& state) {
  state.steps = std::clamp(state.steps, 1, Schedule::max_steps);
  state.position = std::clamp(state.position, 0.0, double(state.steps));
  state.run_from = std::clamp(state.run_from, 0, state.steps);
  state.lane_count = std::clamp(state.lane_count, 1, 2);
  state.speed = std::clamp(state.speed, 0.125, 8.0);
  state.working_size = std::clamp(state.working_size, 0, max_picture_side);
  for (LaneState& lane : state.lanes) {
    lane.sample_steps = std::clamp(lane.sample_steps, 1, state.steps);
    lane.guidance = std::clamp(lane.guidance, 0.0, 10.0);
  }
}

}  // namespace

std::string denoiser_key(const LaneState& lane, const LaneView& view) {
  std::ostringstream key;
  key.precision(17);
  key << lane.denoiser << ';' << (view.model ? view.model->path : "") << ';' << lane.class_index << ';' << lane.guidance
      << ';' << view.x_0->shape.width << ';' << view.x_0->shape.height << ';' << view.x_0->shape.channels << ';';
  return key.str();
}

std::string schedule_key(const LaneState& lane, int steps) {
  std::ostringstream key;
  key.precision(17);
  key << lane.schedule << ';' << steps << ';';
  put(key, lane.schedule_values);
  return key.str();
}

std::string sampler_key(const LaneState& lane) {
  std::ostringstream key;
  key.precision(17);
  key << lane.sampler << ';' << lane.spacing << ';' << int(lane.clip) << ';' << lane.sample_steps << ';';
  put(key, lane.sampler_values);
  return key.str();
}

Session::Session(std::function<void()> wake) : library_(load_library()), wake_(std::move(wake)) {
  if (!library_.problems.empty())
    message_ = library_.problems.front();
  else if (library_.models.empty())
    message_ = "No trained network was found, so none can denoise; the exact denoiser works.";
  for (int i = 0; i < 2; ++i) {
    lanes_[i].x_0 = std::make_shared<Image>(Shape{1, 1, 3});
    lanes_[i].schedule = std::make_shared<Schedule>(make_schedule(state_.lanes[i].schedule, state_.steps));
  }
  picture_.bytes = ByteImage(Shape{1, 1, 3});
}

bool Session::open(const std::filesystem::path& path) {
  AppState next = state_;
  next.picture = path;
  apply(next);
  return state_.picture == path;
}

void Session::apply(AppState next) {
  clamp(next);
  const bool slider_left_run =
      next.panel == "pictures" && next.view == View::reverse && next.position > next.run_from + 0.5;
  if (slider_left_run) {
    next.view = View::forward;
    if (next.playing == Playing::reverse) next.playing = Playing::paused;
  }
  if (next.picture != state_.picture || next.background != state_.background) try {
      static const std::uint8_t levels[] = {255, 128, 0};
      const std::uint8_t level = levels[int(next.background)];
      ByteImage bytes = read_picture(next.picture, {level, level, level});
      const Shape small = fit_longest_side(bytes.shape, 2048);
      ByteImage reduced = small == bytes.shape ? ByteImage() : resize(bytes, small.width, small.height);
      picture_ = {++last_id_, next.picture, title_of(next.picture, library_), std::move(bytes), std::move(reduced)};
      message_.clear();
      if (next.origin == Origin::picture) next.view = View::forward, next.playing = Playing::paused;
    } catch (const Error& error) {
      message_ = error.what();
      next.picture = state_.picture;
    }
  state_ = std::move(next);
  for (int i = 0; i < 2; ++i) try {
      update_lane(i);
    } catch (const Error& error) {
      message_ = error.what();
    }
  submit();
  collect();
  const bool beyond = shows_run() && state_.position < run_reached();
  if (!beyond) return;
  state_.position = run_reached();  // the slider waits for the run, and the lanes stay in step
  collect();
}

void Session::update_lane(int index) {
  const LaneState& state = state_.lanes[index];
  LaneView& lane = lanes_[index];
  const Schedule made = make_schedule(state.schedule, state_.steps, state.schedule_values);
  lane.schedule = std::make_shared<Schedule>(made);

  const int fitting = choose_model(picture_.bytes, library_.models);
  int chosen = fitting;
  for (std::size_t i = 0; i < library_.models.size(); ++i)
    if (library_.models[i].name == state.model) chosen = int(i);
  lane.model = chosen < 0 ? nullptr : &library_.models[chosen];
  lane.model_fits = chosen == fitting;

  std::ostringstream key;
  key << picture_.id << ';' << chosen << ';' << state_.working_size;
  if (lane.fit_key == key.str()) return;
  lane.fit_key = key.str();
  Fitted fitted = lane.model ? fit_to_model(picture_.bytes, *lane.model, state_.working_size)
                             : fit(picture_.bytes, 3, 0, state_.working_size);
  lane.x_0 = std::make_shared<Image>(std::move(fitted.x_0));
  lane.note = std::move(fitted.note);
  const bool only_reduced =
      (!lane.model || lane.model->size == 0) && picture_.bytes.shape.channels == lane.x_0->shape.channels;
  lane.full_size = lane.note.empty() || only_reduced;
}

int Session::lane_t(int index, double position) const {
  const int t = int(std::lround(position));
  if (index == 0 || state_.lockstep == Lockstep::same_t || t == 0) return t;
  return lanes_[index].schedule->nearest_t(lanes_[0].schedule->log_snr(t));
}

void Session::collect() {
  std::lock_guard lock(mailbox_->mutex);
  for (int i = 0; i < 2; ++i) {
    LaneView& lane = lanes_[i];
    lane.t = lane_t(i, state_.position);
    lane.preview = mailbox_->previews[i];
    lane.preview_current = lane.preview && preview_ids_[i] == lane.preview->id;
    lane.run = mailbox_->runs[i] && mailbox_->runs[i]->id == run_id_ ? mailbox_->runs[i] : nullptr;
    lane.frame = nullptr;
    if (shows_run()) {
      lane.frame = lane.run ? lane.run->at(lane.t) : nullptr;
      lane.t = lane.frame ? lane.frame->t : lane_t(i, state_.run_from);
    }
  }
}

double Session::run_reached() const {
  double reached = 0;
  for (int i = 0; i < state_.lane_count; ++i) {
    const Run* run = lanes_[i].run.get();
    if (!run || run->frames.empty()) return state_.run_from;
    if (!run->error.empty()) continue;
    // the lowest position whose t in this lane is not beyond what is computed
    const int t = run->frames.back()->t;
    double position = t;
    if (i > 0 && state_.lockstep == Lockstep::same_snr && t > 0)
      position = lanes_[0].schedule->nearest_t(lanes_[i].schedule->log_snr(t));
    reached = std::max(reached, position);
  }
  return std::min(reached, double(state_.run_from));
}

bool Session::run_done() const {
  for (int i = 0; i < state_.lane_count; ++i)
    if (!lanes_[i].run || !lanes_[i].run->done) return false;
  return true;
}

bool Session::waiting() const {
  return shows_run() && state_.playing == Playing::reverse && !run_done() && state_.position <= run_reached();
}

void Session::tick(double seconds) {
  collect();
  if (state_.playing == Playing::paused) return;
  AppState next = state_;
  const double distance = std::min(seconds, 0.1) * next.speed * next.steps / seconds_for_all;
  if (next.playing == Playing::forward) {
    next.position += distance;
    if (next.position >= next.steps) {
      next.position = next.loop ? 0 : next.steps;
      if (!next.loop) next.playing = Playing::paused;
    }
  } else {
    const bool at_end = next.position <= 0 && (!shows_run() || run_done());
    const double reached = shows_run() ? std::min(next.position, run_reached()) : 0;
    next.position = std::max({0.0, next.position - distance, reached});
    if (at_end) {
      next.position = !next.loop ? 0 : shows_run() ? next.run_from : next.steps;
      if (!next.loop) next.playing = Playing::paused;
    }
  }
  apply(next);
}

}  // namespace noiseglass::app
