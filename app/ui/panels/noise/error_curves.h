#pragma once

#include "session/denoiser_plan.h"
#include "session/key.h"
#include "session/published.h"

#include "noiseglass/measure.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace noiseglass::app {

/// One curve that is asked for: the error of a denoiser on one picture with one noise, along a schedule.
struct CurveRequest {
  Key key;  ///< made of everything that the values depend on: equal keys, equal curves
  DenoiserPlan plan;
  std::shared_ptr<const Schedule> schedule;
  std::uint64_t seed = 0;
};

struct ErrorPoint {
  int t = 0;
  DenoisingError guess;  ///< of the plan's denoiser
  DenoisingError exact;  ///< of the exact denoiser over the bundled pictures: what learning them by heart would give
};

struct ErrorCurve {
  std::vector<ErrorPoint> points;  ///< by rising t; as many as have been measured
  bool complete = false;
};

/// `count` values of t from 1 to T, as even as whole numbers allow, in an order in which any first part of them is
/// spread over the whole: the ends, the middle, the quarters … Fewer when T is smaller.
std::vector<int> coarse_to_fine(int T, int count);

/// Measures error curves on a thread of its own, coarse to fine, and keeps what it has measured.
class ErrorCurves {
 public:
  static constexpr int points_per_curve = 33;

  /// @param wake called from that thread when there is a new point
  explicit ErrorCurves(std::function<void()> wake);

  /// What is wanted now; anything else that is under way is given up. Curves that are complete cost nothing.
  void want(const std::vector<CurveRequest>& requests);
  void pause();  ///< until want() is called again; what is under way is given up, what is measured stays

  /// What has been measured so far, or why nothing can be.
  Published<ErrorCurve>::Outcome curve(const Key& key) const;

 private:
  void forget_all_but(const std::vector<CurveRequest>& requests);
  Job job(const CurveRequest& request, int t);

  std::function<void()> wake_;
  std::map<Key, Published<ErrorCurve>> curves_;
  std::uint64_t last_id_ = 0;  // of a job
  std::vector<Key> wanted_;    // keys of the last want(); empty while paused
  Worker worker_;              // last: it ends before what its jobs use
};

}  // namespace noiseglass::app
