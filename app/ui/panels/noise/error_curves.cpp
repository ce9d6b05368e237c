#include "ui/panels/noise/error_curves.h"

#include "noiseglass/error.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace noiseglass::app {
namespace {

constexpr std::size_t curves_kept = 24;

/// A copy of the curve with one more point, or with the sentence why there is none.
std::shared_ptr<const ErrorCurve> extended(const ErrorCurve& before, const ErrorPoint& point, std::size_t all) {
  auto after = std::make_shared<ErrorCurve>(before);
  const auto place = std::ranges::lower_bound(after->points, point.t, {}, &ErrorPoint::t);
  after->points.insert(place, point);
  after->complete = after->points.size() == all;
  return after;
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

std::shared_ptr<const ErrorCurve> ErrorCurves::curve(const Key& key) const {
  std::lock_guard lock(measured_->mutex);
  const auto found = measured_->curves.find(key);
  static const auto nothing = std::make_shared<const ErrorCurve>();
  return found == measured_->curves.end() ? nothing : found->second;
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
    const auto done = curve(request.key);
    if (done->complete || !done->error.empty()) continue;
    const std::vector<int> order = coarse_to_fine(request.schedule->steps(), points_per_curve);
    for (std::size_t rank = 0; rank < order.size(); ++rank)
      if (std::ranges::find(done->points, order[rank], &ErrorPoint::t) == done->points.end())
        pending.push_back({&request, order[rank], rank});
  }
  std::ranges::stable_sort(pending, {}, &Pending::rank);  // all curves become finer together
  std::vector<Worker::Job> jobs;
  for (const Pending& next : pending) jobs.push_back(job(*next.request, next.t));
  worker_.want(std::move(jobs));
}

void ErrorCurves::forget_all_but(const std::vector<CurveRequest>& requests) {
  std::lock_guard lock(measured_->mutex);
  if (measured_->curves.size() < curves_kept) return;
  std::erase_if(measured_->curves, [&](const auto& entry) {
    return std::ranges::find(requests, entry.first, &CurveRequest::key) == requests.end();
  });
}

Worker::Job ErrorCurves::job(const CurveRequest& request, int t) {
  const std::uint64_t id = ids_.try_emplace(Key(request.key, t), ids_.size() + 1).first->second;
  const std::size_t all = coarse_to_fine(request.schedule->steps(), points_per_curve).size();
  return {id, [request, t, all, measured = measured_, wake = wake_](std::stop_token stop) {
            auto publish = [&](const std::function<std::shared_ptr<const ErrorCurve>(const ErrorCurve&)>& change) {
              if (stop.stop_requested()) throw Cancelled();
              std::lock_guard lock(measured->mutex);
              std::shared_ptr<const ErrorCurve>& kept = measured->curves[request.key];
              kept = change(kept ? *kept : ErrorCurve());
            };
            try {
              {
                std::lock_guard lock(measured->mutex);
                const auto kept = measured->curves.find(request.key);
                if (kept != measured->curves.end() && !kept->second->error.empty()) return;  // one sentence is enough
              }
              const ErrorPoint point = measure(request, t, stop);
              publish([&](const ErrorCurve& before) { return extended(before, point, all); });
            } catch (const Error& error) {
              publish([&](const ErrorCurve&) {
                auto failed = std::make_shared<ErrorCurve>();
                failed->error = error.what();
                return failed;
              });
            }
            wake();
          }};
}

}  // namespace noiseglass::app
