#include "session/published.h"

#include "no_threads.h"

#include <gmock/gmock.h>

#include <chrono>
#include <new>
#include <thread>

namespace noiseglass::app {
namespace {

using testing::HasSubstr;

void wait_until_idle(const Worker& worker) {
  for (int i = 0; i < 5000 && worker.busy(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  ASSERT_FALSE(worker.busy());
}

TEST(Published, HoldsWhatTheJobMade) {
  Published<int> number;
  std::atomic<int> woken = 0;
  Worker worker;
  EXPECT_FALSE(number.get());
  worker.want({number.job(
      5, [&] { ++woken; }, [](std::stop_token) { return 42; })});
  wait_until_idle(worker);
  EXPECT_EQ(number.get().id, 5u);
  EXPECT_EQ(*number.value(), 42);
  EXPECT_EQ(number.problem(), "");
  EXPECT_EQ(woken, 1);
}

TEST(Published, WhateverAJobThrowsIsASentenceAndTheNextJobRuns) {
  Published<int> number;
  Worker worker;
  std::atomic<int> woken = 0;
  const auto problem_of = [&](std::uint64_t id, auto make) {
    worker.want({number.job(
        id, [&] { ++woken; }, make)});
    wait_until_idle(worker);
    EXPECT_FALSE(number.value());
    return number.problem();
  };
  EXPECT_EQ(problem_of(1, [](std::stop_token) -> int { throw Error("The file is empty."); }), "The file is empty.");
  EXPECT_THAT(problem_of(2, [](std::stop_token) -> int { throw std::bad_alloc(); }), HasSubstr("not enough memory"));
  EXPECT_THAT(problem_of(3, [](std::stop_token) { return int(std::vector<int>(std::size_t(-1) / 8).size()); }),
              HasSubstr("not enough memory"));
  EXPECT_EQ(problem_of(4, [](std::stop_token) -> int { throw 7; }), "Something went wrong.");
  EXPECT_EQ(woken, 4);
  worker.want({number.job(
      5, [] {}, [](std::stop_token) { return 1; })});
  wait_until_idle(worker);
  EXPECT_EQ(*number.value(), 1);
  EXPECT_EQ(number.problem(), "") << "the cause is gone";
}

TEST(Published, WhatWasMadeBeforeTheFailureStays) {
  Published<int> number;
  Worker worker;
  worker.want({number.steps(
      1, [] {},
      [](std::stop_token, const auto& show) {
        show(1);
        show(2);
        throw std::bad_alloc();
      })});
  wait_until_idle(worker);
  ASSERT_TRUE(number.value());
  EXPECT_EQ(*number.value(), 2);
  EXPECT_THAT(number.problem(), HasSubstr("not enough memory"));
}

TEST(Published, AFailedJobIsTriedAgainWhenItIsWantedAgain) {
  Published<int> number;
  Worker worker;
  std::atomic<bool> memory = false;
  const Job job = number.job(
      1, [] {},
      [&](std::stop_token) {
        if (!memory) throw std::bad_alloc();
        return 3;
      });
  worker.want({job});
  wait_until_idle(worker);
  EXPECT_NE(number.problem(), "");
  memory = true;
  worker.want({});
  worker.want({job});
  wait_until_idle(worker);
  EXPECT_EQ(number.problem(), "");
  EXPECT_EQ(*number.value(), 3);
}

#ifdef NOISEGLASS_CAN_REFUSE_THREADS
TEST(Published, WithoutAThreadThereIsASentenceUntilThereIsAThread) {
  Published<int> number;
  Worker worker;
  const Job job = number.job(
      1, [] {}, [](std::stop_token) { return 3; });
  {
    const FewThreads none(0);
    worker.want({job});
    EXPECT_THAT(number.problem(), HasSubstr("no thread"));
    EXPECT_FALSE(worker.busy()) << "nobody must wait for it";
  }
  worker.want({job});
  wait_until_idle(worker);
  EXPECT_EQ(number.problem(), "");
  EXPECT_EQ(*number.value(), 3);
}
#endif

}  // namespace
}  // namespace noiseglass::app
