#include "export/plan.h"

#include "export/paper.h"
#include "export/paragraph.h"
#include "language/language.h"
#include "lessons/library.h"
#include "lessons/table.h"

#include "noiseglass/error.h"
#include "noiseglass/files.h"

#include <algorithm>
#include <string>

namespace noiseglass::exports {
namespace {

using namespace lessons;

constexpr double small_size = 9, between = 10, footer = 26;

/// Indented lines are commands, which a lesson has no words for.
std::string with_commands_marked(const std::string& markdown) {
  std::string out;
  for (std::size_t at = 0; at < markdown.size();) {
    const std::size_t end = std::min(markdown.find('\n', at), markdown.size());
    const std::string line = markdown.substr(at, end - at);
    const std::size_t first = line.find_first_not_of(' ');
    const bool command = first != line.npos && first >= 4 && line.compare(first, 11, "noiseglass ") == 0;
    // in a paragraph of its own, each on its line
    out += command ? "   `" + line.substr(first) + "`  \n" : line + "\n";
    at = end + 1;
  }
  return out;
}

/// Draws the blocks of a plan one below the other, and goes on to the next page when one is full.
class Paper {
 public:
  explicit Paper(const Lesson& plan)
      : plan_(plan), formulae_(plan.file), canvas_(Canvas::Kind::pdf, page_width, page_height) {}

  std::vector<char> draw() {
    const app::AsWritten plans_are_english;
    canvas_.text(margin, y_, "noiseglass · lesson plan", label_type);
    y_ += 30;
    canvas_.text_within(margin, y_, across, plan_.title, title_type);
    y_ += 14;
    bool first = true;
    for (const Page& page : plan_.pages) {
      if (!first || page.title != plan_.title) heading({{Span::Kind::text, page.title}}, heading_type.size + 1.5, 16);
      first = false;
      for (const Block& block : page.blocks) std::visit(*this, block);
    }
    number_page();
    return canvas_.document();
  }

  void operator()(const Paragraph& block) { put(block.text, 0, 6); }
  void operator()(const Heading& block) { heading(block.text, heading_type.size, 8); }
  void operator()(const Formula& block) { put({{Span::Kind::formula, block.tex}}, indent, 6); }
  void operator()(const Picture&) {}
  void operator()(const Question&) {}
  void operator()(const Task& block) {
    for (const Spans& paragraph : block.paragraphs) put(paragraph, indent, 6);
  }

  void operator()(const List& block) {
    int number = 0;
    for (const Spans& item : block.items) {
      make_room(height(item, indent));
      const std::string mark = block.numbered ? std::to_string(++number) + "." : "–";
      canvas_.text(margin + 4, y_ + 10, mark, {text_size});
      put(item, indent, 4);
    }
    y_ += 3;
  }

  void operator()(const Table& block) {
    std::vector<double> widths(block.head.size(), 0);
    const auto widen = [&](const std::vector<Spans>& row) {
      for (std::size_t i = 0; i < row.size() && i < widths.size(); ++i)
        widths[i] = std::max(widths[i], paragraph_width(canvas_, formulae_, row[i], small_size) + 1);
    };
    widen(block.head);
    for (const auto& row : block.rows) widen(row);
    widths = share_out(widths, across - between * double(widths.size() - 1));
    draw_row(strong(block.head), widths, 1);
    for (const auto& row : block.rows) draw_row(row, widths, 0.5);
    y_ += 6;
  }

 private:
  static std::vector<Spans> strong(std::vector<Spans> row) {
    for (Spans& cell : row)
      for (Span& span : cell)
        if (span.kind == Span::Kind::text) span.kind = Span::Kind::strong;
    return row;
  }

  void draw_row(const std::vector<Spans>& row, const std::vector<double>& widths, double line) {
    double high = 0;
    for (std::size_t i = 0; i < row.size() && i < widths.size(); ++i)
      high = std::max(high, draw_paragraph(canvas_, formulae_, row[i], 0, 0, widths[i], small_size, false));
    make_room(high + 8);
    double x = margin;
    for (std::size_t i = 0; i < row.size() && i < widths.size(); ++i) {
      draw_paragraph(canvas_, formulae_, row[i], x, y_ + 3, widths[i], small_size);
      x += widths[i] + between;
    }
    y_ += high + 8;
    canvas_.line(margin, y_ - 1, margin + across, y_ - 1, {line < 1 ? faint : grey, line});
  }

  void heading(Spans text, double size, double above) {
    for (Span& span : text)
      if (span.kind == Span::Kind::text) span.kind = Span::Kind::strong;
    make_room(above + 70);  // it does not stand alone at the foot of a page
    if (y_ > top) y_ += above;
    y_ += draw_paragraph(canvas_, formulae_, text, margin, y_, across, size) + 5;
  }

  double height(const Spans& text, double left) {
    return draw_paragraph(canvas_, formulae_, text, 0, 0, across - left, text_size, false);
  }

  void put(const Spans& text, double left, double below) {
    make_room(height(text, left));
    y_ += draw_paragraph(canvas_, formulae_, text, margin + left, y_, across - left, text_size) + below;
  }

  void make_room(double high) {
    if (y_ + high <= page_height - margin - footer) return;
    number_page();
    canvas_.next_page();
    y_ = top;
  }

  void number_page() {
    const double y = page_height - margin + 6;
    canvas_.text(margin, y, plan_.title, caption_type);
    canvas_.text(margin + across, y, std::to_string(++page_), caption_type, At::right);
  }

  static constexpr double top = margin + 4;
  const Lesson& plan_;
  Formulae formulae_;
  Canvas canvas_;
  double y_ = top;
  int page_ = 0;
};

}  // namespace

std::vector<char> lesson_plan(const Lesson& lesson) {
  const auto file = plan_file(lesson);
  if (file.empty()) throw UsageError("There is no teaching plan for the lesson \"" + lesson.title + "\".");
  const std::vector<char> bytes = read_whole(file);
  const Lesson plan = parse_lesson(with_commands_marked({bytes.begin(), bytes.end()}), file);
  return Paper(plan).draw();
}

}  // namespace noiseglass::exports
