#include "nn/pool.h"

#include "noiseglass/error.h"
#include "noiseglass/model.h"
#include "noiseglass/threads.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <string>
#include <string_view>
#include <system_error>

namespace noiseglass {
namespace nn {
namespace {

constexpr int spins = 500;  // some tens of microseconds: about the time between two layers
constexpr std::chrono::microseconds woken_late(100);
constexpr std::chrono::microseconds first_rest(300), longest_rest(50'000);

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
  const int wanted = std::min(threads, most_threads);
  workers_.reserve(std::size_t(std::max(0, wanted - 1)));  // from here on only the making of a thread can fail
  try {
    for (int slot = 1; slot < wanted; ++slot)
      workers_.emplace_back([this, give_way, slot] {
        if (give_way) noiseglass::give_way();
        help(slot);
      });
  } catch (const std::system_error&) {  // the system has no more threads: those it gave will do
  }
}

Pool::~Pool() {
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
  }
  wake_.notify_all();
  for (std::thread& worker : workers_) worker.join();
}

std::ptrdiff_t Pool::Share::take(bool front) {
  std::uint64_t now = left.load(std::memory_order_relaxed);
  for (;;) {
    const std::uint32_t first = std::uint32_t(now >> 32), end = std::uint32_t(now);
    if (first >= end) return -1;
    const std::uint64_t after = front ? std::uint64_t(first + 1) << 32 | end : std::uint64_t(first) << 32 | (end - 1);
    if (left.compare_exchange_weak(now, after, std::memory_order_relaxed)) return front ? first : end - 1;
  }
}

bool Pool::Share::empty() const {
  const std::uint64_t now = left.load(std::memory_order_relaxed);
  return std::uint32_t(now >> 32) >= std::uint32_t(now);
}

Pool::Job::Job(std::ptrdiff_t indices, std::ptrdiff_t indices_of_piece, int sharers)
    : count(indices), grain(indices_of_piece), threads(sharers) {
  const std::ptrdiff_t pieces = (count + grain - 1) / grain;
  for (int i = 0; i < threads; ++i)
    shares[i].left.store(std::uint64_t(pieces * i / threads) << 32 | std::uint64_t(pieces * (i + 1) / threads),
                         std::memory_order_relaxed);
}

bool Pool::Job::open() const {
  return std::any_of(shares.begin(), shares.begin() + threads, [](const Share& share) { return !share.empty(); });
}

int Pool::Job::take_pieces(int slot) {
  int taken = 0;
  for (int i = 0; i < threads; ++i) {
    Share& share = shares[(slot + i) % threads];
    for (std::ptrdiff_t piece; (piece = share.take(i == 0)) >= 0; ++taken)
      call(work, piece * grain, std::min((piece + 1) * grain, count), slot);
  }
  return taken;
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
  const auto start = Clock::now();
  const int taken = job.take_pieces(0);
  const auto done = Clock::now();
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
  if (taken > 0) judge(Clock::now() - done, (done - start) / taken);
}

bool Pool::rests() const {
  const Clock::rep until = rest_until_.load(std::memory_order_relaxed);
  return until > 0 && Clock::now().time_since_epoch().count() < until;
}

void Pool::judge(Clock::duration wait, Clock::duration piece) {
  const Clock::duration last(last_rest_.load(std::memory_order_relaxed));
  if (wait > 3 * piece + woken_late) {
    const Clock::duration longer = std::min<Clock::duration>(2 * last + first_rest, longest_rest);
    last_rest_.store(longer.count(), std::memory_order_relaxed);
    rest_until_.store((Clock::now() + longer).time_since_epoch().count(), std::memory_order_relaxed);
  } else if (last.count() > 0) {
    last_rest_.store((last * 7 / 8).count(), std::memory_order_relaxed);
    rest_until_.store(0, std::memory_order_relaxed);
  }
}

Pool::Job* Pool::join_job() {
  for (Job* job = jobs_; job; job = job->other)
    if (job->open()) {
      job->helpers.fetch_add(1, std::memory_order_relaxed);
      return job;
    }
  return nullptr;
}

void Pool::help(int slot) {
  std::unique_lock lock(mutex_);
  while (!closing_) {
    const unsigned seen = posted_.load(std::memory_order_relaxed);
    if (Job* job = join_job()) {
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
