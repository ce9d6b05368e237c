#include "ui/panels/heart/answers.h"

#include "noiseglass/noise.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <thread>

namespace noiseglass::app {
namespace {

/// Asks as the window does, until it holds.
template <class Condition>
bool wait(FaceAnswers& answers, std::uint64_t seed, int chosen, const Condition& holds) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(120);
  do {
    answers.want(seed, chosen);
    if (holds()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  } while (std::chrono::steady_clock::now() < end);
  return false;
}

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

TEST(FaceAnswers, TheChosenPairComesFirstAndBothBeginWithTheSameNoise) {
  FaceAnswers answers([] {});
  EXPECT_FALSE(answers.known());
  EXPECT_TRUE(answers.noise().empty());
  ASSERT_TRUE(wait(answers, 5, 3, [&] {
    const bool others = answers.answer(0, 0) || answers.answer(1, 0) || answers.answer(2, 0);
    const bool chosen = answers.pair(3).has_value();
    EXPECT_TRUE(chosen || !others);
    return chosen;
  }));
  EXPECT_EQ(answers.noise().data, gaussian_image({5, streams::forward}, Shape{32, 32, 1}).data);
  ASSERT_TRUE(wait(answers, 5, 3, [&] { return answers.done() == 8; }));
  EXPECT_EQ(answers.problem(3), "");
  const auto kept = answers.answer(1, 1);
  answers.want(6, 0);
  EXPECT_FALSE(answers.answer(1, 1)) << "another noise, another answer";
  answers.want(5, 0);
  EXPECT_EQ(answers.answer(1, 1), kept);
}

/// What the window computes agrees with what was measured in training, over a dozen noises.
TEST(FaceAnswers, AreAsMeasured) {
  FaceAnswers answers([] {});
  std::array<std::vector<double>, face_counts.size()> apart, own, alike;
  std::array<int, face_counts.size()> by_heart = {}, learned = {};
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    ASSERT_TRUE(wait(answers, seed, 0, [&] { return answers.done() == 8; }));
    for (std::size_t i = 0; i < face_counts.size(); ++i) {
      const auto pair = *answers.pair(int(i));
      apart[i].push_back(pair.apart), alike[i].push_back(pair.alike);
      own[i].push_back(pair.own[0]), own[i].push_back(pair.own[1]);
      by_heart[i] += pair.verdict == Verdict::by_heart, learned[i] += pair.verdict == Verdict::learned;
    }
  }
  const auto known = answers.known();
  for (std::size_t i = 0; i < face_counts.size(); ++i) {
    const FacesMeasured& row = known->measured[i];
    EXPECT_NEAR(median(apart[i]), row.apart, 0.35 * row.apart) << row.faces;
    EXPECT_NEAR(median(alike[i]), row.alike, 0.2) << row.faces;
    if (known->searched(row.faces) == row.faces) {
      EXPECT_NEAR(median(own[i]), row.own, 0.4 * row.own + 1) << row.faces;
    }
  }
  EXPECT_GE(by_heart.front(), 7);
  EXPECT_EQ(by_heart.back(), 0);
  EXPECT_GE(learned.back(), 10);
  EXPECT_EQ(learned.front(), 0);
}

}  // namespace
}  // namespace noiseglass::app
