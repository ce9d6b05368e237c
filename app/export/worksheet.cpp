#include "export/worksheet.h"

#include "export/paper.h"
#include "export/paragraph.h"
#include "export/plots.h"
#include "export/sheet.h"
#include "language/language.h"

#include <algorithm>
#include <string>

namespace noiseglass::exports {
namespace {

constexpr int cells = 6, most_questions = 3;
constexpr double between = 6;

std::vector<const lessons::Question*> questions_of(const lessons::Lesson& lesson) {
  std::vector<const lessons::Question*> all;
  for (const lessons::Page& page : lesson.pages)
    for (const lessons::Block& block : page.blocks)
      if (const auto* question = std::get_if<lessons::Question>(&block)) all.push_back(question);
  if (all.empty()) throw UsageError("The lesson \"" + lesson.title + "\" has no questions, which a worksheet needs.");
  std::vector<const lessons::Question*> chosen;
  for (const int i : spread(most_questions, int(all.size()) - 1)) chosen.push_back(all[std::size_t(i)]);
  return chosen;
}

class Paper {
 public:
  Paper(const Source& source, const lessons::Lesson& lesson)
      : source_(source), lesson_(lesson), formulae_(lesson.file), canvas_(Canvas::Kind::pdf, page_width, page_height) {}

  std::vector<char> draw(const Work& work) {
    const auto questions = questions_of(lesson_);
    draw_head();
    draw_strip(work);
    draw_schedules();
    heading("Questions");
    for (std::size_t i = 0; i < questions.size(); ++i) draw_question(int(i) + 1, *questions[i]);
    canvas_.next_page();
    draw_answers(questions);
    return canvas_.document();
  }

 private:
  void draw_head() {
    canvas_.text(margin, y_, "noiseglass · worksheet", label_type);
    double x = margin + across;
    for (const auto& [words, length] : {std::pair{"Date", 80.0}, std::pair{"Name", 150.0}}) {
      canvas_.line(x - length, y_ + 2, x, y_ + 2, {grey, 0.6});
      x -= length + 6;
      x -= canvas_.text(x, y_, words, label_type, At::right) + 16;
    }
    y_ += 30;
    canvas_.text_within(margin, y_, across, title_on_paper(lesson_), title_type);
    y_ += 12;
  }

  void heading(const std::string& words, const std::string& beside = "") {
    y_ += 20;
    const double width = canvas_.text(margin, y_, words, heading_type);
    canvas_.text_within(margin + width + 10, y_, across - width - 10, beside, label_type);
    y_ += 8;
  }

  /// The picture under each schedule.
  void draw_strip(const Work& work) {
    const double cell = (across - (cells - 1) * between) / cells;
    const Sheet sheet = forward_strip(source_, cells, int(cell * 300 / 72), work);
    heading(source_.picture_title() + ", turning into noise",
            "T = " + std::to_string(source_.state().steps) + ", seed " + std::to_string(source_.state().seed));
    for (const Sheet::Row& row : sheet.rows) {
      y_ += 10;
      canvas_.text(margin, y_, row.title, {9.5, true});
      y_ += 5;
      double below = 0;
      for (std::size_t i = 0; i < row.cells.size(); ++i) {
        const ByteImage& picture = row.cells[i].picture;
        const double scale = std::min(cell / picture.shape.width, 64.0 / picture.shape.height);
        const Box box{margin + double(i) * (cell + between), y_, picture.shape.width * scale,
                      picture.shape.height * scale};
        canvas_.picture(picture, box);
        canvas_.frame(box, {faint, 0.4});
        canvas_.text_within(box.left, box.bottom() + 10, cell, row.cells[i].caption, {8});
        canvas_.text_within(box.left, box.bottom() + 19, cell, row.cells[i].note, {7.5, false, grey});
        below = std::max(below, box.bottom());
      }
      y_ = below + 25;
    }
  }

  /// The plots side by side.
  void draw_schedules() {
    const std::vector<Plot> plots = schedule_plots(source_, -1);
    heading("Their schedules");
    y_ += draw_legend(canvas_, plots.front().curves, margin, y_ - 4) - 6;
    const double each = across / double(plots.size()), shrink = 0.68, height = 128;
    for (std::size_t i = 0; i < plots.size(); ++i) {
      Plot plot = plots[i];
      plot.title.erase(std::min(plot.title.find(':'), plot.title.size()));  // "ᾱ"
      for (Curve& curve : plot.curves) curve.cursor_y = std::nan("");       // paper has no slider
      canvas_.scaled(margin + double(i) * each - (i == 0 ? 10 : 0), y_, shrink, [&] {
        draw_plot(canvas_, plot, {0, 0, each / shrink, height / shrink});
      });
    }
    y_ += height;
  }

