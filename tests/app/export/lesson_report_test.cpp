// What a class answered: counted by question, one row a person in the table, and no names on the page.
#include "export/lesson_report.h"
#include "lessons/library.h"
#include "session/session_file.h"
#include "session/set_state.h"

#include "noiseglass/error.h"
#include "noiseglass/files.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace noiseglass::exports {
namespace {

namespace fs = std::filesystem;

class Report : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("noiseglass-lesson-report-" +
                                           std::string(testing::UnitTest::GetInstance()->current_test_info()->name()));
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    lesson_ = lessons::find_lesson("2");
    for (int page = 0; page < int(lesson_.pages.size()) && !question_; ++page)
      for (int block = 0; block < int(lesson_.pages[std::size_t(page)].blocks.size()) && !question_; ++block)
        if ((question_ = std::get_if<lessons::Question>(&lesson_.pages[std::size_t(page)].blocks[std::size_t(block)])))
          place_ = {page, block};
    ASSERT_TRUE(question_);
    for (int i = 0; i < int(question_->answers.size()); ++i)
      (question_->answers[std::size_t(i)].right ? right_ : wrong_) = i;
  }

  fs::path session(const std::string& name, std::map<std::pair<int, int>, int> answers,
                   const std::string& lesson = "2-schedules") {
    const Library library = load_library();
    app::AppState state = app::starting_state(library);
    const fs::path file = folder_ / (name + ".noiseglass");
    app::save_session(file, app::session_text(state, {lesson, 0, std::move(answers)}, library));
    return file;
  }

  fs::path folder_;
  lessons::Lesson lesson_;
  const lessons::Question* question_ = nullptr;
  std::pair<int, int> place_;
  int right_ = 0, wrong_ = 0;
};

TEST_F(Report, CountsWhoChoseWhat) {
  const auto reports = gather_reports({session("Ada", {{place_, right_}}), session("Bo", {{place_, wrong_}}),
                                       session("Cy", {{place_, right_}}), session("Di", {})});
  ASSERT_EQ(reports.size(), 1u);
  const AskedQuestion asked = reports[0].questions().front();
  EXPECT_EQ(asked.page, place_.first + 1);
  EXPECT_EQ(asked.how_many[std::size_t(right_)], 2);
  EXPECT_EQ(asked.how_many[std::size_t(wrong_)], 1);
  EXPECT_EQ(asked.answered, 3);
  EXPECT_EQ(asked.right, 2);
  EXPECT_THAT(asked.chosen, testing::ElementsAre(right_, wrong_, right_, -1));
}

TEST_F(Report, TableHasARowForEachPersonAndQuestion) {
  const auto reports = gather_reports({session("Ada, \"A\"", {{place_, right_}}), session("Bo", {{place_, wrong_}})});
  std::istringstream lines(report_csv(reports));
  std::vector<std::string> rows;
  for (std::string line; std::getline(lines, line);) rows.push_back(line);
  ASSERT_EQ(rows.size(), 1 + 2 * reports[0].questions().size());
  EXPECT_EQ(rows[0], "lesson,page,question,name,answer,right");
  EXPECT_THAT(rows[1], testing::HasSubstr(",\"Ada, \"\"A\"\"\","));
  EXPECT_TRUE(rows[1].ends_with(",yes")) << rows[1];
  EXPECT_TRUE(rows[2].ends_with(",no")) << rows[2];
  if (rows.size() > 3) {
    EXPECT_TRUE(rows[3].ends_with(",,")) << rows[3];
  }
}

TEST_F(Report, OfTwoLessonsHasTwo) {
  const auto reports = gather_reports({session("Ada", {}), session("Bo", {}, "1-forward"), session("Cy", {})});
  ASSERT_EQ(reports.size(), 2u);
  EXPECT_EQ(reports[0].sheets.size(), 2u);
  EXPECT_EQ(reports[1].lesson.title, lessons::find_lesson("1").title);
}

TEST_F(Report, AnswersThatTheLessonDoesNotHaveAreNone) {
  const auto reports = gather_reports({session("Ada", {{place_, 99}, {{77, 0}, 1}})});
  EXPECT_EQ(reports[0].questions().front().answered, 0);
}

TEST_F(Report, SaysWhichFileIsNotAsItShouldBe) {
  EXPECT_THROW(gather_reports({session("Ada", {}, "")}), Error);
  std::ofstream(folder_ / "notes.noiseglass") << "{}";
  try {
    gather_reports({folder_ / "notes.noiseglass"});
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("notes.noiseglass"));
  }
}

TEST_F(Report, PageIsAPdf) {
  const std::vector<char> pdf = report_pdf(gather_reports({session("Ada", {{place_, right_}})}));
  EXPECT_EQ(std::string(pdf.begin(), pdf.begin() + 5), "%PDF-");
  EXPECT_GT(pdf.size(), 4000u);
}

}  // namespace
}  // namespace noiseglass::exports
