#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
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
///
/// Each thread begins with its own share of the indices, the same in every job, so that it finds in its cache what it
/// wrote in the job before; who is done takes from the end of another's share.
class Pool {
 public:
  /// @param threads including the caller; at least 1
  /// @param give_way the helpers do, see threads.h
  explicit Pool(int threads, bool give_way = false);
  ~Pool();
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  int threads() const { return int(workers_.size()) + 1; }

  static constexpr int most_threads = 64;

  /// Calls work(first, last, slot) until 0 … count is covered by pieces of `grain` (the last may be shorter).
  /// Slots, below threads(), are distinct among the threads at work; the caller's is 0. `work` must not throw.
  template <class Work>
  void run(std::ptrdiff_t count, std::ptrdiff_t grain, Work&& work) {
    if (workers_.empty() || count <= grain || count > most_indices || rests()) {
      if (count > 0) work(std::ptrdiff_t(0), count, 0);
      return;
    }
    Job job(count, grain, threads());
    job.work = &work;
    job.call = [](void* w, std::ptrdiff_t first, std::ptrdiff_t last, int slot) {
      (*static_cast<std::remove_reference_t<Work>*>(w))(first, last, slot);
    };
    share(job);
  }

 private:
  using Clock = std::chrono::steady_clock;
  static constexpr std::ptrdiff_t most_indices = 0xffffffff;

  /// What is left of one thread's pieces: the first of them and the one after the last, in the halves of one number.
  struct alignas(64) Share {
    std::atomic<std::uint64_t> left{0};

    /// A piece from the front, for the owner, or from the back, for others; −1 if none is left.
    std::ptrdiff_t take(bool front);
    bool empty() const;
  };

  struct Job {
    void (*call)(void*, std::ptrdiff_t, std::ptrdiff_t, int) = nullptr;
    void* work = nullptr;
    std::ptrdiff_t count, grain;
    int threads;
    std::atomic<int> helpers{0};
    Job* other = nullptr;  // the list of open jobs
    std::array<Share, most_threads> shares;

    Job(std::ptrdiff_t indices, std::ptrdiff_t indices_of_piece, int sharers);
    bool open() const;
    int take_pieces(int slot);  ///< how many
  };

  void share(Job& job);
  /// Whether the helpers are to be left alone for now.
  bool rests() const;
  /// By how long this job's caller had to wait for helpers at the end, and how long a piece took it.
  void judge(Clock::duration wait, Clock::duration piece);
  void help(int slot);
  Job* join_job();

  std::mutex mutex_;
  std::condition_variable wake_, done_;
  Job* jobs_ = nullptr;
  int asleep_ = 0;
  bool closing_ = false;
  std::atomic<unsigned> posted_{0};                       // jobs so far
  std::atomic<Clock::rep> rest_until_{0}, last_rest_{0};  // to work alone until then; how long it was the last time
  std::vector<std::thread> workers_;
};

/// The pool that all networks share (see set_network_threads in model.h).
std::shared_ptr<Pool> shared_pool();

}  // namespace noiseglass::nn
