#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace noiseglass::app {

/// Work for another thread.
struct Job {
  std::uint64_t id = 0;  ///< the same id means the same work
  std::function<void(std::stop_token)> run;
  /// Told why `run` ended early, as a sentence, unless it was cancelled.
  std::function<void(const std::string&)> failed = {};
};

/// Calls `work`. @returns what it threw, as a sentence; empty if nothing. Only Cancelled passes through.
std::string attempt(const std::function<void()>& work);

/// Runs a job so that nothing that it throws gets out.
void run_guarded(const Job& job, std::stop_token stop) noexcept;

/// The thread that denoises, so that no frame waits for a network. It is told what is wanted *now*: a job that is no
/// longer in the list is cancelled, one that is already done is not done again.
class Worker {
 public:
  Worker() = default;
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  /// Replaces the list; jobs run one by one, at once where there are no threads. When none can be made, they fail.
  void want(std::vector<Job> jobs);
  bool busy() const;

 private:
  struct Entry {
    Job job;
    bool finished = false;
    std::stop_source cancel = {};
  };

  std::shared_ptr<Entry> next() const;
  std::string start_thread();  ///< the sentence why there is none; empty if there is one
  void loop(std::stop_token quit);

  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  std::vector<std::shared_ptr<Entry>> entries_;
  std::shared_ptr<Entry> running_;  // null: none
  std::jthread thread_;             // last: it ends before what it uses
};

}  // namespace noiseglass::app
