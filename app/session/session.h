#pragma once

#include "session/history.h"
#include "session/key.h"
#include "session/results.h"
#include "session/state.h"
#include "session/worker.h"

#include "noiseglass/fitting.h"
#include "noiseglass/library.h"
#include "noiseglass/model.h"
#include "noiseglass/schedule.h"

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

namespace noiseglass::app {

/// The picture that is open, at its own size.
struct OpenPicture {
  std::uint64_t id = 0;  ///< another number for each opening
  std::filesystem::path path;
  std::string title;
  ByteImage bytes;
  ByteImage reduced;  ///< longest side 2048, for views of all of a larger picture; empty for smaller ones

  /// The smallest version that has a pixel for each of `pixels` across the fraction `shown` of the width.
  const ByteImage& for_view(double shown, int pixels) const {
    return !reduced.empty() && shown * reduced.shape.width >= pixels ? reduced : bytes;
  }
};

/// One lane as it stands now: everything that follows from the state, and what has been computed for it.
struct LaneView {
  std::shared_ptr<const Schedule> schedule;  ///< of the state's T: t never exceeds schedule->steps()
  Key schedule_key;                          ///< what it was made from
  const ModelInfo* model = nullptr;          ///< null when the denoiser is no network, or there is none
  bool model_fits = true;                    ///< the network was trained on pictures of this kind
  std::shared_ptr<const Image> x_0;          ///< the picture as the denoiser gets it
  bool full_size = true;     ///< x_0 is the picture itself, or the picture reduced: the full size may be shown
  std::string note;          ///< how the picture was fitted
  std::uint64_t x_0_id = 0;  ///< another number for each x_0; lanes that show the same one share it
  int t = 0;
  std::shared_ptr<const Preview> preview;
  bool preview_current = false;  ///< false: still computing, shown dimmed
  std::shared_ptr<const Run> run;
  const RunFrame* frame = nullptr;  ///< what a reverse view shows; null until computed
};

/// Of what a lane's denoiser says about a noised x_0.
Key denoiser_key(const LaneState& lane, const LaneView& view);

/// The program without its window: applies states, follows time, and keeps what the worker computed.
class Session {
 public:
  /// @param wake called from the worker's thread whenever there is something new to show
  explicit Session(std::function<void()> wake);

  const Library& library() const { return library_; }
  const AppState& state() const { return state_; }
  const OpenPicture& picture() const { return picture_; }
  const LaneView& lane(int index) const { return lanes_[index]; }

  /// Opens a picture; on failure the old one stays and the sentence is in message().
  bool open(const std::filesystem::path& path);

  /// Makes `next` the state: whatever follows from it is brought up to date, runs that depended on a change start
  /// again. A state is taken whole, or refused whole: then everything is as before.
  /// @returns false when it was refused; refusal() says why, until a state is taken
  bool apply(AppState next);
  const std::optional<Refusal>& refusal() const { return refusal_; }

  /// The same for what a person did, which can be taken back. @param gesture see History
  bool change(AppState next, std::uint64_t gesture = 0);
  /// A state as a file or a link gives it: the slider stays where it was, also in the midst of a run.
  bool open_state(AppState next);
  void undo();  ///< does nothing where there is nothing to undo
  void redo();
  History& history() { return history_; }
  const History& history() const { return history_; }

  /// Moves autoplay on by `seconds` and takes over what the worker has done.
  void tick(double seconds);

  /// The t of a lane when the slider stands at `position` (the same t, or the same SNR as lane 1).
  int lane_t(int index, double position) const;

  /// The lanes show the reverse run (and not the forward process at the slider).
  bool shows_run() const { return state_.panel == "pictures" && state_.view == View::reverse; }
  bool computing() const { return worker_.busy(); }
  /// How much of the prediction under way for a lane is done, 0 … 1; 0 as long as it may well be a short one.
  double progress(int index) const { return computing() ? mailbox_->progress[index].load() : 0; }
  /// The lowest t that every lane's run has reached.
  double run_reached() const;
  bool run_done() const;
  /// Autoplay has nothing to do until the worker has: the window may sleep.
  bool waiting() const;

  const std::string& message() const { return message_; }
  void say(std::string message) { message_ = std::move(message); }

 private:
  struct Mailbox {
    std::mutex mutex;
    std::array<std::shared_ptr<const Preview>, 2> previews;
    std::array<std::shared_ptr<const Run>, 2> runs;
    std::array<std::atomic<double>, 2> progress{};
  };

  void restore(const AppState& state);
  void take(AppState next, bool as_it_was = false);
  void take_picture(AppState& next);
  void update_lane(int index);
  void fit_lane(int index, int model);
  Key run_key() const;
  int run_start(int index) const;  ///< t of a lane where its run begins
  void start_new_run(bool as_it_was);
  void collect();
  void submit();
  /// For a denoiser of the worker's: tells the window of long predictions, some ten times a second.
  Progress progress_reporter(int index) const;
  Worker::Job preview_job(int index);
  Worker::Job run_job();

  Library library_;
  AppState state_;
  OpenPicture picture_;
  std::array<LaneView, 2> lanes_;
  std::array<Key, 2> fit_keys_;
  std::string message_;
  std::optional<Refusal> refusal_;
  History history_;
  std::function<void()> wake_;
  std::shared_ptr<Mailbox> mailbox_ = std::make_shared<Mailbox>();
  std::array<std::optional<std::uint64_t>, 2> preview_ids_;
  std::array<Key, 2> preview_keys_;
  Key run_key_;
  bool run_is_of_state_ = false;  // the run was made from what the state says now
  std::uint64_t run_id_ = 0, last_id_ = 0;
  Worker worker_;  // last: it ends before what its jobs use
};

}  // namespace noiseglass::app
