// How a text of the interface finds its translation.

#include "language/catalogue.h"
#include "language/language.h"
#include "session/actions.h"
#include "session/narration.h"
#include "session/panel_record.h"

#include "noiseglass/denoiser.h"
#include "noiseglass/error.h"
#include "noiseglass/sampler.h"
#include "noiseglass/schedule.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <set>
#include <string>
#include <thread>

namespace noiseglass::app {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const Catalogue& german() {
  static const Catalogue catalogue({{"the network", "das Netz"},
                                    {"clean", "sauber"},
                                    {"{} steps", "{} Schritte"},
                                    {"{} of {} pictures", "von {2} Bildern {1}"},
                                    {"t = 0: what {} made of {}", "t = 0: das machte {} aus {}"},
                                    {"your picture", "deinem Bild"},
                                    {"It dreamed: nearly all is invented.", "Geträumt: fast alles ist erfunden."},
                                    {"Linear", "Linear"},
                                    {"Open…", "Öffnen…"},
                                    {"Saved as {}.", "Gesichert als {}."},
                                    {"not yet", ""}});
  return catalogue;
}

TEST(Po, IsReadAsGettextWritesIt) {
  const auto messages = parse_po(
      "msgid \"\"\nmsgstr \"Language: de\\n\"\n\n#: app/x.cpp\nmsgid \"Open\"\nmsgstr \"Öff\"\n\"nen\"\n\n"
      "#, fuzzy\nmsgid \"a \\\"b\\\"\\n\"\nmsgstr \"c\"\n\n#~ msgid \"gone\"\n\nmsgid \"later\"\nmsgstr \"\"\n",
      "de.po");
  ASSERT_EQ(messages.size(), 3u);
  EXPECT_EQ(messages[0].text, "Öffnen");
  EXPECT_EQ(messages[1].id, "a \"b\"\n");
  EXPECT_EQ(messages[1].text, "") << "fuzzy: nobody has agreed to it";
  EXPECT_EQ(messages[2].text, "");
}

TEST(Po, NamesTheLineThatCannotBeRead) {
  try {
    parse_po("msgid \"a\"\nmsgstr b\n", "de.po");
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("line 2"));
  }
  EXPECT_THROW(parse_po("\"text without a beginning\"\n", "de.po"), Error);
}

TEST(Translation, OfATextIsItsOwn) {
  EXPECT_EQ(german().translate("clean"), "sauber");
  EXPECT_EQ(german().translate("Open…"), "Öffnen…");
}

TEST(Translation, KeepsWhatStandsAroundAText) { EXPECT_EQ(german().translate(" · clean: "), " · sauber: "); }

TEST(Translation, PutsNumbersAndTextsWhereTheyBelong) {
  EXPECT_EQ(german().translate("25 steps"), "25 Schritte");
  EXPECT_EQ(german().translate("3 of 64 pictures"), "von 64 Bildern 3");
  EXPECT_EQ(german().translate("t = 0: what the network made of your picture. It dreamed: nearly all is invented."),
            "t = 0: das machte das Netz aus deinem Bild. Geträumt: fast alles ist erfunden.");
}

TEST(Translation, GoesPieceByPiece) {
  EXPECT_EQ(german().translate("Linear · DDIM, 25 steps, clean"), "Linear · DDIM, 25 Schritte, sauber");
  EXPECT_EQ(german().translate("the network (clean)"), "das Netz (sauber)");
}

TEST(Translation, LeavesNamesAndSaysSo) {
  std::set<std::string> unknown;
  EXPECT_EQ(german().translate("Saved as holiday.noiseglass.", &unknown), "Gesichert als holiday.noiseglass.");
  EXPECT_THAT(unknown, ElementsAre("holiday.noiseglass"));
  unknown.clear();
  EXPECT_EQ(german().translate("not yet", &unknown), "not yet");
  EXPECT_THAT(unknown, ElementsAre("not yet"));
}

TEST(Translation, HasNothingToSayOfNumbersAndSymbols) {
  std::set<std::string> unknown;
  for (const char* text : {"x̂₀", "t = 300", "64 × 64", "PSNR 23.1 dB", "q(xₜ | x₀)", "4.9·10⁻⁵", ""})
    EXPECT_EQ(german().translate(text, &unknown), text);
  EXPECT_TRUE(unknown.empty());
}

