#pragma once

#include "session/lane_run.h"
#include "session/opening.h"
#include "session/state.h"

#include "noiseglass/library.h"
#include "noiseglass/progress.h"
#include "noiseglass/sampler.h"
#include "noiseglass/schedule.h"

#include <array>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace noiseglass::exports {

/// Work that can be given up, and says how far it is.
struct Work {
  std::stop_token stop = {};
  Progress progress = {};

  void say(double done) const {
    if (stop.stop_requested()) throw Cancelled();
    if (progress) progress(done);
  }
  /// Of a part of this work.
  Work part(double from, double to) const;
};

/// One lane of a state, and what follows from it.
struct Lane : app::FittedPicture {
  app::LaneState state;
  std::shared_ptr<const Schedule> schedule;
  std::string title, details;  ///< what it is, in words
  std::string schedule_title;  ///< of the forward process, to which nothing else matters
};

/// One moment of a lane: x_t at t, and what the denoiser makes of it. x_t = √ᾱ·x̂₀ + √(1−ᾱ)·ε̂ for each.
struct Moment {
  int t = 0;
  double alpha_bar = 1;
  Image x_t, x_0_hat, epsilon_hat;
};

/// What a state shows, computed from nothing but the state: the same here, in the window and on another machine.
class Source {
 public:
  /// @throws Error for a picture that cannot be opened, UsageError for a state that cannot be shown
  Source(app::AppState state, const Library& library, const Work& work = {});

  const app::AppState& state() const { return state_; }
  const std::string& picture_title() const { return picture_->title; }
  const Lane& lane(int index) const { return lanes_[std::size_t(index)]; }
  /// The lanes that are shown, or the one that was asked for.
  std::vector<int> lanes(int only = -1) const;

  /// The picture as it is shown where no network looks at it: at its own size if that may be.
  Image original(int lane) const;
  /// The ε that a lane shows at t of the forward process.
  NoiseSum noise(int lane, int t) const;
  Image noised(int lane, int t) const;  ///< x_t as the lane's denoiser gets it

  bool shows_run() const { return state_.panel == "pictures" && state_.view == app::View::reverse; }
  /// t of a lane when the slider stands at `position`.
  int lane_t(int lane, double position) const;
  double log_snr(int lane, int t) const { return lanes_[std::size_t(lane)].schedule->log_snr(t); }

  /// What the forward process has at t, and the guess about it. @throws Cancelled
  Moment guess(int lane, int t, const Work& work) const;
  /// The run that is shown; where none is, the one that "Denoise" would begin at the slider.
  app::LaneRun run(int lane) const;
  /// From pure noise.
  app::LaneRun sample(int lane, std::uint64_t seed) const;
  /// How many moments run() has.
  int run_length(int lane) const { return int(run(lane).timesteps().size()) + 1; }
  /// What is shown now: of the run where that is shown, else of the forward process.
  Moment now(int lane, const Work& work) const;

 private:
  app::AppState state_;
  std::shared_ptr<const app::OpenPicture> picture_;
  std::array<Lane, 2> lanes_;
};

/// Walks a reverse run; `see` gets each of its moments, to the first that is at `until` or beyond. @throws Cancelled
using SeeStep = std::function<void(const SamplerStep&)>;
void walk(const app::LaneRun& run, const SeeStep& see, const Work& work, int until = 0);

/// A moment of a run as x_t, x̂₀, and the ε̂ with which they agree.
Moment to_moment(const SamplerStep& step);

}  // namespace noiseglass::exports
