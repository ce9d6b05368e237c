#pragma once

#include "session/key.h"
#include "session/lane_run.h"
#include "session/published.h"
#include "session/worker.h"

#include "noiseglass/model.h"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace noiseglass::app {

/// Longest side of what a schedule is tried on: of a larger picture its middle.
constexpr int tried_side = 128;
/// The middle of a picture, no side longer than tried_side.
Image middle_of(const Image& picture);

/// What a schedule is tried for, with the sampler and the steps of a lane.
struct ScheduleTrial {
  Key key;            ///< of everything below: equal keys, equal scores
  LaneRun run;        ///< of the picture; of samples its class and seed are those of the first
  int samples = 0;    ///< 0: the way back of the picture; else how many pictures are made from noise
  std::string judge;  ///< of samples: the file of what reads them
  int classes = 1;    ///< of samples: asked for in turn
};

/// How it went, so far.
struct ScheduleScore {
  double psnr = 0;       ///< dB, of a picture that was brought back
  int read = 0, of = 0;  ///< how many samples the judge read as what they were asked for
  bool done = false;
};

/// Runs the trial. @param show what there is so far @throws Error, Cancelled
void try_schedule(const ScheduleTrial& trial, std::stop_token stop, const std::function<void(ScheduleScore)>& show);

/// Runs trials on a thread of its own, in the order in which they are wanted, and keeps what came out lately.
class ScheduleScores {
 public:
  void want(const std::vector<ScheduleTrial>& trials, const std::function<void()>& wake);
  Published<ScheduleScore>::Outcome find(const Key& key) const;
  bool busy() const { return worker_.busy(); }

 private:
  struct Kept {
    std::uint64_t id = 0, wanted = 0;  ///< wanted: when last
    Published<ScheduleScore> score;
  };
  std::map<Key, Kept> kept_;
  std::vector<Key> wanted_;
  std::uint64_t last_id_ = 0, time_ = 0;
  Worker worker_;  // last: it ends before what its jobs use
};

}  // namespace noiseglass::app
