#pragma once

#include "session/errand.h"
#include "session/history.h"
#include "session/key.h"
#include "session/opening.h"
#include "session/published.h"
#include "session/results.h"
#include "session/state.h"

#include "noiseglass/library.h"
#include "noiseglass/model.h"
#include "noiseglass/schedule.h"

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace noiseglass::app {

/// One lane as it stands now: everything that follows from the state, and what has been computed for it.
struct LaneView : FittedPicture {
  std::shared_ptr<const Schedule> schedule;  ///< of the state's T: t never exceeds schedule->steps()
  Key schedule_key;                          ///< what it was made from
  int t = 0;
  std::shared_ptr<const Preview> preview;
  bool preview_current = false;  ///< it is of this t, noise and picture (perhaps a quick look); else shown dimmed
  int guesses = 0;               ///< previews that have come in since the program began
  std::string preview_problem;   ///< why there is no preview, a sentence
  std::shared_ptr<const Run> run;
  std::string run_problem;          ///< why there is no run, or why it does not go on
  const RunFrame* frame = nullptr;  ///< what a reverse view shows; null until computed
  const RunFrame* next = nullptr;   ///< while a run is played: the moment after it, shown with a share of `blend`
  double blend = 0;                 ///< 0 … 1
};

/// ᾱ/(1−ᾱ) times the variance of the picture's values, in dB: the powers of picture and noise.
double own_snr_db(const LaneView& lane);

/// Of what a lane's denoiser says about a noised x_0.
Key denoiser_key(const LaneState& lane, const LaneView& view);

/// The program without its window: applies states, follows time, and keeps what the worker computed.
class Session {
 public:
  /// @param wake called from the worker's thread whenever there is something new to show
  explicit Session(std::function<void()> wake);

  const Library& library() const { return *library_; }
  /// The same, for jobs that may be left behind.
  const std::shared_ptr<const Library>& shared_library() const { return library_; }
  const AppState& state() const { return state_; }
  const OpenPicture& picture() const { return *picture_; }
  /// The same, for jobs: it may be replaced while they work.
  const std::shared_ptr<const OpenPicture>& shared_picture() const { return picture_; }
  const LaneView& lane(int index) const { return lanes_[index]; }

  /// Begins to open a picture. The old one stays until the new one is there; on failure it stays for good, and the
  /// sentence is in message(). A state with another picture, working size or network does the same.
  void open(const std::filesystem::path& path);
  bool opening() const { return opening_id_ != 0; }
  double opening_for() const;  ///< seconds since it began; 0 when nothing is being opened
  double opening_progress() const { return opening() ? opening_progress_->load() : 0; }  ///< of reading the file, 0 … 1
  void cancel_opening();
  /// Waits for what is being opened, but no longer than that. @returns whether nothing is being opened any more
  bool wait_for_picture(double seconds);

  /// Makes `next` the state: whatever follows from it is brought up to date, runs that depended on a change start
  /// again. A state is taken whole, or refused whole: then everything is as before.
  /// @returns false when it was refused; refusal() says why, until a state is taken
  bool apply(AppState next);
  const std::optional<Refusal>& refusal() const { return refusal_; }
  /// What was computed for an earlier state is not shown any more, not even dimmed: another page of a lesson begins.
  void forget_previews();

  /// The same for what a person did, which can be taken back. @param gesture see History
  bool change(AppState next, std::uint64_t gesture = 0);
  /// A state as a file or a link gives it: the slider stays where it was, also in the midst of a run.
  bool open_state(AppState next);
  void undo();  ///< does nothing where there is nothing to undo
  void redo();
  History& history() { return history_; }
  const History& history() const { return history_; }

  /// How many pictures a lane's run makes: a wall is made of small ones only.
  int samples(int lane) const;

  /// Of x_t as a lane shows it: the picture's own size where that may be shown, with noise in as many channels as the
  /// denoiser gets.
  Shape shown_shape(int lane) const;

  /// Moves autoplay on by `seconds` and takes over what the worker has done.
  void tick(double seconds);

  /// The t of a lane when the slider stands at `position` (the same t, or the same SNR as lane 1).
  int lane_t(int index, double position) const;

  /// The lanes show the reverse run (and not the forward process at the slider).
  bool shows_run() const { return state_.panel == "pictures" && state_.view == View::reverse; }
  bool computing() const { return opening() || worker_.busy(); }
  /// How much of the prediction under way for a lane is done, 0 … 1; 0 as long as it may well be a short one.
  double progress(int index) const { return computing() ? progress_[index]->load() : 0; }
  /// The lowest t that every lane's run has reached.
  double run_reached() const;
  bool run_done() const;
  /// Autoplay has nothing to do until the worker has: the window may sleep.
  bool waiting() const;

  const std::string& message() const { return message_; }
  void say(std::string message) { message_ = std::move(message); }

 private:
  void restore(const AppState& state);
  void take(AppState next, bool as_it_was = false);
  void update_schedule(int index);
  void prepare();
  void take_prepared();
  void give_up_opening();
  void stay_with_old();
  Key run_key() const;
  int run_start(int index) const;  ///< t of a lane where its run begins
  void start_new_run(bool as_it_was);
  void collect();
  void collect_run(int index);
  void submit();
  /// For a denoiser of the worker's: tells the window of long predictions, some ten times a second.
  Progress progress_reporter(int index) const;
  void preview_jobs(std::vector<Job>& jobs);
  Job run_job();
  bool run_ended(int index) const;

  std::shared_ptr<const Library> library_;  // jobs that are given up keep it
  AppState state_;
  std::shared_ptr<const OpenPicture> picture_;
  std::array<LaneView, 2> lanes_;
  std::string message_;
  std::optional<Refusal> refusal_;
  History history_;
  std::function<void()> wake_;
  std::array<Published<Preview>, 2> previews_;
  std::array<Published<Run>, 2> runs_;
  std::array<std::shared_ptr<std::atomic<double>>, 2> progress_{std::make_shared<std::atomic<double>>(0.0),
                                                                std::make_shared<std::atomic<double>>(0.0)};
  std::array<std::optional<std::uint64_t>, 2> preview_ids_;
  std::array<Key, 2> preview_keys_, preview_makers_;
  std::array<std::uint64_t, 2> oldest_previews_{};  // what came before these is of another denoiser, picture or page
  Key run_key_;
  bool run_is_of_state_ = false;  // the run was made from what the state says now
  std::uint64_t run_id_ = 0, last_id_ = 0;
  PictureRequest asked_for_, open_;  // what was asked for last, and what is there
  Published<PreparedPicture> prepared_;
  std::uint64_t opening_id_ = 0;  // 0: nothing is being opened
  bool opens_as_it_was_ = false;  // a state that is to be brought back with its slider where it was
  std::chrono::steady_clock::time_point opening_since_;
  std::shared_ptr<std::atomic<double>> opening_progress_;
  View view_before_ = View::forward;  // before it began
  Errand opener_;
  Worker worker_;  // last: it ends before what its jobs use
};

}  // namespace noiseglass::app
