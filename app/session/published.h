#pragma once

#include "session/worker.h"

#include "noiseglass/error.h"

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

namespace noiseglass::app {

/// Where a job puts what it made and the window finds it: a value, or the sentence that says why there is none. Copies
/// share one place, so a job may outlive who asked for it.
template <class T>
class Published {
 public:
  struct Outcome {
    std::uint64_t id = 0;            ///< of the job that it comes from
    std::shared_ptr<const T> value;  ///< beside a problem: what had been made by then
    std::string problem;             ///< a sentence

    explicit operator bool() const { return value || !problem.empty(); }
  };

  Outcome get() const {
    std::lock_guard lock(place_->mutex);
    return place_->outcome;
  }
  std::shared_ptr<const T> value() const { return get().value; }
  std::string problem() const { return get().problem; }

  void put(std::uint64_t id, std::shared_ptr<const T> value) const { replace({id, std::move(value), ""}); }
  void put(std::uint64_t id, T value) const { put(id, std::make_shared<const T>(std::move(value))); }
  /// What the same job made before it failed stays.
  void fail(std::uint64_t id, std::string problem) const {
    Outcome now = get();
    replace({id, now.id == id ? std::move(now.value) : nullptr, std::move(problem)});
  }

  /// The job that puts here what `make(stop)` returns, or the sentence of what it throws.
  template <class Make>
  Job job(std::uint64_t id, std::function<void()> wake, Make make) const {
    auto run = [*this, id, wake, make = std::move(make)](std::stop_token stop) {
      put(id, make(stop));
      wake();
    };
    return {id, std::move(run), on_failure(id, std::move(wake))};
  }

  /// The same for work that has something to show on its way: work(stop, show) calls show(value) as often as it likes.
  template <class Work>
  Job steps(std::uint64_t id, std::function<void()> wake, Work work) const {
    auto run = [*this, id, wake, work = std::move(work)](std::stop_token stop) {
      work(stop, [&](T value) {
        if (stop.stop_requested()) throw Cancelled();
        put(id, std::move(value));
        wake();
      });
    };
    return {id, std::move(run), on_failure(id, std::move(wake))};
  }

  std::function<void(const std::string&)> on_failure(std::uint64_t id, std::function<void()> wake) const {
    return [*this, id, wake = std::move(wake)](const std::string& problem) {
      fail(id, problem);
      wake();
    };
  }

 private:
  struct Place {
    std::mutex mutex;
    Outcome outcome;
  };

  void replace(Outcome outcome) const {
    std::lock_guard lock(place_->mutex);
    std::swap(place_->outcome, outcome);
  }

  std::shared_ptr<Place> place_ = std::make_shared<Place>();
};

}  // namespace noiseglass::app
