// The state as text: whatever can be set can be said, and what is said sets the same again.
#include "random_states.h"

#include "session/set_state.h"
#include "session/state_rows.h"

#include <gmock/gmock.h>

namespace noiseglass::app {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class StateText : public ::testing::Test {
 protected:
  /// What the text of `state` makes of `base`.
  AppState again(const AppState& state, const AppState& base) {
    AppState made = base;
    for (const WrongAssignment& wrong : set_state(made, get_state(state, base, library), library, "/"))
      ADD_FAILURE() << wrong.text;
    return made;
  }
  std::string text(const AppState& state) {
    std::string all;
    for (const Assignment& one : get_state(state, {}, library)) all += to_line(one) + "\n";
    return all;
  }

  Library library = load_library();
};

TEST_F(StateText, EveryRowSetsWhatItSays) {
  RandomStates random(library);
  for (int i = 0; i < 100; ++i) {
    const AppState state = random.next();
    for (const auto& row : state_rows()) {
      SCOPED_TRACE(row.key.name);
      AppState made = state;
      const std::string said = row.get(state, library);
      row.set(made, {said, library, "/", {"t", "from", "origin"}});
      EXPECT_EQ(row.get(made, library), said);
    }
    for (const auto& row : lane_rows()) {
      SCOPED_TRACE(row.key.name);
      LaneState made;
      const std::string said = row.get(state.lanes[0], library);
      if (row.key.name == "lane.class") made.model = state.lanes[0].model;
      row.set(made, {said, library, "/", {}});
      EXPECT_EQ(row.get(made, library), said);
    }
  }
}

TEST_F(StateText, EveryStateSurvivesItsText) {
  RandomStates random(library, 2);
  int tried = 0;
  for (int i = 0; i < 600; ++i) {
    const AppState state = random.next();
    AppState shown = state;
    bring_into_range(shown);
    if (why_refused(shown)) continue;
    ++tried;
    ASSERT_EQ(again(state, AppState()), state) << text(state);
    ASSERT_EQ(again(state, starting_state(library)), state) << text(state);
  }
  EXPECT_GT(tried, 200);
}

TEST_F(StateText, SaysNoMoreThanWhatDiffers) {
  EXPECT_TRUE(get_state(AppState(), {}, library).empty());
  AppState state;
  state.position = 400, state.lanes[1].sampler = "euler";
  EXPECT_EQ(text(state), "lane2.sampler = euler\nt = 400\n");
}

TEST_F(StateText, ARunIsSaidWithWhereItStartedAndWhereTheSliderStands) {
  AppState state;
  state.view = View::reverse, state.run_from = 600, state.position = 120;
  EXPECT_EQ(text(state), "t = 120\nshow = denoise\nfrom = 600\n");
}

TEST_F(StateText, ACommandIsQuotedForTheShell) {
  EXPECT_EQ(to_command({{"t", "400"}, {"text.discrete.sentence", "it's so"}}),
            "noiseglass --set t=400 --set 'text.discrete.sentence=it'\\''s so'");
}

TEST_F(StateText, AStateThatCannotBeIsNotSetAtAll) {
  AppState state;
  const AppState before = state;
  const auto wrong = set_state(
      state, {{"T", "10000", 3}, {"lane1.schedule", "linear", 4}, {"lane1.schedule.beta_end", "0.9", 5}}, library, "/");
  ASSERT_EQ(wrong.size(), 1u);
  EXPECT_EQ(wrong[0].line, 5);
  EXPECT_THAT(wrong[0].text, HasSubstr("smaller β"));
  EXPECT_EQ(state, before);
}

TEST_F(StateText, TheWholeSeedAndClassesByPlaceCanBeSaid) {
  AppState state;
  EXPECT_TRUE(set_state(state, {{"seed", "18446744073709551615"}, {"lane2.class", "#4"}}, library, "/").empty());
  EXPECT_EQ(state.seed, 18446744073709551615u);
  EXPECT_EQ(state.lanes[1].class_index, 4);
  EXPECT_FALSE(set_state(state, {{"seed", "-1"}}, library, "/").empty());
}

TEST_F(StateText, LanesGoByTheirNumbersAndOldNamesStillWork) {
  AppState state;
  EXPECT_TRUE(set_state(state, {{"noise.lane", "lane B"}}, library, "/").empty());
  EXPECT_EQ(text(state), "noise.lane = lane 2\n");
}

TEST_F(StateText, WhatIsSaidOfOneLaneCountsMoreWhereverItStands) {
  AppState state;
  EXPECT_TRUE(set_state(state, {{"lane2.steps", "4"}, {"lane.steps", "50"}}, library, "/").empty());
  EXPECT_EQ(state.lanes[0].sample_steps, 50);
  EXPECT_EQ(state.lanes[1].sample_steps, 4);
}

TEST_F(StateText, AnotherScheduleHasItsOwnParameters) {
  AppState state;
  state.lanes[0].schedule_values["beta_end"] = 0.03;
  state.lanes[0].choose_schedule("cosine");
  EXPECT_TRUE(state.lanes[0].schedule_values.empty());
}

}  // namespace
}  // namespace noiseglass::app
