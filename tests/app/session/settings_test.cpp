// What holds for every panel in the table: names that lessons can rely on, and settings that cannot leave their range.
#include "session/panel_record.h"

#include "noiseglass/error.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <set>

namespace noiseglass::app {
namespace {

bool is_name(const std::string& id) {
  return !id.empty() && id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string::npos;
}

double lowest(const Setting& setting) { return setting.choices.empty() ? setting.min : 0; }
double highest(const Setting& setting) {
  return setting.choices.empty() ? setting.max : double(setting.choices.size()) - 1;
}

template <class Check>
void for_every_setting(Check check) {
  for (const PanelRecord& panel : panel_records())
    for (const Setting& setting : panel.settings) {
      SCOPED_TRACE(panel.id + "." + setting.id);
      check(panel.id, setting);
    }
}

TEST(Panels, HaveNamesOfTheirOwnAndAreFoundByThem) {
  std::set<std::string> seen = {"pictures"};
  for (const PanelRecord& panel : panel_records()) {
    EXPECT_TRUE(is_name(panel.id)) << panel.id;
    EXPECT_TRUE(seen.insert(panel.id).second) << panel.id << " is there twice";
    EXPECT_FALSE(panel.label.empty());
    EXPECT_FALSE(panel.summary.empty());
    EXPECT_EQ(find_panel(panel.id), &panel);
    std::set<std::string> settings;
    for (const Setting& setting : panel.settings) {
      EXPECT_TRUE(is_name(setting.id)) << setting.id;
      EXPECT_TRUE(settings.insert(setting.id).second) << panel.id << "." << setting.id << " is there twice";
    }
  }
  EXPECT_EQ(find_panel("pictures"), nullptr) << "the lanes are the window's own";
}

TEST(Settings, StartFromADefaultWithinTheirRange) {
  for_every_setting([](const std::string& panel, const Setting& setting) {
    const double value = setting_value(AppState(), panel, setting.id);
    EXPECT_EQ(value, setting.value);
    EXPECT_LE(lowest(setting), value);
    EXPECT_GE(highest(setting), value);
    EXPECT_FALSE(setting.label.empty());
    EXPECT_FALSE(setting.help.empty());
  });
}

TEST(Settings, NeverLeaveTheirRange) {
  for_every_setting([](const std::string& panel, const Setting& setting) {
    const double infinity = std::numeric_limits<double>::infinity();
    for (double wild : {-1e9, 1e9, 0.3, -infinity, infinity, std::nan("")}) {
      AppState state;
      set_setting(state, panel, setting.id, wild);
      const double value = setting_value(state, panel, setting.id);
      EXPECT_LE(lowest(setting), value) << "after " << wild;
      EXPECT_GE(highest(setting), value) << "after " << wild;
      if (setting.whole || !setting.choices.empty()) {
        EXPECT_EQ(value, std::round(value)) << "after " << wild;
      }
      state.settings[panel + "." + setting.id] = wild;  // as a file from elsewhere might say
      EXPECT_LE(lowest(setting), setting_value(state, panel, setting.id));
      EXPECT_GE(highest(setting), setting_value(state, panel, setting.id));
    }
  });
}

TEST(Settings, AreSetByTheTextOfALesson) {
  for_every_setting([](const std::string& panel, const Setting& setting) {
    AppState state;
    for (std::size_t i = 0; i < setting.choices.size(); ++i) {
      set_setting_text(state, panel, setting.id, setting.choices[i]);
      EXPECT_EQ(setting_value(state, panel, setting.id), double(i));
    }
    if (setting.choices.empty()) {
      set_setting_text(state, panel, setting.id, std::to_string(setting.max));
      EXPECT_NEAR(setting_value(state, panel, setting.id), setting.max, 1e-6);
      EXPECT_THROW(set_setting_text(state, panel, setting.id, "1e30"), UsageError);
    }
    EXPECT_THROW(set_setting_text(state, panel, setting.id, "no such thing"), UsageError);
    EXPECT_THROW(set_setting_text(state, panel, setting.id, ""), UsageError);
  });
  AppState state;
  EXPECT_THROW(set_setting_text(state, "no_panel", "x", "1"), UsageError);
}

/// Names with a comma in them are told apart from each other.
TEST(Settings, SayWhatTheyCanBe) {
  AppState state;
  try {
    set_setting_text(state, "paths", "space", "3-D");
    FAIL();
  } catch (const UsageError& error) {
    EXPECT_STREQ(error.what(), "paths.space cannot be \"3-D\"; it can be: \"1-D, exact\", \"2-D, learned\".");
  }
}

}  // namespace
}  // namespace noiseglass::app
