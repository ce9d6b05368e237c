#include "export/lesson_report.h"

#include "export/paper.h"
#include "export/paragraph.h"
#include "lessons/library.h"
#include "session/csv.h"

#include "noiseglass/error.h"

#include <algorithm>

namespace noiseglass::exports {
namespace {

std::string words_of(const lessons::Spans& text) {
  std::string out;
  for (const lessons::Span& span : text) out += span.text;
  std::ranges::replace(out, '\n', ' ');
  return out;
}

/// One lesson's pages.
class Overview {
 public:
  Overview(Canvas& canvas, const LessonReport& report)
      : canvas_(canvas), report_(report), formulae_(report.lesson.file) {}

  void draw() {
    const auto questions = report_.questions();
    int right = 0, answered = 0;
    for (const AskedQuestion& one : questions) right += one.right, answered += one.answered;
    canvas_.text(margin, y_, "noiseglass · a class's answers", label_type);
    y_ += 30;
    canvas_.text_within(margin, y_, across, title_on_paper(report_.lesson), title_type);
    y_ += 20;
    const int all = int(report_.sheets.size()) * int(questions.size());
    canvas_.text(margin, y_,
                 std::to_string(report_.sheets.size()) + (report_.sheets.size() == 1 ? " session, " : " sessions, ") +
                     std::to_string(answered) + " of " + std::to_string(all) + " questions answered, " +
                     std::to_string(right) + " right at the first attempt",
                 label_type);
    y_ += 24;
    for (const AskedQuestion& question : questions) draw_question(question);
    if (questions.empty()) canvas_.text(margin, y_, "This lesson has no questions.", caption_type);
  }

 private:
  static constexpr double bar = 120, bar_left = margin + indent, words_left = bar_left + bar + 34;

  double paragraph(const lessons::Spans& text, double x, double y, bool draw = true) {
    return draw_paragraph(canvas_, formulae_, text, x, y, margin + across - x, text_size, draw);
  }

  double height_of(const AskedQuestion& asked) {
    double height = paragraph(asked.question->text, bar_left, 0, false) + 30;
    for (const lessons::Answer& answer : asked.question->answers)
      height += paragraph(answer.text, words_left, 0, false) + 5;
    return height;
  }

  /// Not broken between two pages.
  void draw_question(const AskedQuestion& asked) {
    if (y_ + height_of(asked) > page_height - margin) {
      canvas_.next_page();
      y_ = margin + 10;
    }
    canvas_.text(margin, y_ + 10.5, std::to_string(asked.page), heading_type);
    y_ += paragraph(asked.question->text, bar_left, y_) + 6;
    const int most = std::max(1, int(report_.sheets.size()));
    for (std::size_t i = 0; i < asked.question->answers.size(); ++i) {
      const lessons::Answer& answer = asked.question->answers[i];
      const double share = double(asked.how_many[i]) / most;
      canvas_.frame({bar_left, y_ + 2, bar, 9}, {faint, 0.6});
      canvas_.fill({bar_left, y_ + 2, bar * share, 9}, answer.right ? black : grey);
      canvas_.text(bar_left + bar + 22, y_ + 10.5, std::to_string(asked.how_many[i]), caption_type, At::right);
      lessons::Spans text = answer.text;
      if (answer.right) text.insert(text.begin(), {lessons::Span::Kind::strong, "Right: "});
      y_ += paragraph(text, words_left, y_) + 5;
    }
    const int without = int(report_.sheets.size()) - asked.answered;
    if (without > 0) canvas_.text(words_left, y_ + 8, std::to_string(without) + " did not answer", label_type);
    y_ += 24;
  }

  Canvas& canvas_;
  const LessonReport& report_;
  Formulae formulae_;
  double y_ = margin;
};

}  // namespace

std::vector<AskedQuestion> LessonReport::questions() const {
  std::vector<AskedQuestion> all;
  for (int page = 0; page < int(lesson.pages.size()); ++page)
    for (int block = 0; block < int(lesson.pages[std::size_t(page)].blocks.size()); ++block) {
      const auto* question =
          std::get_if<lessons::Question>(&lesson.pages[std::size_t(page)].blocks[std::size_t(block)]);
      if (!question) continue;
      AskedQuestion asked{page + 1, question, {}, std::vector<int>(question->answers.size(), 0)};
      for (const AnswerSheet& sheet : sheets) {
        const auto found = sheet.lesson.answers.find({page, block});
        const bool given =
            found != sheet.lesson.answers.end() && found->second >= 0 && found->second < int(question->answers.size());
        asked.chosen.push_back(given ? found->second : -1);
        if (!given) continue;
        ++asked.answered, ++asked.how_many[std::size_t(found->second)];
        asked.right += question->answers[std::size_t(found->second)].right;
      }
      all.push_back(std::move(asked));
    }
  return all;
}

std::vector<LessonReport> gather_reports(const std::vector<std::filesystem::path>& sessions) {
  std::vector<LessonReport> reports;
  for (const std::filesystem::path& file : sessions) {
    AnswerSheet sheet{file.stem().string(), app::read_saved_lesson(file)};
    if (sheet.lesson.file.empty()) throw Error("No lesson was open when \"" + file.string() + "\" was saved.");
    lessons::Lesson lesson = lessons::find_lesson(sheet.lesson.file);
    auto found = std::ranges::find_if(reports, [&](const LessonReport& one) { return one.lesson.file == lesson.file; });
    if (found == reports.end()) found = reports.insert(reports.end(), LessonReport{std::move(lesson), {}});
    found->sheets.push_back(std::move(sheet));
  }
  return reports;
}

std::string report_csv(const std::vector<LessonReport>& reports) {
  std::string out = "lesson,page,question,name,answer,right\n";
  for (const LessonReport& report : reports)
    for (const AskedQuestion& asked : report.questions())
      for (std::size_t i = 0; i < report.sheets.size(); ++i) {
        const int chosen = asked.chosen[i];
        const lessons::Answer* answer = chosen < 0 ? nullptr : &asked.question->answers[std::size_t(chosen)];
        out += csv_text(report.lesson.title) + ',' + std::to_string(asked.page) + ',' +
               csv_text(words_of(asked.question->text)) + ',' + csv_text(report.sheets[i].name) + ',' +
               (answer ? csv_text(words_of(answer->text)) + ',' + (answer->right ? "yes" : "no") : ",") + '\n';
      }
  return out;
}

std::vector<char> report_pdf(const std::vector<LessonReport>& reports) {
  Canvas canvas(Canvas::Kind::pdf, page_width, page_height);
  for (std::size_t i = 0; i < reports.size(); ++i) {
    if (i > 0) canvas.next_page();
    Overview(canvas, reports[i]).draw();
  }
  return canvas.document();
}

}  // namespace noiseglass::exports
