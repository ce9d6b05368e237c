#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

namespace noiseglass::app {

/// The thread that denoises, so that no frame waits for a network. It is told what is wanted *now*: a job that is no
/// longer in the list is cancelled, one that is already done is not done again.
class Worker {
 public:
  struct Job {
    std::uint64_t id = 0;  ///< the same id means the same work
    std::function<void(std::stop_token)> run;
  };

  Worker();
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  /// Replaces the list; jobs run one after another in its order.
  void want(std::vector<Job> jobs);
  bool busy() const;

 private:
  void loop(std::stop_token quit);

  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  std::vector<Job> jobs_;
  std::vector<std::uint64_t> finished_;  // of the jobs in jobs_
  std::uint64_t running_ = 0;            // 0: none
  std::stop_source cancel_;
  std::jthread thread_;  // last: it ends before what it uses
};

}  // namespace noiseglass::app
