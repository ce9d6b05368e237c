#include "session/errand.h"
#include "session/published.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <new>
#include <thread>

namespace noiseglass::app {
namespace {

bool holds(const std::function<bool()>& condition) {
  for (int i = 0; i < 10000 && !condition(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  return condition();
}

TEST(Errand, IsLeftBehindWhenItDoesNotComeBack) {
  const auto released = std::make_shared<std::atomic<bool>>(false), told = std::make_shared<std::atomic<bool>>(false);
  Published<int> answer;
  {
    Errand errand;
    errand.begin({1,
                  [released](std::stop_token) {
                    while (!*released) std::this_thread::sleep_for(std::chrono::milliseconds(1));
                    throw std::bad_alloc();
                  },
                  [told](const std::string&) { *told = true; }});
    errand.begin(answer.job(
        2, [] {}, [](std::stop_token) { return 5; }));
    EXPECT_TRUE(holds([&] { return answer.value() != nullptr; })) << "it does not wait for the first";
  }  // nor does the end
  *released = true;
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  EXPECT_FALSE(*told) << "nobody asks for it any more";
}

TEST(Errand, WhatItThrowsIsASentence) {
  Published<int> answer;
  Errand errand;
  errand.begin(answer.job(
      1, [] {}, [](std::stop_token) -> int { throw std::bad_alloc(); }));
  EXPECT_TRUE(holds([&] { return !answer.problem().empty(); }));
}

}  // namespace
}  // namespace noiseglass::app