  double question_height(const lessons::Question& question) {
    double height = paragraph(question.text, margin + indent, 0, false) + 4;
    for (const lessons::Answer& answer : question.answers)
      height += paragraph(answer.text, margin + 2 * indent + 14, 0, false) + 4;
    return height;
  }

  double paragraph(const lessons::Spans& text, double x, double y, bool draw = true) {
    return draw_paragraph(canvas_, formulae_, text, x, y, margin + across - x, text_size, draw);
  }

  /// Not broken between two pages.
  void make_room(double height) {
    if (y_ + height <= page_height - margin) return;
    canvas_.next_page();
    y_ = margin + 10;
  }

  void draw_question(int number, const lessons::Question& question) {
    make_room(question_height(question));
    canvas_.text(margin, y_ + 11, std::to_string(number), heading_type);
    y_ += paragraph(question.text, margin + indent, y_) + 4;
    char letter = 'A';
    for (const lessons::Answer& answer : question.answers) {
      canvas_.frame({margin + indent, y_ + 2.5, 8, 8}, {black, 0.7});
      canvas_.text(margin + indent + 13, y_ + 10.5, std::string(1, letter++), {text_size, true});
      y_ += paragraph(answer.text, margin + 2 * indent + 14, y_) + 4;
    }
    y_ += 9;
  }

  void draw_answers(const std::vector<const lessons::Question*>& questions) {
    y_ = margin + 10;
    canvas_.text(margin, y_, "noiseglass · worksheet · for the teacher", label_type);
    y_ += 30;
    canvas_.text_within(margin, y_, across, "Answers: " + title_on_paper(lesson_), title_type);
    y_ += 26;
    for (std::size_t i = 0; i < questions.size(); ++i) draw_answer(int(i) + 1, *questions[i]);
    if (lesson_.takeaway.empty()) return;
    make_room(60);
    canvas_.line(margin, y_, margin + across, y_, {faint, 0.8});
    y_ += 12;
    paragraph({{lessons::Span::Kind::strong, app::tr("The lesson in one sentence.") + " "},
               {lessons::Span::Kind::text, lesson_.takeaway}},
              margin, y_);
  }

  void draw_answer(int number, const lessons::Question& question) {
    make_room(60);
    canvas_.text(margin, y_ + 11, std::to_string(number), heading_type);
    y_ += paragraph(question.text, margin + indent, y_) + 5;
    char letter = 'A';
    for (const lessons::Answer& answer : question.answers) {
      lessons::Spans words = answer.text;
      for (lessons::Span& span : words)
        if (answer.right && span.kind == lessons::Span::Kind::text) span.kind = lessons::Span::Kind::strong;
      words.push_back({lessons::Span::Kind::text, answer.why.empty() ? "" : "\n"});
      words.insert(words.end(), answer.why.begin(), answer.why.end());
      const double x = margin + 2 * indent + 14;
      make_room(paragraph(words, x, 0, false));
      canvas_.frame({margin + indent, y_ + 2.5, 8, 8}, {black, 0.7});
      if (answer.right) {
        canvas_.line(margin + indent + 1.5, y_ + 6.5, margin + indent + 3.5, y_ + 9, {black, 1.3});
        canvas_.line(margin + indent + 3.5, y_ + 9, margin + indent + 9, y_ + 1, {black, 1.3});
      }
      canvas_.text(margin + indent + 13, y_ + 10.5, std::string(1, letter++), {text_size, answer.right});
      y_ += paragraph(words, x, y_) + 6;
    }
    y_ += 8;
  }

  const Source& source_;
  const lessons::Lesson& lesson_;
  Formulae formulae_;
  Canvas canvas_;
  double y_ = margin + 4;
};

}  // namespace

std::vector<char> worksheet(const Source& source, const lessons::Lesson& lesson, const Work& work) {
  return Paper(source, lesson).draw(work);
}

}  // namespace noiseglass::exports
