#include "session/set_state.h"

#include "session/panel_record.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <set>

namespace noiseglass::app {
namespace {

using ::testing::HasSubstr;

class SetState : public ::testing::Test {
 protected:
  std::vector<WrongAssignment> set(std::vector<Assignment> assignments) {
    return set_state(state, std::move(assignments), library, "/");
  }
  /// The sentence about the only assignment, which must be wrong.
  std::string wrong(const std::string& name, const std::string& value) {
    const AppState before = state;
    const auto problems = set({{name, value, 12}});
    EXPECT_EQ(state, before) << name << " = " << value << " must change nothing";
    if (problems.size() != 1) return "";
    EXPECT_EQ(problems[0].line, 12);
    return problems[0].text;
  }
  void right(const std::string& name, const std::string& value) {
    const auto problems = set({{name, value, 1}});
    EXPECT_TRUE(problems.empty()) << problems.front().text;
  }

  Library library = load_library();
  AppState state;
};

TEST_F(SetState, TimesAreStepsOrShares) {
  right("t", "400");
  EXPECT_EQ(state.position, 400);
  right("t", "40%");
  EXPECT_EQ(state.position, 400);
  EXPECT_TRUE(set({{"t", "50%", 1}, {"T", "20", 2}}).empty());
  EXPECT_EQ(state.position, 10) << "T counts first, wherever it stands";
}

TEST_F(SetState, PicturesAreFoundByFileOrTitle) {
  right("picture", "fish");
  EXPECT_EQ(state.picture.filename(), "fish.png");
  right("picture", "Kitten");
  EXPECT_EQ(state.picture.filename(), "kitten-on-lawn.jpg");
  EXPECT_THAT(wrong("picture", "kiten-on-lawn"), HasSubstr("kitten-on-lawn"));
}

TEST_F(SetState, LanesOneByOneOrBoth) {
  right("lane2.schedule", "sigmoid");
  EXPECT_EQ(state.lanes[0].schedule, "linear");
  EXPECT_EQ(state.lanes[1].schedule, "sigmoid");
  right("lane.sampler", "ddpm");
  EXPECT_EQ(state.lanes[0].sampler, "ddpm");
  EXPECT_EQ(state.lanes[1].sampler, "ddpm");
  EXPECT_TRUE(set({{"lane1.schedule.beta_end", "0.03", 1}, {"lane1.schedule", "linear", 2}}).empty());
  EXPECT_EQ(state.lanes[0].schedule_values.at("beta_end"), 0.03) << "a schedule before its parameters";
  right("lane1.class", "3");
  EXPECT_EQ(state.lanes[0].class_index, 3);
  right("lane1.class", "none");
  EXPECT_EQ(state.lanes[0].class_index, -1);
}

TEST_F(SetState, KnotsOfAScheduleArePairs) {
  EXPECT_TRUE(set({{"lane1.schedule.knots", "0:8,0.4:1.5,1:-7", 1}, {"lane1.schedule", "custom", 2}}).empty());
  EXPECT_EQ(state.lanes[0].schedule_values.at("knots").list(), (std::vector<double>{0, 8, 0.4, 1.5, 1, -7}));
  const auto lines = get_state(state, AppState(), library);
  const auto written = std::ranges::find(lines, std::string("lane1.schedule.knots"), &Assignment::name);
  ASSERT_NE(written, lines.end());
  EXPECT_EQ(written->value, "0:8,0.4:1.5,1:-7");
  EXPECT_THAT(wrong("lane1.schedule.knots", "0:8,1"), HasSubstr("no list of pairs"));
  EXPECT_THAT(wrong("lane1.schedule.knots", "0:8,1:9"), HasSubstr("falls from knot to knot"));
}

TEST_F(SetState, StepsPlacedByHandAreFallingShares) {
  right("lane1.times", "1,0.7,0.25");
  EXPECT_EQ(state.lanes[0].times, (std::vector<double>{1, 0.7, 0.25}));
  bring_into_range(state);
  EXPECT_EQ(state.lanes[0].sample_steps, 3);
  const auto lines = get_state(state, AppState(), library);
  EXPECT_EQ(std::ranges::find(lines, std::string("lane1.times"), &Assignment::name)->value, "1,0.7,0.25");
  right("lane1.times", "none");
  EXPECT_TRUE(state.lanes[0].times.empty());
  for (const char* text : {"", "0.5,0.6", "1.2", "1,,0.5", "1,0"}) EXPECT_NE(wrong("lane1.times", text), "") << text;
}

TEST_F(SetState, PlayingIsAsTheButtonsDoIt) {
  EXPECT_TRUE(set({{"play", "denoise", 1}, {"t", "300", 2}}).empty());
  EXPECT_EQ(state.view, View::reverse);
  EXPECT_EQ(state.origin, Origin::picture);
  EXPECT_EQ(state.run_from, 300);
  right("play", "generate");
  EXPECT_EQ(state.origin, Origin::noise);
  EXPECT_EQ(state.run_from, state.steps);
  right("play", "off");
  EXPECT_EQ(state.playing, Playing::paused);
}

TEST_F(SetState, WhatIsWrongIsSaidWithItsLineAndChangesNothing) {
  EXPECT_THAT(wrong("tt", "400"), HasSubstr("\"tt\""));
  EXPECT_THAT(wrong("t", "4OO"), HasSubstr("not a number"));
  EXPECT_THAT(wrong("t", "1001"), HasSubstr("1000"));
  EXPECT_THAT(wrong("t", "101%"), HasSubstr("100"));
  EXPECT_THAT(wrong("t", ""), HasSubstr("not a number"));
  EXPECT_THAT(wrong("T", "2.5"), HasSubstr("whole"));
  EXPECT_THAT(wrong("lanes", "3"), HasSubstr("2"));
  EXPECT_THAT(wrong("panel", "scores"), HasSubstr("panel"));
  EXPECT_THAT(wrong("lane1.schedule", "cosin"), HasSubstr("cosine"));
  EXPECT_THAT(wrong("lane1.shedule", "cosine"), HasSubstr("schedule"));
  EXPECT_THAT(wrong("lane1.schedule.beta", "1"), HasSubstr("beta_start"));
  EXPECT_THAT(wrong("lane3.schedule", "cosine"), HasSubstr("lane3"));
  EXPECT_THAT(wrong("lane", "cosine"), HasSubstr("lane"));
  EXPECT_THAT(wrong("play", "loudly"), HasSubstr("forward"));
  EXPECT_THAT(wrong("nopanel.setting", "1"), HasSubstr("nopanel"));
}

TEST_F(SetState, OneWrongLineDoesNotStopTheOthers) {
  const auto problems = set({{"seed", "9", 1}, {"sead", "8", 2}, {"t", "10", 3}});
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].line, 2);
  EXPECT_EQ(state.seed, 9u);
  EXPECT_EQ(state.position, 10);
}

TEST_F(SetState, EverySettingOfEveryPanelCanBeSetByName) {
  for (const PanelRecord& panel : panel_records())
    for (const Setting& setting : panel.settings) {
      const std::string name = panel.id + "." + setting.id;
      SCOPED_TRACE(name);
      for (const std::string& choice : setting.choices) right(name, choice);
      if (setting.choices.empty()) {
        right(name, std::to_string(setting.min));
        EXPECT_NEAR(setting_value(state, panel.id, setting.id), setting.min, 1e-6);
      }
      EXPECT_NE(wrong(name, "no such value"), "");
    }
}

TEST_F(SetState, NamesAreTold) {
  std::set<std::string> names;
  for (const StateKey& key : state_keys()) {
    EXPECT_TRUE(names.insert(key.name).second) << key.name << " is there twice";
    EXPECT_NE(key.value, "");
    EXPECT_NE(key.help, "");
  }
  EXPECT_TRUE(names.contains("t"));
  EXPECT_TRUE(names.contains("lane.schedule"));
}

}  // namespace
}  // namespace noiseglass::app
