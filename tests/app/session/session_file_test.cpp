// Sessions as files: what is saved comes back to the last bit, and what cannot come back is said.
#include "random_states.h"

#include "session/base64.h"
#include "session/session_file.h"
#include "session/sha256.h"

#include "noiseglass/files.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <sys/wait.h>
#include <unistd.h>
#include <csignal>
#include <cstdlib>
#include <filesystem>

namespace noiseglass::app {
namespace {

namespace fs = std::filesystem;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class SessionFile : public ::testing::Test {
 protected:
  SessionFile() {
    folder = fs::path(::testing::TempDir()) / ("session-file-" + std::to_string(::getpid()) +
                                               ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(folder);
  }
  ~SessionFile() override { fs::remove_all(folder); }

  /// Few networks: hashing all of them in each of many sessions would take its time.
  static Library small_library() {
    Library library = load_library();
    std::ranges::sort(library.models, {}, &ModelInfo::parameters);
    if (library.models.size() > 1) library.models.resize(1);
    return library;
  }
  SavedSession parse(const std::string& text) { return parse_session(text, library, folder, folder / "pictures"); }
  fs::path own_picture() {
    ByteImage image(Shape{3, 5, 3});
    for (std::size_t i = 0; i < image.data.size(); ++i) image.data[i] = std::uint8_t(5 * i);
    write_png((folder / "mine.png").string(), image);
    return folder / "mine.png";
  }

  fs::path folder;
  Library library = small_library();
};

TEST_F(SessionFile, IsSavedThoughItsPictureAndNetworksWentAway) {
  AppState state = starting_state(library);
  state.picture = own_picture(), state.seed = 99;
  state.lanes[0].denoiser = "network", state.lanes[0].model = library.models.at(0).name;
  fs::copy_file(library.models.at(0).path, folder / "network.safetensors");
  library.models[0].path = (folder / "network.safetensors").string();
  const std::string whole = session_text(state, {}, library);
  fs::rename(state.picture, folder / "away.png");
  fs::remove(library.models[0].path);
  std::string lacks;
  const std::string text = session_text(state, {}, library, embedded_bytes, &lacks);
  EXPECT_THAT(lacks, HasSubstr("there is no such file"));
  SavedSession again = parse(text);
  EXPECT_EQ(again.state.seed, 99u);
  EXPECT_THAT(again.problems, Contains(HasSubstr("picture is missing")));
  EXPECT_EQ(parse(whole).state.seed, 99u) << "whose networks can be read no more";
  fs::rename(folder / "away.png", state.picture);
  again = parse(text);
  EXPECT_EQ(again.state.picture, state.picture);
  EXPECT_THAT(again.problems, IsEmpty());
  (void)session_text(state, {}, library, embedded_bytes, &lacks);
  EXPECT_EQ(lacks, "");
}

TEST_F(SessionFile, EveryStateSurvivesSavingAndOpening) {
  RandomStates random(library, 5);
  int tried = 0;
  for (int i = 0; i < 150; ++i) {
    AppState state = random.next();
    bring_into_range(state);
    if (why_refused(state)) continue;
    ++tried;
    const SavedLesson lesson{"3-predicting-noise", int(random.whole(9)), {{{1, 2}, 0}, {{4, 1}, 3}}};
    const SavedSession again = parse(session_text(state, lesson, library));
    EXPECT_THAT(again.problems, IsEmpty());
    ASSERT_EQ(again.state, state);
    EXPECT_EQ(again.lesson, lesson);
  }
  EXPECT_GT(tried, 50);
}

/// Saved when there were two themes.
TEST_F(SessionFile, EarlierThemesAreRead) {
  const auto of = [&](const std::string& theme) {
    return parse(R"({"noiseglass session": 1, "state": ["seed = 42", "theme = )" + theme + R"("]})");
  };
  EXPECT_EQ(of("light").state.look, Look::light);
  EXPECT_EQ(of("dark").state.look, Look::dark);
  EXPECT_EQ(of("high-contrast").state.look, Look::high_contrast);
  EXPECT_THAT(of("light").problems, IsEmpty());
  EXPECT_THAT(of("pink").problems, Contains(HasSubstr("pink")));
  EXPECT_EQ(of("pink").state.seed, 42u);
}

TEST_F(SessionFile, APictureOfOnesOwnTravelsInside) {
  AppState state;
  state.picture = own_picture();
  const std::vector<char> before = read_whole(state.picture);
  const std::string text = session_text(state, {}, library);
  fs::remove(state.picture);
  const SavedSession again = parse(text);
  EXPECT_THAT(again.problems, IsEmpty());
  EXPECT_EQ(again.state.picture.filename(), "mine.png");
  EXPECT_EQ(read_whole(again.state.picture), before);
}

TEST_F(SessionFile, ALargePictureIsNamedAndMissedWhenItIsGone) {
  AppState state;
  state.picture = own_picture();
  const std::string text = session_text(state, {}, library, 10);
  EXPECT_EQ(parse(text).state.picture, state.picture);
  ByteImage other(Shape{2, 2, 1});
  write_png(state.picture.string(), other);
  EXPECT_THAT(parse(text).problems, Contains(HasSubstr("has changed since")));
  fs::remove(state.picture);
  const SavedSession again = parse(text);
  EXPECT_THAT(again.problems, Contains(HasSubstr("missing")));
  EXPECT_EQ(again.state.picture, starting_state(library).picture) << "what can be shown is shown";
}

TEST_F(SessionFile, NetworksThatAreMissingOrChangedAreSaid) {
  ASSERT_FALSE(library.models.empty());
  const std::string name = library.models.front().name;
  AppState state;
  state.lanes[0].model = name;
  auto json = nlohmann::json::parse(session_text(state, {}, library));
  json["models"][name] = "0";
  EXPECT_THAT(parse(json.dump()).problems, Contains(HasSubstr("different weights")));
  json["models"]["no-such-network"] = "0";
  json["state"].push_back("lane2.model = no-such-network");
  const SavedSession again = parse(json.dump());
  EXPECT_THAT(again.problems, Contains(HasSubstr("missing here")));
  EXPECT_EQ(again.state.lanes[0].model, name);
}

TEST_F(SessionFile, ANewerVersionIsSaidAndReadAsFarAsItGoes) {
  AppState state;
  state.seed = 42;
  auto json = nlohmann::json::parse(session_text(state, {}, library));
  json["noiseglass session"] = 2;
  json["state"].push_back("smell = lavender");
  const SavedSession again = parse(json.dump());
  EXPECT_THAT(again.problems, Contains(HasSubstr("newer noiseglass")));
  EXPECT_EQ(again.state.seed, 42u);
}

TEST_F(SessionFile, WhatIsNoSessionIsASentence) {
  for (const char* text :
       {"", "{", "[]", "{}", "null", R"({"noiseglass session": "x"})", R"({"noiseglass session": 1, "state": [3]})",
        R"({"noiseglass session": 1, "lesson": {"answers": [[1]]}})"})
    EXPECT_THROW(parse(text), Error) << text;
  EXPECT_THROW(open_session(folder / "none.noiseglass", library), Error);
}

/// Kills at moments by chance: the old session is there, or the new one. NOISEGLASS_KILLS=1000 takes longer.
TEST_F(SessionFile, AKillLeavesTheOldOrTheNewSession) {
  const fs::path file = folder / "last.noiseglass";
  const std::string one(200'000, '1'), two(300'000, '2');
  save_session(file, one);
  const char* asked = std::getenv("NOISEGLASS_KILLS");
  const int kills = asked ? std::atoi(asked) : 25;
  std::mt19937 random(1);
  for (int i = 0; i < kills; ++i) {
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0)
      for (;;) save_session(file, two), save_session(file, one);
    ::usleep(useconds_t(random() % 20000));
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    const std::vector<char> left = read_whole(file);
    const std::string text(left.begin(), left.end());
    ASSERT_TRUE(text == one || text == two) << "kill " << i << " left " << text.size() << " bytes";
  }
}

TEST_F(SessionFile, ALinkIsShortAndMeansTheSameElsewhere) {
  EXPECT_EQ(link_of(starting_state(library), library), "noiseglass:");
  AppState state = starting_state(library);
  state.position = 400, state.lanes[1].schedule = "sigmoid", state.texts["discrete.sentence"] = "50 % of; it = ε";
  const std::string link = link_of(state, library);
  EXPECT_LT(link.size(), 110u) << link;
  EXPECT_EQ(state_of_link(link, library), state);
  EXPECT_EQ(link.find(' '), std::string::npos);
  RandomStates random(library, 6);
  for (int i = 0; i < 100; ++i) {
    state = random.next();
    bring_into_range(state);
    if (why_refused(state)) continue;
    ASSERT_EQ(state_of_link(link_of(state, library), library), state);
  }
  EXPECT_THROW(state_of_link("noiseglass:t", library), UsageError);
  EXPECT_THROW(state_of_link("noiseglass:t=1e9", library), UsageError);
}

TEST(Sha256, AgreesWithTheStandardsExamples) {
  const auto of = [](const std::string& text) { return sha256(std::span<const char>(text.data(), text.size())); };
  EXPECT_EQ(of(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(of("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST(Base64, GoesThereAndBack) {
  for (std::size_t size = 0; size < 20; ++size) {
    std::vector<char> bytes;
    for (std::size_t i = 0; i < size; ++i) bytes.push_back(char(37 * i + 200));
    EXPECT_EQ(from_base64(base64(bytes)), bytes);
  }
  const std::string text = "noise";
  EXPECT_EQ(base64(std::span<const char>(text.data(), text.size())), "bm9pc2U=");
  EXPECT_THROW(from_base64("???"), Error);
}

}  // namespace
}  // namespace noiseglass::app
