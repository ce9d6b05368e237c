#include "session/worker.h"

#include "noiseglass/error.h"
#include "noiseglass/threads.h"

#include <algorithm>

namespace noiseglass::app {
namespace {

bool contains(const std::vector<std::uint64_t>& ids, std::uint64_t id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

}  // namespace

Worker::Worker() : thread_([this](std::stop_token quit) { loop(quit); }) {}

Worker::~Worker() {
  thread_.request_stop();
  std::lock_guard lock(mutex_);
  cancel_.request_stop();
}

void Worker::want(std::vector<Job> jobs) {
  std::lock_guard lock(mutex_);
  jobs_ = std::move(jobs);
  std::erase_if(finished_, [&](std::uint64_t id) {
    return std::none_of(jobs_.begin(), jobs_.end(), [&](const Job& job) { return job.id == id; });
  });
  if (running_ && std::none_of(jobs_.begin(), jobs_.end(), [&](const Job& job) { return job.id == running_; }))
    cancel_.request_stop();
  changed_.notify_all();
}

bool Worker::busy() const {
  std::lock_guard lock(mutex_);
  return running_ != 0 || finished_.size() < jobs_.size();
}

void Worker::loop(std::stop_token quit) {
  give_way();  // to the window
  std::unique_lock lock(mutex_);
  while (!quit.stop_requested()) {
    auto next = std::find_if(jobs_.begin(), jobs_.end(), [&](const Job& job) { return !contains(finished_, job.id); });
    if (next == jobs_.end()) {
      changed_.wait(lock, quit, [&] {
        return std::any_of(jobs_.begin(), jobs_.end(), [&](const Job& job) { return !contains(finished_, job.id); });
      });
      continue;
    }
    const Job job = *next;
    running_ = job.id;
    cancel_ = std::stop_source();
    const std::stop_token stop = cancel_.get_token();
    lock.unlock();
    try {
      job.run(stop);
    } catch (const Cancelled&) {
    }
    lock.lock();
    running_ = 0;
    // A cancelled job is no longer wanted, or it was wanted again meanwhile and must start over.
    if (!stop.stop_requested()) finished_.push_back(job.id);
  }
}

}  // namespace noiseglass::app
