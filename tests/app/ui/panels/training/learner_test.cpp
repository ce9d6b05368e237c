#include "ui/panels/training/learner.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <functional>

namespace noiseglass::app {
namespace {

using Snapshot = std::shared_ptr<const LearningSnapshot>;

/// Looks as a window would, until the condition holds.
Snapshot wait_for(Learner& learner, const std::function<bool(const LearningSnapshot&)>& condition) {
  for (int i = 0; i < 6000; ++i) {
    if (const Snapshot now = learner.latest().value; now && condition(*now)) return now;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  ADD_FAILURE() << "waited in vain";
  return learner.latest().value;
}

LearningChoice choice_of(Target target) {
  LearningChoice choice;
  choice.target = target;
  return choice;
}

TEST(Learner, ShowsTheUntrainedNetworkAndRests) {
  std::atomic<int> woken = 0;
  Learner learner([&] { ++woken; });
  EXPECT_FALSE(learner.latest());
  learner.want(choice_of(Target::epsilon), false);
  const Snapshot first = wait_for(learner, [](const auto&) { return true; });
  EXPECT_EQ(first->now.steps, 0);
  EXPECT_EQ(first->now.curve.size(), 1u);
  EXPECT_GT(first->now.errors.epsilon, first->exact.epsilon);
  EXPECT_EQ(first->now.samples.cols(), 400);
  EXPECT_TRUE(first->kept.empty());
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  EXPECT_EQ(learner.latest().value->id, first->id);
  EXPECT_EQ(woken, 1);
}

TEST(Learner, LearnsPausesAndGoesOn) {
  Learner learner([] {});
  learner.want(choice_of(Target::v), true);
  const Snapshot early = wait_for(learner, [](const auto& s) { return s.now.steps >= 20; });
  const Snapshot later = wait_for(learner, [&](const auto& s) { return s.now.steps >= early->now.steps + 100; });
  EXPECT_LT(later->now.errors.epsilon, early->now.curve.front().epsilon);
  learner.want(choice_of(Target::v), false);
  const auto id = learner.latest().value->id;
  learner.forget_kept();  // answered after the round under way, and nothing is learned after that
  wait_for(learner, [&](const auto& s) { return s.id > id; });
  const int paused_at = learner.latest().value->now.steps;
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  EXPECT_EQ(learner.latest().value->now.steps, paused_at);
  learner.want(choice_of(Target::v), true);
  const Snapshot on = wait_for(learner, [&](const auto& s) { return s.now.steps > paused_at; });
  EXPECT_GE(on->now.curve.size(), later->now.curve.size());
}

TEST(Learner, KeepsARunWhenAnotherTargetIsChosenAndTakesItUpAgain) {
  Learner learner([] {});
  learner.want(choice_of(Target::epsilon), true);
  const Snapshot before = wait_for(learner, [](const auto& s) { return s.now.steps >= 100; });
  learner.want(choice_of(Target::x_0), true);
  const Snapshot other =
      wait_for(learner, [](const auto& s) { return s.now.choice.target == Target::x_0 && s.now.steps >= 60; });
  ASSERT_EQ(other->kept.size(), 1u);
  EXPECT_EQ(other->kept[0]->choice.target, Target::epsilon);
  EXPECT_GE(other->kept[0]->curve.size(), before->now.curve.size());
  learner.want(choice_of(Target::epsilon), false);
  const Snapshot back = wait_for(learner, [](const auto& s) { return s.now.choice.target == Target::epsilon; });
  EXPECT_GE(back->now.steps, 100);
  ASSERT_EQ(back->kept.size(), 1u);
  EXPECT_EQ(back->kept[0]->choice.target, Target::x_0);

  learner.restart();
  const Snapshot again = wait_for(learner, [](const auto& s) { return s.now.steps == 0; });
  EXPECT_EQ(again->kept.size(), 1u);
  learner.forget_kept();
  wait_for(learner, [](const auto& s) { return s.kept.empty(); });
}

TEST(Learner, RunsAtAnotherTaskAreNotCompared) {
  Learner learner([] {});
  learner.want(choice_of(Target::epsilon), true);
  wait_for(learner, [](const auto& s) { return s.now.steps >= 60; });
  LearningChoice cosine = choice_of(Target::epsilon);
  cosine.schedule = "cosine";
  learner.want(cosine, false);
  const Snapshot other = wait_for(learner, [](const auto& s) { return s.now.choice.schedule == "cosine"; });
  EXPECT_TRUE(other->kept.empty());
  EXPECT_EQ(other->schedule->id(), "cosine");
}

TEST(Learner, RestsWhenNobodyLooks) {
  std::atomic<int> woken = 0;
  Learner learner([&] { ++woken; });
  learner.want(choice_of(Target::epsilon), true);
  wait_for(learner, [](const auto& s) { return s.now.steps > 0; });
  const int seen = woken;
  for (int i = 0; i < 6000 && woken < seen + 20; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  ASSERT_GE(woken, seen + 20);
  std::this_thread::sleep_for(std::chrono::seconds(1));
  EXPECT_LE(woken, seen + 21);  // one may have been on its way at the last look
  const std::uint64_t rested = learner.latest().value->id;
  wait_for(learner, [&](const auto& s) { return s.id > rested; });  // that look woke it
}

// Its thread once ended the program: what a schedule cannot be is an error there as anywhere.
TEST(Learner, SaysWhyNothingCanBeLearnedAndGoesOnWhenTheCauseIsGone) {
  Learner learner([] {});
  LearningChoice impossible = choice_of(Target::epsilon);
  impossible.schedule_values = {{"beta_end", 0.9}};
  learner.want(impossible, true);
  for (int i = 0; i < 6000 && learner.latest().problem.empty(); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  EXPECT_FALSE(learner.latest().value);
  EXPECT_NE(learner.latest().problem, "");
  learner.want(choice_of(Target::epsilon), true);
  EXPECT_GE(wait_for(learner, [](const auto& s) { return s.now.steps >= 20; })->now.steps, 20);
  EXPECT_EQ(learner.latest().problem, "");
}

TEST(Learner, ARateThatIsFarTooHighDoesNoHarm) {
  Learner learner([] {});
  LearningChoice wild = choice_of(Target::epsilon);
  wild.learning_rate = 0.1;
  learner.want(wild, true);
  const Snapshot snapshot = wait_for(learner, [](const auto& s) { return s.now.steps >= 200; });
  EXPECT_EQ(snapshot->now.samples.cols(), 400);
}

}  // namespace
}  // namespace noiseglass::app
