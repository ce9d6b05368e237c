#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <thread>
#include <type_traits>
#include <vector>

namespace noiseglass::nn {

/// A few threads that help whoever calls run(). The caller works too, and at the end waits only for helpers that are in
/// the middle of a piece: a helper that never gets a core costs nothing. When that wait shows that the machine is busy
/// (the helper lost its core in the middle), the pool leaves its helpers alone for a while, longer each time. Several
/// callers may run at once. No allocation in run().
class Pool {
 public:
  /// @param threads including the caller; at least 1
  /// @param give_way the helpers do, see threads.h
  explicit Pool(int threads, bool give_way = false);
  ~Pool();
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  int threads() const { return int(workers_.size()) + 1; }

  /// Calls work(first, last, slot) until 0 … count is covered by pieces of `grain` (the last may be shorter).
  /// Slots, below threads(), are distinct among the threads at work; the caller's is 0. `work` must not throw.
  template <class Work>
  void run(std::ptrdiff_t count, std::ptrdiff_t grain, Work&& work) {
    if (workers_.empty() || count <= grain || rests()) {
      if (count > 0) work(std::ptrdiff_t(0), count, 0);
      return;
    }
    Job job;
    job.count = count;
    job.grain = grain;
    job.work = &work;
    job.call = [](void* w, std::ptrdiff_t first, std::ptrdiff_t last, int slot) {
      (*static_cast<std::remove_reference_t<Work>*>(w))(first, last, slot);
    };
    share(job);
  }

 private:
  struct Job {
    void (*call)(void*, std::ptrdiff_t, std::ptrdiff_t, int) = nullptr;
    void* work = nullptr;
    std::ptrdiff_t count = 0, grain = 1;
    std::atomic<std::ptrdiff_t> next{0};
    std::atomic<int> helpers{0};
    int slots = 1;         // given out; guarded by mutex_
    Job* other = nullptr;  // the list of open jobs

    bool open() const { return next.load(std::memory_order_relaxed) < count; }
    void take_pieces(int slot);
  };

  void share(Job& job);
  /// Whether the helpers are to be left alone for this job.
  bool rests();
  /// By how long this job's caller had to wait for helpers at the end.
  void judge(std::chrono::steady_clock::duration wait);
  void help();
  Job* join_job(int& slot);

  std::mutex mutex_;
  std::condition_variable wake_, done_;
  Job* jobs_ = nullptr;
  int asleep_ = 0;
  bool closing_ = false;
  std::atomic<unsigned> posted_{0};          // jobs so far
  std::atomic<int> rest_{0}, last_rest_{0};  // jobs to do alone, and how many it was the last time
  std::vector<std::thread> workers_;
};

/// The pool that all networks share (see set_network_threads in model.h).
std::shared_ptr<Pool> shared_pool();

}  // namespace noiseglass::nn
