#pragma once

#include "lessons/lesson.h"
#include "session/session_file.h"

#include <filesystem>
#include <string>
#include <vector>

namespace noiseglass::exports {

/// What one person answered, as a saved session has it.
struct AnswerSheet {
  std::string name;  ///< the file's, without its ending
  app::SavedLesson lesson;
};

/// A question of a lesson, and who chose what.
struct AskedQuestion {
  int page = 0;  ///< from 1, as the lesson numbers them
  const lessons::Question* question = nullptr;
  std::vector<int> chosen;    ///< by sheet: the answer, from 0; −1: none was given
  std::vector<int> how_many;  ///< by answer
  int right = 0, answered = 0;
};

/// A lesson with the answers of a class.
struct LessonReport {
  lessons::Lesson lesson;
  std::vector<AnswerSheet> sheets;
  std::vector<AskedQuestion> questions() const;
};

/// One report for each lesson that the sessions were in, in the order in which they come first.
/// @throws Error that names the file: it is no session, or no lesson was open in it
std::vector<LessonReport> gather_reports(const std::vector<std::filesystem::path>& sessions);

/// One row for each question and each sheet: "lesson,page,question,name,answer,right"; the last two are empty where
/// nothing was answered.
std::string report_csv(const std::vector<LessonReport>& reports);
/// For each question how many chose which answer; A4. Names are not on it, so that it can be shown to the class.
std::vector<char> report_pdf(const std::vector<LessonReport>& reports);

}  // namespace noiseglass::exports
