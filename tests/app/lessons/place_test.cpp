#include "lessons/place.h"

#include "noiseglass/files.h"

#include <gmock/gmock.h>

#include <sys/stat.h>
#include <cstdlib>
#include <fstream>
#include <sstream>

namespace noiseglass::lessons {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class PlacesTest : public ::testing::Test {
 protected:
  PlacesTest() {
    folder_ = fs::path(::testing::TempDir()) /
              ("places-" + std::to_string(getpid()) + ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    file_ = folder_ / "lessons.json";
  }
  ~PlacesTest() override { fs::remove_all(folder_); }

  void write(const std::string& text) const { std::ofstream(file_) << text; }
  std::string written() const {
    std::ostringstream text;
    text << std::ifstream(file_).rdbuf();
    return text.str();
  }
  Lesson lesson(const std::string& name) const {
    Lesson made;
    made.file = folder_ / name;
    made.pages.resize(9);
    return made;
  }
  std::string key(const std::string& name) const { return (folder_ / name).string(); }

  fs::path folder_, file_;
};

TEST_F(PlacesTest, ComeBackInTheNextRun) {
  Places(file_).keep(lesson("a.md"), 3);
  Places(file_).keep(lesson("b.md"), 1);
  EXPECT_EQ(Places(file_).of(lesson("a.md")), (Place{3, 3}));
  EXPECT_EQ(Places(file_).of(lesson("b.md")), (Place{1, 1}));
}

// A later version, or a person, may have written what is not understood here.
TEST_F(PlacesTest, OddEntriesArePassedOverAndKept) {
  write("{\"" + key("a.md") +
        "\":{\"page\":2,\"furthest\":3,\"stars\":5},\"future\":{\"page\":\"x\"},\"huge\":{\"page\":1e99," +
        "\"furthest\":-4},\"list\":[1],\"" + key("c.md") + "\":7}");
  Places places(file_);
  EXPECT_EQ(places.of(lesson("a.md")), (Place{2, 3}));
  EXPECT_EQ(places.of(lesson("c.md")), Place{});
  places.keep(lesson("b.md"), 4);
  places.keep(lesson("c.md"), 1);
  EXPECT_THAT(written(), HasSubstr("\"future\""));
  EXPECT_THAT(written(), HasSubstr("\"x\""));
  EXPECT_THAT(written(), HasSubstr("\"stars\": 5"));
  EXPECT_THAT(written(), HasSubstr("\"list\""));
  EXPECT_EQ(Places(file_).of(lesson("a.md")), (Place{2, 3}));
  EXPECT_EQ(Places(file_).of(lesson("b.md")), (Place{4, 4}));
  EXPECT_EQ(Places(file_).of(lesson("c.md")), (Place{1, 1}));
}

TEST_F(PlacesTest, AFileThatCannotBeReadIsNeverOverwritten) {
  for (const char* text : {"{\"a\":{\"page\":2", "[]", "7", "", "no JSON"}) {
    write(text);
    Places places(file_);
    places.keep(lesson("a.md"), 3);
    EXPECT_EQ(places.of(lesson("a.md")), (Place{3, 3})) << "kept for this run: " << text;
    EXPECT_EQ(written(), text);
  }
}

TEST_F(PlacesTest, ALessonWhoseNameIsNoUtf8HasItsPlace) {
  Places(file_).keep(lesson("caf\xE9.md"), 3);
  EXPECT_EQ(Places(file_).of(lesson("caf\xE9.md")), (Place{3, 3}));
}

TEST_F(PlacesTest, ARelativeFolderInTheEnvironmentDoesNotCount) {
  const auto text = [](const char* value) { return value ? std::string(value) : std::string(); };
  const std::string state = text(std::getenv("XDG_STATE_HOME")), home = text(std::getenv("HOME"));
  setenv("XDG_STATE_HOME", "state", 1);
  setenv("HOME", "/home/somebody", 1);
  EXPECT_EQ(Places::usual_file(), "/home/somebody/.local/state/noiseglass/lessons.json");
  setenv("XDG_STATE_HOME", "/state", 1);
  EXPECT_EQ(Places::usual_file(), "/state/noiseglass/lessons.json");
  unsetenv("XDG_STATE_HOME");
  setenv("HOME", "home", 1);
  EXPECT_EQ(Places::usual_file(), "");
  setenv("HOME", home.c_str(), 1);
  if (!state.empty()) setenv("XDG_STATE_HOME", state.c_str(), 1);
}

}  // namespace
}  // namespace noiseglass::lessons
