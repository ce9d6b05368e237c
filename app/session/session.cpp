#include "session/session.h"

#include "noiseglass/files.h"

#include <algorithm>
#include <cmath>
#include <thread>

namespace noiseglass::app {
namespace {

constexpr double seconds_for_all = 8;  // autoplay from 0 to T at speed 1

}  // namespace

Key denoiser_key(const LaneState& lane, const LaneView& view) {
  const bool student = view.model && !view.model->steps.empty();
  return Key(lane.denoiser, view.model ? view.model->path : "", lane.class_index, lane.guidance, view.fit_key,
             student ? lane.sample_steps : 0);
}

Session::Session(std::function<void()> wake)
    : library_(std::make_shared<Library>(load_library())), wake_(std::move(wake)) {
  if (!library_->problems.empty())
    message_ = library_->problems.front();
  else if (library_->models.empty())
    message_ = "No trained network was found; the exact denoiser still works.";
  for (int i = 0; i < 2; ++i) {
    lanes_[i].x_0 = std::make_shared<Image>(Shape{1, 1, 3});
    lanes_[i].schedule_key = Key(state_.lanes[i].schedule, state_.steps, Values());
    lanes_[i].schedule = std::make_shared<Schedule>(make_schedule(state_.lanes[i].schedule, state_.steps));
  }
  auto none = std::make_shared<OpenPicture>();
  none->bytes = ByteImage(Shape{1, 1, 3});
  picture_ = std::move(none);
  asked_for_ = open_ = PictureRequest::of(state_);
  history_.begin(state_);
}

void Session::open(const std::filesystem::path& path) {
  AppState next = state_;
  next.picture = path;
  apply(next);
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
void Session::restore(const AppState& state) { take(state, true); }

/// `next` is known to be right.
void Session::take(AppState next, bool as_it_was) {
  const bool slider_left_run =
      next.panel == "pictures" && next.view == View::reverse && next.position > next.run_from + 0.5;
  if (slider_left_run) {
    next.view = View::forward, next.wall = false;
    if (next.playing == Playing::reverse) next.playing = Playing::paused;
  }
  const bool another = next.picture != state_.picture || next.background != state_.background;
  if (another) message_.clear();
  if (!opening()) view_before_ = state_.view;
  if (another && !as_it_was && next.origin == Origin::picture)
    next.view = View::forward, next.playing = Playing::paused;
  state_ = std::move(next);
  for (int i = 0; i < 2; ++i) update_schedule(i);
  prepare();
  opens_as_it_was_ = opening() && (as_it_was || (opens_as_it_was_ && !another));
  start_new_run(as_it_was);
  submit();
  collect();
  if (as_it_was) return;
  const bool beyond = shows_run() && !opening() && state_.position < run_reached();
  if (!beyond) return;
  state_.position = run_reached();  // the slider waits for the run, and the lanes stay in step
  collect();
}

void Session::update_schedule(int index) {
  const LaneState& state = state_.lanes[index];
  LaneView& lane = lanes_[index];
  const Key key(state.schedule, state_.steps, state.schedule_values);
  if (key == lane.schedule_key) return;
  lane.schedule = std::make_shared<Schedule>(make_schedule(state.schedule, state_.steps, state.schedule_values));
  lane.schedule_key = key;
}

/// Begins what it takes to show the picture that the state asks for, unless it is there or under way.
void Session::prepare() {
  PictureRequest wanted = PictureRequest::of(state_);
  if (wanted == asked_for_) return;
  asked_for_ = std::move(wanted);
  if (asked_for_ == open_) return give_up_opening();
  if (!opening()) opening_since_ = std::chrono::steady_clock::now();
  opening_id_ = ++last_id_;
  PreparedPicture known;
  if (asked_for_.same_picture(open_)) known = {picture_, {FittedPicture(lanes_[0]), FittedPicture(lanes_[1])}};
  prepared_ = {};  // places of their own: one that was given up may still put something into the old ones
  opening_progress_ = std::make_shared<std::atomic<double>>(0.0);
  auto work = [request = asked_for_, known, id = opening_id_, library = library_,
               done = opening_progress_](std::stop_token stop) {
    return prepare_picture(request, known, id, *library, stop, [done](double share) { *done = share; });
  };
  opener_.begin(prepared_.job(opening_id_, wake_, std::move(work)));
}

void Session::take_prepared() {
  if (!opening()) return;
  const auto prepared = prepared_.get();
  if (prepared.id != opening_id_) return;
  if (!prepared.value) {
    message_ = prepared.problem;
    return stay_with_old();
  }
  opening_id_ = 0;
  prepared_ = {};
  open_ = asked_for_;
  if (picture_ != prepared.value->picture) previews_ = {};  // of another picture, whatever its t
  picture_ = prepared.value->picture;
  for (std::size_t i = 0; i < lanes_.size(); ++i) static_cast<FittedPicture&>(lanes_[i]) = prepared.value->lanes[i];
  start_new_run(opens_as_it_was_);
  submit();
}

void Session::cancel_opening() {
  if (opening()) stay_with_old();
}

void Session::give_up_opening() {
  opener_.give_up();
  opening_id_ = 0;
}

/// What is there is what is wanted again. At the start, when nothing is there, it is a picture of the library.
void Session::stay_with_old() {
  give_up_opening();
  if (open_.path.empty() && !library().pictures.empty() && asked_for_.path != library().pictures.front().path)
    open_.path = library().pictures.front().path;
  open_.put_into(state_);
  if (view_before_ == View::reverse) state_.view = View::reverse;  // the run that was shown
  history_.amend([this](AppState& state) { open_.put_into(state); });
  if (picture_->path != open_.path) {
    open_.path.clear();
    return prepare();
  }
  asked_for_ = open_;
  start_new_run(true);
  submit();
}

double Session::opening_for() const {
  if (!opening()) return 0;
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - opening_since_).count();
}

bool Session::wait_for_picture(double seconds) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
  for (tick(0); opening() && std::chrono::steady_clock::now() < end; tick(0))
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  return !opening();
}

