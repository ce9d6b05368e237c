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
  wanted.scale = 1.25;
  wanted.recent = {"/home/\xff\xfe.png", "/home/ü.png"};
  write_preferences(path("preferences.json"), wanted);
  wanted.recent.erase(wanted.recent.begin());
  EXPECT_EQ(read_preferences(path("preferences.json")), wanted);
}

TEST_F(PreferencesFile, WhatMakesNoSenseHasItsDefault) {
  const std::string odd = R"({"recent": [1, "/home/a.png", null], "scale": "large"})";
  write_whole(path("preferences.json"), odd);
  Preferences expected;
  expected.recent = {"/home/a.png"};
  EXPECT_EQ(read_preferences(path("preferences.json")), expected);
  EXPECT_EQ(read_preferences(path("nowhere.json")), Preferences());
}

}  // namespace
}  // namespace noiseglass::app
