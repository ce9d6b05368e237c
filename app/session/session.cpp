#include "session/session.h"

#include "noiseglass/files.h"

#include <algorithm>
#include <cmath>

namespace noiseglass::app {
namespace {

constexpr double seconds_for_all = 8;  // autoplay from 0 to T at speed 1

std::string title_of(const std::filesystem::path& path, const Library& library) {
  for (const BundledPicture& picture : library.pictures)
    if (picture.path == path) return picture.title;
  return path.filename().string();
}

}  // namespace

Key denoiser_key(const LaneState& lane, const LaneView& view) {
  return Key(lane.denoiser, view.model ? view.model->path : "", lane.class_index, lane.guidance, view.x_0_id);
}

Session::Session(std::function<void()> wake) : library_(load_library()), wake_(std::move(wake)) {
  if (!library_.problems.empty())
    message_ = library_.problems.front();
  else if (library_.models.empty())
    message_ = "No trained network was found, so none can denoise; the exact denoiser works.";
  for (int i = 0; i < 2; ++i) {
    lanes_[i].x_0 = std::make_shared<Image>(Shape{1, 1, 3});
    lanes_[i].schedule_key = Key(state_.lanes[i].schedule, state_.steps, Values());
    lanes_[i].schedule = std::make_shared<Schedule>(make_schedule(state_.lanes[i].schedule, state_.steps));
  }
  picture_.bytes = ByteImage(Shape{1, 1, 3});
  history_.begin(state_);
}

bool Session::open(const std::filesystem::path& path) {
  AppState next = state_;
  next.picture = path;
  apply(next);
  return state_.picture == path;
}

bool Session::apply(AppState next) {
  bring_into_range(next);
  if (std::optional<Refusal> problem = why_refused(next)) {
    if (next.steps != state_.steps) problem->name = "T";
    refusal_ = std::move(problem);
    return false;
  }
  refusal_.reset();
  take(std::move(next));
  return true;
}

bool Session::change(AppState next, std::uint64_t gesture) {
  const AppState before = state_;
  if (!apply(std::move(next))) return false;
  history_.note(before, state_, gesture);
  return true;
}

bool Session::open_state(AppState next) {
  bring_into_range(next);
  refusal_ = why_refused(next);
  if (refusal_) return false;
  const AppState before = state_;
  restore(next);
  history_.note(before, state_, 0);
  return true;
}

void Session::undo() {
  if (history_.can_undo()) restore(history_.undo());
}

void Session::redo() {
  if (history_.can_redo()) restore(history_.redo());
}

/// As it was, to the last bit: what follows from a picture that is opened again must not change it.
void Session::restore(const AppState& state) {
  AppState picture = state_;
  picture.picture = state.picture, picture.background = state.background;
  if (picture != state_) take(std::move(picture));
  take(state, true);
}

/// `next` is known to be right.
void Session::take(AppState next, bool as_it_was) {
  const bool slider_left_run =
      next.panel == "pictures" && next.view == View::reverse && next.position > next.run_from + 0.5;
  if (slider_left_run) {
    next.view = View::forward;
    if (next.playing == Playing::reverse) next.playing = Playing::paused;
  }
  if (next.picture != state_.picture || next.background != state_.background) take_picture(next);
  state_ = std::move(next);
  for (int i = 0; i < 2; ++i) update_lane(i);
  start_new_run(as_it_was);
  submit();
  collect();
  if (as_it_was) return;
  const bool beyond = shows_run() && state_.position < run_reached();
  if (!beyond) return;
  state_.position = run_reached();  // the slider waits for the run, and the lanes stay in step
  collect();
}

/// Opens the picture of `next`; where it cannot be opened, the old one stays.
void Session::take_picture(AppState& next) try {
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
  next.background = state_.background;
}

void Session::update_lane(int index) {
  const LaneState& state = state_.lanes[index];
  LaneView& lane = lanes_[index];
  if (const Key key(state.schedule, state_.steps, state.schedule_values); key != lane.schedule_key) {
    lane.schedule = std::make_shared<Schedule>(make_schedule(state.schedule, state_.steps, state.schedule_values));
    lane.schedule_key = key;
  }
  const int fitting = choose_model(picture_.bytes, library_.models);
  int chosen = fitting;
  for (std::size_t i = 0; i < library_.models.size(); ++i)
    if (library_.models[i].name == state.model) chosen = int(i);
  lane.model = chosen < 0 ? nullptr : &library_.models[chosen];
  lane.model_fits = chosen == fitting;
  try {
    fit_lane(index, chosen);
  } catch (const Error& error) {
    message_ = error.what();
  }
}

void Session::fit_lane(int index, int model) {
  LaneView& lane = lanes_[index];
  const bool one_size = lane.model && lane.model->size > 0;
  const Key key(picture_.id, model, one_size ? 0 : state_.working_size);
  if (key == fit_keys_[index]) return;
  const LaneView& other = lanes_[1 - index];
  if (key == fit_keys_[1 - index]) {
    lane.x_0 = other.x_0, lane.x_0_id = other.x_0_id, lane.note = other.note, lane.full_size = other.full_size;
  } else {
    Fitted fitted = lane.model ? fit_to_model(picture_.bytes, *lane.model, state_.working_size)
                               : fit(picture_.bytes, 3, 0, state_.working_size);
    lane.x_0 = std::make_shared<Image>(std::move(fitted.x_0));
    lane.x_0_id = ++last_id_;
    lane.note = std::move(fitted.note);
    const bool only_reduced = !one_size && picture_.bytes.shape.channels == lane.x_0->shape.channels;
    lane.full_size = lane.note.empty() || only_reduced;
  }
  fit_keys_[index] = key;
}

int Session::run_start(int index) const {
  return state_.origin == Origin::noise ? state_.steps : std::max(1, lane_t(index, state_.run_from));
}

Key Session::run_key() const {
  Key key(state_.origin, state_.run_from, state_.seed);
  for (int i = 0; i < state_.lane_count; ++i) {
    const LaneState& lane = state_.lanes[i];
    const Key sampler(lane.sampler, lane.sampler_values, lane.spacing, lane.clip, lane.sample_steps);
    key.add_all(denoiser_key(lane, lanes_[i]), lanes_[i].schedule_key, sampler, run_start(i));
  }
  return key;
}

/// A run that is shown begins where it starts from, and plays; unless the state is to stay as it was.
void Session::start_new_run(bool as_it_was) {
  Key key = run_key();
  run_is_of_state_ = run_id_ && key == run_key_;
  if (run_is_of_state_ || !shows_run() || state_.run_from == 0) return;
  run_key_ = std::move(key);
  run_id_ = ++last_id_;
  run_is_of_state_ = true;
  if (as_it_was) return;
  state_.position = state_.run_from;
  state_.playing = Playing::reverse;
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
    lane.run = run_is_of_state_ && mailbox_->runs[i] && mailbox_->runs[i]->id == run_id_ ? mailbox_->runs[i] : nullptr;
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
  take(std::move(next));
}

}  // namespace noiseglass::app
