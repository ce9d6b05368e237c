#include "nn/pool.h"

#include "no_threads.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <numeric>
#ifdef __linux__
#include <sys/resource.h>
#endif

namespace noiseglass::nn {
namespace {

TEST(Pool, CoversEveryIndexOnceWithDistinctSlots) {
  for (int threads : {1, 2, 4}) {
    Pool pool(threads);
    for (int count : {0, 1, 7, 1000}) {
      std::vector<std::atomic<int>> seen(count), busy(threads);
      pool.run(count, 3, [&](std::ptrdiff_t first, std::ptrdiff_t last, int slot) {
        ASSERT_LT(slot, threads);
        EXPECT_EQ(busy[slot]++, 0) << "a slot has one user at a time";
        for (std::ptrdiff_t i = first; i < last; ++i) ++seen[i];
        --busy[slot];
      });
      for (const auto& times : seen) EXPECT_EQ(times, 1);
    }
  }
}

TEST(Pool, ServesSeveralCallersAtOnce) {
  Pool pool(3);
  std::vector<long> totals(4);
  {
    std::vector<std::jthread> callers;
    for (long& total : totals)
      callers.emplace_back([&] {
        for (int time = 0; time < 200; ++time) {
          std::vector<long> values(500);
          pool.run(500, 7, [&](std::ptrdiff_t first, std::ptrdiff_t last, int) {
            for (std::ptrdiff_t i = first; i < last; ++i) values[i] = long(i);
          });
          total += std::accumulate(values.begin(), values.end(), 0l);
        }
      });
  }
  EXPECT_THAT(totals, testing::Each(200l * 500 * 499 / 2));
}

// The helper is held up inside the first job; the caller of the second must finish all the same.
TEST(Pool, DoesNotWaitForAHelperThatIsElsewhere) {
  Pool pool(2);
  std::atomic<bool> helper_inside = false, release = false;
  std::jthread first([&] {
    const auto caller = std::this_thread::get_id();
    pool.run(2, 1, [&](std::ptrdiff_t, std::ptrdiff_t, int) {
      if (std::this_thread::get_id() != caller) helper_inside = true;
      while (!release) std::this_thread::yield();
    });
  });
  while (!helper_inside) std::this_thread::yield();
  int pieces = 0;
  pool.run(10, 1, [&](std::ptrdiff_t, std::ptrdiff_t, int) { ++pieces; });
  EXPECT_EQ(pieces, 10);
  release = true;
}

#ifdef __linux__
TEST(Pool, HelpersGiveWayWhenAskedAndOnlyThen) {
  const int usual = getpriority(PRIO_PROCESS, 0);
  for (const bool asked : {false, true}) {
    Pool pool(2, asked);
    std::atomic<int> helper = -100;
    while (helper == -100)
      pool.run(2, 1, [&](std::ptrdiff_t, std::ptrdiff_t, int slot) {
        if (slot > 0) helper = getpriority(PRIO_PROCESS, 0);
        for (int i = 0; slot == 0 && helper == -100 && i < 1000; ++i) std::this_thread::yield();
      });
    EXPECT_EQ(helper, asked ? std::min(usual + 10, 19) : usual);
    EXPECT_EQ(getpriority(PRIO_PROCESS, 0), usual) << "the caller is not touched";
  }
}
#endif

#ifdef NOISEGLASS_CAN_REFUSE_THREADS
TEST(Pool, WorksWithTheThreadsItGot) {
  for (int allowed : {0, 1}) {
    const FewThreads few(allowed);
    Pool pool(4);
    EXPECT_EQ(pool.threads(), 1 + allowed);
    std::vector<std::atomic<int>> seen(100);
    pool.run(100, 3, [&](std::ptrdiff_t first, std::ptrdiff_t last, int) {
      for (std::ptrdiff_t i = first; i < last; ++i) ++seen[i];
    });
    for (const auto& times : seen) EXPECT_EQ(times, 1);
  }
}
#endif

}  // namespace
}  // namespace noiseglass::nn
