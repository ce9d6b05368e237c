#include "lessons/reader.h"

#include "noiseglass/files.h"

#include <gmock/gmock.h>

#include <chrono>
#include <filesystem>
#include <fstream>

namespace noiseglass::app {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

const std::string text = R"(# A

```state
picture = fish
```

## One

```state
t = 10%
```

## Two

```state
t = 20%
sead = 3
```

```question
Which?
- [ ] this
  > no
- [x] that
  > yes
reveal:
  t = 70%
```

## Three
)";

class LessonReaderTest : public ::testing::Test {
 protected:
  LessonReaderTest() {
    folder = fs::path(::testing::TempDir()) /
             ("lessons" + std::to_string(::testing::UnitTest::GetInstance()->random_seed()) +
              ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder);
    fs::create_directories(folder);
    file = folder / "a.md";
    std::ofstream(file) << text;
    before.seed = 99;
    before.position = 123;
    before.picture = library.pictures.at(1).path;
  }
  ~LessonReaderTest() override { fs::remove_all(folder); }

  LessonReader made() { return LessonReader(library, folder / "state" / "lessons.json"); }
  fs::path folder, file;
  Library library = load_library();
  AppState before;
};

TEST_F(LessonReaderTest, APageSetsItsStateOnceAndLeavingGivesBackWhatWasThere) {
  LessonReader reader = made();
  reader.open(lessons::read_lesson(file), before);
  auto state = reader.take_state(before);
  ASSERT_TRUE(state);
  EXPECT_EQ(state->position, 100);
  EXPECT_EQ(state->picture.stem(), "fish");
  EXPECT_FALSE(reader.take_state(*state)) << "the person may play freely";
  reader.set_up_again();
  EXPECT_EQ(reader.take_state(*state)->position, 100);
  reader.turn(1);
  EXPECT_EQ(reader.take_state(*state)->position, 200);
  reader.leave();
  EXPECT_FALSE(reader.is_open());
  EXPECT_EQ(*reader.take_state(before), before);
}

TEST_F(LessonReaderTest, APageLooksTheSameWhereverOneComesFrom) {
  LessonReader reader = made();
  reader.open(lessons::read_lesson(file), before);
  reader.turn_to(1);
  const AppState forward = *reader.take_state(before);
  reader.turn_to(2);
  reader.turn_to(1);
  EXPECT_EQ(*reader.take_state(before), forward);
}

TEST_F(LessonReaderTest, TheLookOfTheWindowIsThePersons) {
  LessonReader reader = made();
  reader.open(lessons::read_lesson(file), before);
  AppState light = before;
  light.look = Look::light;
  EXPECT_EQ(reader.take_state(light)->look, Look::light);
}

TEST_F(LessonReaderTest, OneLessonAfterTheOtherStillGivesBackTheFirstState) {
  LessonReader reader = made();
  reader.open(lessons::read_lesson(file), before);
  AppState within = *reader.take_state(before);
  reader.open(lessons::read_lesson(file), within);
  reader.leave();
  EXPECT_EQ(*reader.take_state(before), before);
}

TEST_F(LessonReaderTest, AnAnswerRevealsAndTheFirstOneCounts) {
  LessonReader reader = made();
  reader.open(lessons::read_lesson(file), before);
  reader.turn_to(1);
  AppState now = *reader.take_state(before);
  EXPECT_FALSE(reader.answer_to(0));
  reader.answer(0, 0, now);
  EXPECT_EQ(reader.answer_to(0), 0);
  now = *reader.take_state(now);
  EXPECT_EQ(now.position, 700);
  EXPECT_EQ(now.picture.stem(), "fish");
  reader.answer(0, 1, now);
  EXPECT_EQ(reader.answer_to(0), 0);
  EXPECT_FALSE(reader.take_state(now));
  reader.reveal_again(0, now);
  EXPECT_TRUE(reader.take_state(now));
}

TEST_F(LessonReaderTest, TheEndsHold) {
  LessonReader reader = made();
  reader.turn(1);
  EXPECT_FALSE(reader.take_state(before)) << "without a lesson, nothing happens";
  reader.open(lessons::read_lesson(file), before);
  reader.turn(-1);
  EXPECT_EQ(reader.page_index(), 0);
  reader.turn_to(100);
  EXPECT_EQ(reader.page_index(), 2);
}

TEST_F(LessonReaderTest, ThePlaceIsKeptBetweenRuns) {
  {
    LessonReader reader = made();
    reader.open(lessons::read_lesson(file), before);
    reader.turn_to(2);
    reader.turn_to(1);
  }
  LessonReader reader = made();
  const auto lesson = lessons::read_lesson(file);
  EXPECT_EQ(reader.places().of(lesson), (lessons::Place{1, 2}));
  reader.open(lesson, before);
  EXPECT_EQ(reader.page_index(), 1);
}

TEST_F(LessonReaderTest, APlaceThatCannotBeKeptOrReadDoesNoHarm) {
  std::ofstream(folder / "state") << "a file where the folder should be";
  LessonReader reader = made();
  reader.open(lessons::read_lesson(file), before);
  reader.turn_to(2);
  EXPECT_EQ(reader.page_index(), 2);
  std::ofstream(folder / "broken.json") << "{\"a\": 7, \"b\"";
  LessonReader other(library, folder / "broken.json");
  other.open(lessons::read_lesson(file), before);
  EXPECT_EQ(other.page_index(), 0);
}

TEST_F(LessonReaderTest, AWrongStateLineIsAMistakeWithItsLine) {
  LessonReader reader = made();
  reader.open(lessons::read_lesson(file), before);
  ASSERT_EQ(reader.mistakes().size(), 1u);
  EXPECT_EQ(reader.mistakes()[0].line, 17);
  EXPECT_THAT(reader.mistakes()[0].text, HasSubstr("sead"));
}

TEST_F(LessonReaderTest, AFileThatIsWrittenToIsReadAgain) {
  LessonReader reader = made();
  reader.open(lessons::read_lesson(file), before);
  reader.turn_to(1);
  reader.take_state(before);
  std::ofstream(file) << "# A\n\n## One\n\n## Two, mended\n\n```state\nt = 35%\n```\n";
  fs::last_write_time(file, fs::last_write_time(file) + std::chrono::seconds(5));
  reader.follow_file(before);
  EXPECT_EQ(reader.page().title, "Two, mended");
  EXPECT_EQ(reader.take_state(before)->position, 350);
  EXPECT_TRUE(reader.mistakes().empty());
}

}  // namespace
}  // namespace noiseglass::app
