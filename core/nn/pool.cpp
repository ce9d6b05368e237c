#include "nn/pool.h"

#include "noiseglass/error.h"
#include "noiseglass/model.h"
#include "noiseglass/threads.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <string>
#include <string_view>

namespace noiseglass {
namespace nn {
namespace {

constexpr int spins = 500;                              // some tens of microseconds: about the time between two layers
constexpr std::chrono::microseconds longest_wait(200);  // longer than any piece of a helper that keeps its core
constexpr int longest_rest = 4096;                      // jobs: about a second

void pause() {
#ifdef __x86_64__
  __builtin_ia32_pause();
#endif
}

/// NOISEGLASS_THREADS, or one for each core.
int default_threads() {
  if (const char* asked = std::getenv("NOISEGLASS_THREADS"); asked && *asked) {
    const std::string_view text = asked;
    int threads = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), threads);
    if (problem != std::errc() || end != text.data() + text.size() || threads < 1 || threads > 256)
      throw UsageError("NOISEGLASS_THREADS must be a number from 1 to 256, not \"" + std::string(text) + "\".");
    return threads;
  }
  const int cores = int(std::thread::hardware_concurrency());
  return cores > 2 ? cores - 1 : cores < 1 ? 1 : cores;  // one is left to the window
}

std::mutex shared_mutex;
std::shared_ptr<Pool>& shared_place() {
  static std::shared_ptr<Pool> pool = std::make_shared<Pool>(default_threads());
  return pool;
}

}  // namespace

Pool::Pool(int threads, bool give_way) {
  for (int i = 1; i < threads; ++i)
    workers_.emplace_back([this, give_way] {
      if (give_way) noiseglass::give_way();
      help();
    });
}

Pool::~Pool() {
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
  }
  wake_.notify_all();
  for (std::thread& worker : workers_) worker.join();
}

void Pool::Job::take_pieces(int slot) {
  for (;;) {
    const std::ptrdiff_t first = next.fetch_add(grain, std::memory_order_relaxed);
    if (first >= count) return;
    call(work, first, first + grain < count ? first + grain : count, slot);
  }
}

void Pool::share(Job& job) {
  bool wake = false;
  {
    const std::lock_guard lock(mutex_);
    job.other = jobs_;
    jobs_ = &job;
    posted_.fetch_add(1, std::memory_order_release);
    wake = asleep_ > 0;
  }
  if (wake) wake_.notify_all();
  job.take_pieces(0);
  const auto done = std::chrono::steady_clock::now();
  {
    const std::lock_guard lock(mutex_);  // from here on nobody can join
    Job** link = &jobs_;
    while (*link != &job) link = &(*link)->other;
    *link = job.other;
  }
  for (int i = 0; i < spins && job.helpers.load(std::memory_order_acquire) > 0; ++i) pause();
  if (job.helpers.load(std::memory_order_acquire) > 0) {
    std::unique_lock lock(mutex_);
    done_.wait(lock, [&] { return job.helpers.load(std::memory_order_acquire) == 0; });
  }
  judge(std::chrono::steady_clock::now() - done);
}

bool Pool::rests() {
  if (rest_.load(std::memory_order_relaxed) <= 0) return false;
  rest_.fetch_sub(1, std::memory_order_relaxed);
  return true;
}

void Pool::judge(std::chrono::steady_clock::duration wait) {
  const int last = last_rest_.load(std::memory_order_relaxed);
  if (wait > longest_wait) {
    const int longer = std::min(2 * last + 16, longest_rest);
    last_rest_.store(longer, std::memory_order_relaxed);
    rest_.store(longer, std::memory_order_relaxed);
  } else if (last > 0) {
    last_rest_.store(last - 1, std::memory_order_relaxed);
  }
}

Pool::Job* Pool::join_job(int& slot) {
  for (Job* job = jobs_; job; job = job->other)
    if (job->open() && job->slots < threads()) {
      job->helpers.fetch_add(1, std::memory_order_relaxed);
      slot = job->slots++;
      return job;
    }
  return nullptr;
}

void Pool::help() {
  std::unique_lock lock(mutex_);
  while (!closing_) {
    const unsigned seen = posted_.load(std::memory_order_relaxed);
    int slot = 0;
    if (Job* job = join_job(slot)) {
      lock.unlock();
      job->take_pieces(slot);
      lock.lock();
      if (job->helpers.fetch_sub(1, std::memory_order_release) == 1) done_.notify_all();  // the job may be gone now
      continue;
    }
    lock.unlock();
    for (int i = 0; i < spins && posted_.load(std::memory_order_acquire) == seen; ++i) pause();
    lock.lock();
    ++asleep_;
    wake_.wait(lock, [&] { return closing_ || posted_.load(std::memory_order_relaxed) != seen; });
    --asleep_;
  }
}

std::shared_ptr<Pool> shared_pool() {
  const std::lock_guard lock(shared_mutex);
  return shared_place();
}

}  // namespace nn

void set_network_threads(int threads, bool give_way) {
  if (threads < 0 || threads > 256) throw UsageError("The number of threads must be from 1 to 256, or 0 to choose it.");
  auto pool = std::make_shared<nn::Pool>(threads > 0 ? threads : nn::default_threads(), give_way);
  const std::lock_guard lock(nn::shared_mutex);
  nn::shared_place().swap(pool);  // predictions that are under way keep the old one until they end
}

int network_threads() { return nn::shared_pool()->threads(); }

}  // namespace noiseglass
