#pragma once

#include "export/export.h"
#include "export/time_left.h"
#include "session/published.h"
#include "session/worker.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace noiseglass::app {

/// Something that a person waits for, on a thread of its own, with how far it is.
class Task {
 public:
  struct Result {
    std::string sentence;       ///< what to say of it
    std::vector<char> picture;  ///< a PNG file's bytes, where it made one to be copied
  };
  using Make = std::function<Result(const exports::Work&)>;

  /// Gives up what was under way.
  void begin(std::string name, Make make, const std::function<void()>& wake) {
    name_ = std::move(name);
    left_ = {};
    done_ = std::make_shared<std::atomic<double>>(0.0);
    id_ = ++last_id_;
    auto progress = [done = done_, wake, percent = -1](double share) mutable {
      *done = share;
      if (int(100 * share) == percent) return;
      percent = int(100 * share);
      wake();
    };
    worker_.want({result_.job(id_, wake, [make = std::move(make), progress](std::stop_token stop) {
      return make({stop, progress});
    })});
  }
  void cancel() {
    worker_.want({});
    id_ = 0;
  }
  bool busy() const { return id_ != 0; }
  const std::string& name() const { return name_; }
  double done() const { return *done_; }
  std::string left() const { return left_.words(done()); }

  /// What came of it, once it has; and then no more.
  std::optional<Published<Result>::Outcome> take() {
    const auto outcome = result_.get();
    if (!busy() || outcome.id != id_ || !outcome) return {};
    id_ = 0;
    return outcome;
  }

 private:
  std::shared_ptr<std::atomic<double>> done_ = std::make_shared<std::atomic<double>>(0.0);
  exports::TimeLeft left_;
  std::uint64_t id_ = 0, last_id_ = 0;  // of what is under way; 0: nothing
  std::string name_;
  Published<Result> result_;
  Worker worker_;  // last: it ends before what its jobs use
};

}  // namespace noiseglass::app