TEST(SystemLanguage, IsTheFirstThatTheEnvironmentNames) {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) unsetenv(name);
  EXPECT_EQ(system_language(), "en");
  setenv("LANG", "de_DE.UTF-8", 1);
  EXPECT_EQ(system_language(), "de");
  setenv("LC_MESSAGES", "xx_XX", 1);
  EXPECT_EQ(system_language(), "en") << "a language that nobody has translated";
  setenv("LC_ALL", "C", 1);
  EXPECT_EQ(system_language(), "en");
  setenv("LC_ALL", "de@euro", 1);
  EXPECT_EQ(system_language(), "de");
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) unsetenv(name);
}

class EveryLanguage : public testing::TestWithParam<Language> {
 protected:
  void SetUp() override { use_language(GetParam().code); }
  void TearDown() override { use_language("en"), note_unknown_texts(nullptr); }
};

TEST_P(EveryLanguage, IsReadWhole) {
  EXPECT_EQ(language_in_use(), GetParam().code);
  EXPECT_NE(tr("Language"), "Language");
  const AsWritten own_words;
  EXPECT_EQ(tr("Language"), "Language");
}

TEST_P(EveryLanguage, LeavesTheIdsOfItemsAlone) {
  EXPECT_TRUE(tr_label("Language").ends_with("###Language"));
  use_language("en");
  EXPECT_EQ(tr_label("Language"), "Language###Language");
}

/// Whatever a table says may be drawn one day, in a tooltip or the list of commands, whether a test draws it or not.
TEST_P(EveryLanguage, KnowsWhatTheTablesSay) {
  std::set<std::string> unknown;
  note_unknown_texts(&unknown);
  for (const Action& action : actions()) tr(action.label), tr(hint(action)), tr(action.shortcut);
  for (const PanelRecord& panel : panel_records()) {
    tr(panel.label), tr(panel.summary);
    for (const Setting& setting : panel.settings) {
      tr(setting.label), tr(setting.help);
      for (const std::string& choice : setting.choices) tr(choice);
    }
  }
  const auto says = [](const RecordInfo& record) {
    tr(record.label), tr(record.summary);
    for (const Parameter& parameter : record.parameters) tr(parameter.label), tr(parameter.help);
  };
  for (const auto& record : schedule_records()) says(record);
  for (const auto& record : sampler_records()) says(record);
  for (const auto& record : denoiser_records()) says(record);
  EXPECT_THAT(unknown, ElementsAre());
}

/// What the timeline says, for all that it may be about.
TEST_P(EveryLanguage, TellsTheWholeStory) {
  std::set<std::string> unknown;
  note_unknown_texts(&unknown);
  for (const View view : {View::forward, View::reverse})
    for (const Origin origin : {Origin::picture, Origin::noise})
      for (const int t : {0, 300, 1000})
        for (const double log_snr : {10.0, 4.0, 1.0, -1.0, -3.0, -5.0, -9.0})
          for (const char* other : {"", "network", "exact", "oracle"})
            for (const bool fits : {true, false})
              for (const int samples : {1, 64}) {
                Scene scene;
                scene.view = view, scene.origin = origin, scene.t = t, scene.run_from = 1000, scene.samples = samples;
                scene.lanes = {{"Linear", log_snr, log_snr, "network", fits}};
                if (*other) scene.lanes.push_back({"Cosine", log_snr - 3, log_snr - 3, other, true});
                tr(narrate(scene));
              }
  EXPECT_THAT(unknown, ElementsAre());
}

TEST_P(EveryLanguage, IsTheSameOnEveryThread) {
  std::string there;
  std::thread([&] { there = tr("Language"); }).join();
  EXPECT_EQ(there, tr("Language"));
}

std::vector<Language> others() { return {languages().begin() + 1, languages().end()}; }

INSTANTIATE_TEST_SUITE_P(Languages, EveryLanguage, testing::ValuesIn(others()),
                         [](const auto& language) { return language.param.code; });

}  // namespace
}  // namespace noiseglass::app
