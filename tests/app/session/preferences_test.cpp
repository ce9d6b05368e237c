// What a person prefers comes back, whatever else is in the file, and a file that makes no sense costs nothing.
#include "core/io/test_files.h"

#include "session/preferences.h"

#include "noiseglass/files.h"

#include <gmock/gmock.h>

#include <string>

namespace noiseglass::app {
namespace {

class PreferencesFile : public testing::InFolder {};

TEST_F(PreferencesFile, KeepsWhatWasOpened) {
  Preferences wanted;
  wanted.bring_back = false, wanted.scale = 1.5;
  wanted.theme = "high-contrast", wanted.transitions = false, wanted.toured = true;
  for (int i = 0; i < 12; ++i) note_recent(wanted.recent, "/home/picture " + std::to_string(i) + ".png");
  note_recent(wanted.recent, "/home/picture 9.png");
  EXPECT_EQ(wanted.recent.size(), 8u);
  EXPECT_EQ(wanted.recent.front(), "/home/picture 9.png");
  EXPECT_EQ(wanted.recent[1], "/home/picture 11.png");
  write_preferences(path("deeper/preferences.json"), wanted);
  EXPECT_EQ(read_preferences(path("deeper/preferences.json")), wanted);
}

TEST_F(PreferencesFile, ANameThatJsonCannotSayCostsNoOther) {
  Preferences wanted;
  wanted.scale = 1.25, wanted.toured = true;
  wanted.recent = {"/home/\xff\xfe.png", "/home/ü.png"};
  write_preferences(path("preferences.json"), wanted);
  wanted.recent.erase(wanted.recent.begin());
  EXPECT_EQ(read_preferences(path("preferences.json")), wanted);
}

TEST_F(PreferencesFile, WhatMakesNoSenseHasItsDefault) {
  const std::string odd = R"({"recent": [1, "/home/a.png", null], "scale": "large", "theme": "pink"})";
  write_whole(path("preferences.json"), odd);
  Preferences expected;
  expected.recent = {"/home/a.png"};
  expected.toured = true;  // it is somebody's
  EXPECT_EQ(read_preferences(path("preferences.json")), expected);
  EXPECT_EQ(read_preferences(path("nowhere.json")), Preferences());
}

/// As the program wrote it before there were themes to choose from.
TEST_F(PreferencesFile, OfAnEarlierProgramAreRead) {
  write_whole(path("preferences.json"), std::string(R"({"bring_back": false, "scale": 1.1, "recent": []})"));
  const Preferences read = read_preferences(path("preferences.json"));
  EXPECT_FALSE(read.bring_back);
  EXPECT_EQ(read.scale, 1.1);
  EXPECT_EQ(read.theme, "system");
  EXPECT_TRUE(read.transitions);
  EXPECT_TRUE(read.toured) << "whoever has preferences has been here before";
  EXPECT_FALSE(read_preferences(path("nowhere.json")).toured);
}

}  // namespace
}  // namespace noiseglass::app
