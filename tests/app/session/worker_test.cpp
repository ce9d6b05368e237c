#include "session/worker.h"

#include "noiseglass/error.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <future>

namespace noiseglass::app {
namespace {

void wait_until_idle(const Worker& worker) {
  for (int i = 0; i < 5000 && worker.busy(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  ASSERT_FALSE(worker.busy());
}

TEST(Worker, RunsWhatIsWantedInOrderAndOnce) {
  Worker worker;
  std::string order;
  const std::vector<Job> jobs = {{1, [&](std::stop_token) { order += 'a'; }},
                                 {2, [&](std::stop_token) { order += 'b'; }}};
  worker.want(jobs);
  wait_until_idle(worker);
  worker.want(jobs);
  wait_until_idle(worker);
  EXPECT_EQ(order, "ab");
}

TEST(Worker, WhatIsNoLongerWantedIsCancelledAndTheNewestWins) {
  Worker worker;
  std::promise<void> started;
  std::atomic<bool> cancelled = false, newest = false;
  worker.want({{1, [&](std::stop_token stop) {
                  started.set_value();
                  while (!stop.stop_requested()) std::this_thread::yield();
                  cancelled = true;
                  throw Cancelled();
                }}});
  started.get_future().wait();
  worker.want({{2, [&](std::stop_token) { newest = true; }}});
  wait_until_idle(worker);
  EXPECT_TRUE(cancelled);
  EXPECT_TRUE(newest);
}

TEST(Worker, ACancelledJobThatIsWantedAgainStartsAgain) {
  Worker worker;
  std::promise<void> started;
  std::atomic<int> runs = 0;
  const Job slow{1, [&](std::stop_token stop) {
                   if (++runs == 1) {
                     started.set_value();
                     while (!stop.stop_requested()) std::this_thread::yield();
                     throw Cancelled();
                   }
                 }};
  worker.want({slow});
  started.get_future().wait();
  worker.want({});
  worker.want({slow});
  wait_until_idle(worker);
  EXPECT_EQ(runs, 2);
}

TEST(Worker, EndsWhileAJobRuns) {
  std::promise<void> started;
  Worker worker;
  worker.want({{1, [&](std::stop_token stop) {
                  started.set_value();
                  while (!stop.stop_requested()) std::this_thread::yield();
                  throw Cancelled();
                }}});
  started.get_future().wait();
}  // the destructor returns

}  // namespace
}  // namespace noiseglass::app
