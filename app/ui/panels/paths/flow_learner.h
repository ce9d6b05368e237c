#pragma once

#include "session/published.h"

#include "noiseglass/rectified_flow.h"

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace noiseglass::app {

/// All that a flow which is learned in the window depends on.
struct FlowChoice {
  std::string dataset = "two_moons";
  std::uint64_t seed = 7;
  int reflows = 0;  ///< how many rounds follow the first
  int count = 2;    ///< of Euler's steps
  bool operator==(const FlowChoice&) const = default;
};

/// A round of training, and where its flow takes the same noises as all others.
struct FlowRound {
  int steps = 0, of = 0;  ///< of training, and when it is done
  std::shared_ptr<const LearnedFlow> flow;
  std::vector<Points> path;   ///< from noise to data, at even u
  std::vector<Points> euler;  ///< in few steps
  Points paired;              ///< the data that each noise is paired with, for training this round
  double bending = 0;         ///< of the paths
  double steps_off = 0;       ///< between the ends of the steps and of the paths
  bool trained() const { return steps == of; }
};

struct FlowSnapshot {
  FlowChoice choice;
  std::vector<std::shared_ptr<const FlowRound>> rounds;  ///< up to the one that is trained now or was last
  std::shared_ptr<const PointModel> data;
  bool done() const { return int(rounds.size()) > choice.reflows && rounds.back()->trained(); }
};

/// Trains on a thread of its own, each round as many steps as the others at any time and place, so that the same choice
/// gives the same flow. Publishes what it has some times a second, and rests when nobody has looked for a while.
class FlowLearner {
 public:
  static constexpr int noises = 300, places = 25;  ///< of the paths that are shown and measured

  /// @param wake called from the thread whenever there is a new snapshot
  explicit FlowLearner(std::function<void()> wake);
  ~FlowLearner();
  FlowLearner(const FlowLearner&) = delete;
  FlowLearner& operator=(const FlowLearner&) = delete;

  /// Fewer rounds than there are: the others are kept for later.
  void want(const FlowChoice& choice);
  /// Nothing until the first snapshot; looking at it keeps the thread at work.
  Published<FlowSnapshot>::Outcome latest();

 private:
  struct Bench;
  void go_on();

  std::function<void()> wake_;
  FlowChoice wanted_;
  bool asked_ = false;
  std::uint64_t last_id_ = 0;                 // of a job
  std::shared_ptr<std::atomic<int>> unseen_;  // snapshots since the last look
  std::shared_ptr<Bench> bench_;              // the thread's own
  Published<FlowSnapshot> published_;
  Worker worker_;  // last: it ends before what its jobs use
};

}  // namespace noiseglass::app
