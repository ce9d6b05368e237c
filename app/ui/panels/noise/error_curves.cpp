#include "ui/panels/noise/error_curves.h"

#include "noiseglass/error.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace noiseglass::app {
namespace {

constexpr std::size_t curves_kept = 24;

/// The curve with one more point.
ErrorCurve extended(ErrorCurve curve, const ErrorPoint& point, std::size_t all) {
  const auto place = std::ranges::lower_bound(curve.points, point.t, {}, &ErrorPoint::t);
  curve.points.insert(place, point);
  curve.complete = curve.points.size() == all;
  return curve;
}

ErrorPoint measure(const CurveRequest& request, int t, std::stop_token stop) {
  const Image& x_0 = *request.plan.x_0;
  ErrorPoint point;
  point.t = t;
  point.guess = denoising_error(*request.plan.make(), x_0, *request.schedule, t, request.seed, stop);
  point.exact = denoising_error(*exact_denoiser(x_0.shape), x_0, *request.schedule, t, request.seed, stop);
  return point;
}

}  // namespace

std::vector<int> coarse_to_fine(int T, int count) {
  count = std::clamp(count, 1, std::max(1, T));
  std::vector<int> order;
  std::set<int> taken;
  auto take = [&](int i) {
    if (!taken.insert(i).second) return;
    order.push_back(count == 1 ? T : 1 + int(std::lround(double(i) * (T - 1) / (count - 1))));
  };
  int stride = 1;
  while (stride < count - 1) stride *= 2;
  take(0), take(count - 1);
  for (; stride >= 1; stride /= 2)
    for (int i = 0; i < count; i += stride) take(i);
  return order;
}

ErrorCurves::ErrorCurves(std::function<void()> wake) : wake_(std::move(wake)) {}

Published<ErrorCurve>::Outcome ErrorCurves::curve(const Key& key) const {
  const auto found = curves_.find(key);
  return found == curves_.end() ? Published<ErrorCurve>::Outcome() : found->second.get();
}

void ErrorCurves::pause() {
  if (wanted_.empty()) return;
  wanted_.clear();
  worker_.want({});
}

void ErrorCurves::want(const std::vector<CurveRequest>& requests) {
  std::vector<Key> keys;
  for (const CurveRequest& request : requests) keys.push_back(request.key);
  if (keys == wanted_) return;
  wanted_ = keys;
  forget_all_but(requests);

  struct Pending {
    const CurveRequest* request;
    int t;
    std::size_t rank;
  };
  std::vector<Pending> pending;
  std::set<Key> seen;  // two lanes may ask for the same curve
  for (const CurveRequest& request : requests) {
    if (!seen.insert(request.key).second) continue;
    if (!curve(request.key).problem.empty()) curves_.erase(request.key);  // perhaps it can be done now
    const auto done = curve(request.key).value;
    if (done && done->complete) continue;
    const std::vector<int> order = coarse_to_fine(request.schedule->steps(), points_per_curve);
    for (std::size_t rank = 0; rank < order.size(); ++rank)
      if (!done || std::ranges::find(done->points, order[rank], &ErrorPoint::t) == done->points.end())
        pending.push_back({&request, order[rank], rank});
  }
  std::ranges::stable_sort(pending, {}, &Pending::rank);  // all curves become finer together
  std::vector<Job> jobs;
  for (const Pending& next : pending) jobs.push_back(job(*next.request, next.t));
  worker_.want(std::move(jobs));
}

void ErrorCurves::forget_all_but(const std::vector<CurveRequest>& requests) {
  if (curves_.size() < curves_kept) return;
  std::erase_if(curves_, [&](const auto& entry) {
    return std::ranges::find(requests, entry.first, &CurveRequest::key) == requests.end();
  });
}

/// One point. A curve whose measuring failed is left alone: one sentence is enough.
Job ErrorCurves::job(const CurveRequest& request, int t) {
  const std::size_t all = coarse_to_fine(request.schedule->steps(), points_per_curve).size();
  const Published<ErrorCurve> measured = curves_[request.key];
  auto work = [request, t, all, measured, wake = wake_](std::stop_token stop) {
    if (!measured.problem().empty()) return;
    const ErrorPoint point = measure(request, t, stop);
    if (stop.stop_requested()) throw Cancelled();
    const auto before = measured.value();
    measured.put(1, extended(before ? *before : ErrorCurve(), point, all));
    wake();
  };
  return {++last_id_, std::move(work), measured.on_failure(1, wake_)};
}

}  // namespace noiseglass::app
