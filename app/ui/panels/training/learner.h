#pragma once

#include "session/published.h"

#include "noiseglass/learning.h"

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace noiseglass::app {

/// What is to be learned, and how: all that a run of training depends on.
struct LearningChoice {
  std::string dataset = "two_moons";
  Target target = Target::epsilon;
  double learning_rate = 2e-3;
  std::string schedule = "linear";
  Values schedule_values;
  int steps = 1000;  ///< T
  std::uint64_t seed = 7;

  bool operator==(const LearningChoice&) const = default;
  /// Errors of two runs can be compared: same data, same noise.
  bool same_task(const LearningChoice& other) const;
};

/// The errors after so many steps of Adam.
struct LearningPoint {
  int steps = 0;
  double epsilon = 0, x_0 = 0;
};

/// A run as it stood at one moment. Immutable.
struct LearningRun {
  LearningChoice choice;
  int steps = 0;                     ///< of Adam
  double seconds = 0;                ///< of one processor core, spent in them and in measuring
  std::vector<LearningPoint> curve;  ///< at steps 0, 1, 2 … then ever farther apart
  DenoisingErrors errors;            ///< of the averaged weights, at the curve's last point
  std::shared_ptr<const LearnedDenoiser> denoiser;
  Points samples;  ///< DDIM from fixed noise; perhaps of a moment earlier
};

struct LearningSnapshot {
  std::uint64_t id = 0;  ///< another one for each snapshot
  LearningRun now;
  std::vector<std::shared_ptr<const LearningRun>> kept;  ///< earlier runs at the same task, for comparison
  std::shared_ptr<const PointModel> data;
  std::shared_ptr<const Schedule> schedule;
  DenoisingErrors exact;  ///< the floor
};

/// Trains on a thread of its own: it is told what is wanted, and publishes what has become of it some ten times a
/// second. It rests when nobody has looked at its snapshots for a while, so a panel that is hidden costs nothing.
class Learner {
 public:
  /// @param wake called from the thread whenever there is a new snapshot
  explicit Learner(std::function<void()> wake);
  ~Learner();
  Learner(const Learner&) = delete;
  Learner& operator=(const Learner&) = delete;

  /// Another choice puts the run aside; one that was put aside goes on where it was.
  void want(const LearningChoice& choice, bool playing);
  void restart();      ///< the run that is wanted, from its first weights
  void forget_kept();  ///< the runs that were put aside
  /// Nothing until the first snapshot; looking at it keeps the thread at work.
  Published<LearningSnapshot>::Outcome latest();

 private:
  struct Run;
  struct Task;
  struct Bench;
  /// What is wanted; restarts and forgets are counted, so that none is done twice or lost with a job that is cancelled.
  struct Wanted {
    LearningChoice choice;
    bool playing = false;
    int restarts = 0, forgets = 0;
  };

  void go_on();

  std::function<void()> wake_;
  Wanted wanted_;
  bool asked_ = false;
  std::uint64_t last_id_ = 0;                 // of a job
  std::shared_ptr<std::atomic<int>> unseen_;  // snapshots since the last look
  std::shared_ptr<Bench> bench_;              // the thread's own
  Published<LearningSnapshot> published_;
  Worker worker_;  // last: it ends before what its jobs use
};

}  // namespace noiseglass::app