double own_snr_db(const LaneView& lane) { return lane.schedule->snr_db(lane.t) + 10 * std::log10(lane.variance); }

int Session::samples(int index) const {
  constexpr int small_side = 64;
  const Shape shape = lanes_[index].x_0->shape;
  return state_.shows_wall() && std::max(shape.width, shape.height) <= small_side ? wall_samples : 1;
}

Shape Session::shown_shape(int index) const {
  const LaneView& lane = lanes_[index];
  Shape shape = lane.full_size ? picture_->bytes.shape : lane.x_0->shape;
  if (samples(index) > 1) shape = lane.x_0->shape, shape.width *= wall_columns, shape.height *= wall_columns;
  shape.channels = lane.x_0->shape.channels;
  return shape;
}

int Session::run_start(int index) const {
  return state_.origin == Origin::noise ? state_.steps : std::max(1, lane_t(index, state_.run_from));
}

Key Session::run_key() const {
  Key key(state_.origin, state_.run_from, state_.seed, state_.shown_epsilon(), state_.shows_wall());
  for (int i = 0; i < state_.lane_count; ++i) {
    const LaneState& lane = state_.lanes[i];
    const Key sampler(lane.sampler, lane.sampler_values, lane.spacing, lane.clip, lane.sample_steps);
    key.add_all(denoiser_key(lane, lanes_[i]), lanes_[i].schedule_key, sampler, run_start(i), lane.times.size());
    for (const double time : lane.times) key.add_all(time);
  }
  return key;
}

/// A run that is shown begins where it starts from, and plays; unless the state is to stay as it was. While a picture
/// is being opened there is nothing yet to run from.
void Session::start_new_run(bool as_it_was) {
  Key key = run_key();
  run_is_of_state_ = run_id_ && key == run_key_;
  if (run_is_of_state_ || opening() || !shows_run() || state_.run_from == 0) return;
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

void Session::forget_previews() {
  for (std::size_t i = 0; i < 2; ++i) oldest_previews_[i] = preview_ids_[i].value_or(last_id_ + 1);
}

void Session::collect() {
  take_prepared();
  for (int i = 0; i < 2; ++i) {
    LaneView& lane = lanes_[i];
    lane.t = lane_t(i, state_.position);
    const auto preview = previews_[i].get();
    lane.guesses += preview.value && preview.value != lane.preview;
    lane.preview = preview.value && preview.value->id >= oldest_previews_[i] ? preview.value : nullptr;
    lane.preview_problem = preview_ids_[i] == preview.id ? preview.problem : "";
    lane.preview_current = lane.preview && preview_ids_[i] == lane.preview->id;
    const auto run = runs_[i].get();
    const bool known = run_is_of_state_ && run.id == run_id_;
    lane.run = known ? run.value : nullptr;
    lane.run_problem = known ? run.problem : "";
    collect_run(i);
  }
}

/// What a reverse view shows of a lane: a moment that was computed, or on the way from one to the next while it plays.
void Session::collect_run(int index) {
  LaneView& lane = lanes_[index];
  lane.frame = lane.next = nullptr;
  lane.blend = 0;
  if (!shows_run()) return;
  lane.frame = lane.run ? lane.run->at(lane.t) : nullptr;
  const double here = index == 0 || state_.lockstep == Lockstep::same_t ? state_.position : lane.t;
  lane.t = lane.frame ? lane.frame->t : lane_t(index, state_.run_from);
  if (!lane.frame || state_.playing != Playing::reverse) return;
  lane.next = lane.run->after(*lane.frame);
  if (lane.next) lane.blend = std::clamp((lane.frame->t - here) / (lane.frame->t - lane.next->t), 0.0, 1.0);
}

double Session::run_reached() const {
  double reached = 0;
  for (int i = 0; i < state_.lane_count; ++i) {
    const Run* run = lanes_[i].run.get();
    if (!lanes_[i].run_problem.empty()) continue;
    if (!run || run->frames.empty()) return state_.run_from;
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
    if (!run_ended(i)) return false;
  return true;
}

bool Session::run_ended(int index) const {
  const LaneView& lane = lanes_[index];
  return !lane.run_problem.empty() || (lane.run && lane.run->done);
}

bool Session::waiting() const {
  return shows_run() && state_.playing == Playing::reverse && !run_done() && state_.position <= run_reached();
}

void Session::tick(double seconds) {
  collect();
  if (opening()) submit();  // patience ends
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
