#include "session/worker.h"

#include "noiseglass/error.h"
#include "noiseglass/threads.h"
#include "noiseglass/thrown.h"

#include <algorithm>
#include <utility>

namespace noiseglass::app {
namespace {

void tell(const Job& job, const std::string& problem) noexcept {
  try {
    if (job.failed) job.failed(problem);
  } catch (...) {  // there is no memory even for the sentence
  }
}

}  // namespace

std::string attempt(const std::function<void()>& work) {
  try {
    work();
    return "";
  } catch (const Cancelled&) {
    throw;
  } catch (...) {
    return sentence_of(std::current_exception());
  }
}

void run_guarded(const Job& job, std::stop_token stop) noexcept {
  try {
    const std::string problem = attempt([&] { job.run(stop); });
    if (!problem.empty() && !stop.stop_requested()) tell(job, problem);
  } catch (...) {  // cancelled: nobody waits for it
  }
}

Worker::~Worker() {
  thread_.request_stop();
  std::lock_guard lock(mutex_);
  if (running_) running_->cancel.request_stop();
}

void Worker::want(std::vector<Job> jobs) {
  std::vector<std::shared_ptr<Entry>> entries;  // and then the old ones, which end outside the lock
  {
    std::unique_lock lock(mutex_);
    for (Job& job : jobs) {
      const auto known = std::ranges::find_if(entries_, [&](const auto& entry) { return entry->job.id == job.id; });
      entries.push_back(known != entries_.end() ? *known : std::make_shared<Entry>(Entry{std::move(job)}));
    }
    entries_.swap(entries);
    if (running_ && std::ranges::find(entries_, running_) == entries_.end()) running_->cancel.request_stop();
    if (!next()) return;
    if (!has_threads()) {
      while ((running_ = next())) {
        lock.unlock();
        run_guarded(running_->job, running_->cancel.get_token());
        lock.lock();
        running_->finished = true;
      }
      return;
    }
    changed_.notify_all();
  }
  const std::string problem = start_thread();
  if (problem.empty()) return;
  {
    std::lock_guard lock(mutex_);
    entries = std::exchange(entries_, {});  // so that they are tried again when they are wanted again
  }
  for (const auto& entry : entries) tell(entry->job, problem);
}

std::string Worker::start_thread() {
  if (thread_.joinable()) return "";
  return attempt([this] { thread_ = std::jthread([this](std::stop_token quit) { loop(quit); }); });
}

bool Worker::busy() const {
  std::lock_guard lock(mutex_);
  return running_ || next();
}

std::shared_ptr<Worker::Entry> Worker::next() const {
  const auto found = std::ranges::find_if(entries_, [](const auto& entry) { return !entry->finished; });
  return found == entries_.end() ? nullptr : *found;
}

void Worker::loop(std::stop_token quit) {
  give_way();  // to the window
  std::unique_lock lock(mutex_);
  while (changed_.wait(lock, quit, [this] { return next() != nullptr; })) {
    if (quit.stop_requested()) return;
    running_ = next();
    lock.unlock();
    run_guarded(running_->job, running_->cancel.get_token());
    lock.lock();
    running_->finished = true;  // an entry that was cancelled is in no list any more
    running_.reset();
  }
}

}  // namespace noiseglass::app
