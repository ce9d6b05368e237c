#include "lessons/fences.h"
#include "lessons/markdown.h"

#include "language/language.h"

#include "noiseglass/error.h"
#include "noiseglass/files.h"
#include "noiseglass/limits.h"

#include <algorithm>
#include <set>
#include <utility>

namespace noiseglass::lessons {
namespace {

/// Gathers running text: what is emphasised how, and what a formula is.
class SpanWriter {
 public:
  void begin(Mark mark, const std::string& where = "") {
    if (mark == Mark::link) target_ = where;
    depth_of(mark) += 1;
  }
  void end(Mark mark) { depth_of(mark) -= 1; }
  void add(const std::string& text) {
    const Span::Kind kind = formula_    ? Span::Kind::formula
                            : code_     ? Span::Kind::code
                            : link_     ? Span::Kind::link
                            : strong_   ? Span::Kind::strong
                            : emphasis_ ? Span::Kind::emphasis
                                        : Span::Kind::text;
    const std::string target = kind == Span::Kind::link ? target_ : "";
    if (!spans_.empty() && spans_.back().kind == kind && spans_.back().target == target && kind != Span::Kind::formula)
      spans_.back().text += text;
    else if (formula_ && in_formula_)
      spans_.back().text += text;
    else
      spans_.push_back({kind, text, target});
    in_formula_ = formula_ > 0;
  }
  Spans take() { return std::exchange(spans_, {}); }
  bool blank() const {
    return std::ranges::all_of(spans_, [](const Span& span) { return trimmed(span.text).empty(); });
  }

 private:
  int& depth_of(Mark mark) {
    in_formula_ = false;
    return mark == Mark::emphasis ? emphasis_
           : mark == Mark::strong ? strong_
           : mark == Mark::code   ? code_
           : mark == Mark::link   ? link_
                                  : formula_;
  }
  Spans spans_;
  std::string target_;
  int emphasis_ = 0, strong_ = 0, code_ = 0, formula_ = 0, link_ = 0;
  bool in_formula_ = false;
};

bool is_style(Mark mark) {
  return mark == Mark::emphasis || mark == Mark::strong || mark == Mark::code || mark == Mark::link ||
         mark == Mark::formula;
}

/// What is inside is no running text.
bool gathers(Mark mark) {
  return mark == Mark::fence || mark == Mark::picture || mark == Mark::display_formula || mark == Mark::markup;
}

/// Builds the lesson from the events of one file.
class Builder {
 public:
  explicit Builder(Lesson& lesson) : lesson_(lesson) {}

  void begin(Mark mark, const std::string& text, int number, int line) {
    if (line) line_ = line;
    if (is_style(mark)) writer_.begin(mark, text);
    if (mark == Mark::heading) level_ = number;
    if (mark == Mark::list && depth_++ == 0) list_ = {number == 1, {}};
    if (mark == Mark::list && depth_ == 2) mistake("A list within a list is shown as one list.");
    if (mark == Mark::table) table_ = {};
    if (mark == Mark::row) row_.clear();
    if (mark == Mark::cell) in_head_ = number == 1;
    if (mark == Mark::quotation) quoting_ = true, task_ = {};
    if (mark == Mark::fence) fence_ = text, fence_line_ = line_;
    if (mark == Mark::item) flush(), new_item_ = true;
    if (mark == Mark::picture) flush(), file_ = text;
    if (mark == Mark::display_formula) flush();
    if (gathers(mark)) inside_ = mark, gathered_.clear();
  }

  void end(Mark mark) {
    if (is_style(mark)) return writer_.end(mark);
    if (mark == Mark::rule) mistake("A line of dashes has no meaning here; a page begins at each \"## heading\".");
    if (mark == Mark::heading) end_heading();
    if (mark == Mark::paragraph || mark == Mark::item) flush();
    if (mark == Mark::list && --depth_ == 0) add(std::exchange(list_, {}));
    if (mark == Mark::cell) row_.push_back(writer_.take());
    if (mark == Mark::row) end_row();
    if (mark == Mark::table) add(std::exchange(table_, {}));
    if (mark == Mark::quotation) quoting_ = false, add(std::exchange(task_, {}));
    if (mark == Mark::fence) end_fence();
    if (mark == Mark::picture) add(Picture{file_, gathered_, line_});
    if (mark == Mark::display_formula) add(Formula{trimmed(gathered_)});
    if (mark == Mark::markup && !trimmed(gathered_).starts_with("<!--")) mistake("HTML is not shown.");
    if (mark == inside_) inside_ = Mark::paragraph;
  }

  void text(const std::string& text, int line) {
    if (line) line_ = line;
    if (inside_ == Mark::paragraph)
      writer_.add(text);
    else
      gathered_ += text;
  }

  void finish() {
    for (Page& page : lesson_.pages)
      if (page.title.empty()) page.title = lesson_.title;
    if (lesson_.title.empty()) lesson_.mistakes.push_back({1, "A lesson begins with its title, \"# title\"."});
    if (lesson_.title.empty()) lesson_.title = lesson_.file.stem().string();
    if (lesson_.pages.empty())
      lesson_.mistakes.push_back({1, "This lesson has no page; a page begins with \"## heading\"."});
    if (lesson_.pages.empty()) lesson_.pages.push_back({lesson_.title, {}, {}, {}, {}, {}, 1});
    std::ranges::stable_sort(lesson_.mistakes, {}, &Mistake::line);
  }

 private:
  void mistake(const std::string& text) { lesson_.mistakes.push_back({line_, text}); }

  /// The page that is being read; what stands above the first heading is a page of its own.
  Page& page() {
    if (lesson_.pages.empty()) lesson_.pages.push_back({"", {}, {}, {}, {}, {}, line_});
    return lesson_.pages.back();
  }

  void add(Block block) { page().blocks.push_back(std::move(block)); }

  /// Ends a span of text and puts it where it belongs.
  void flush() {
    if (writer_.blank()) {
      writer_.take();
      return;
    }
    Spans spans = writer_.take();
    if (depth_ > 0 && !new_item_) {  // a second paragraph of the same item
      list_.items.back().push_back({Span::Kind::text, "\n"});
      list_.items.back().insert(list_.items.back().end(), spans.begin(), spans.end());
    } else if (depth_ > 0) {
      list_.items.push_back(std::move(spans));
      new_item_ = false;
    } else if (quoting_)
      task_.paragraphs.push_back(std::move(spans));
    else
      add(Paragraph{std::move(spans)});
  }

  void end_row() {
    if (in_head_)
      table_.head = std::exchange(row_, {});
    else
      table_.rows.push_back(std::exchange(row_, {}));
  }

  void end_heading() {
    Spans spans = writer_.take();
    std::string plain;
    for (const Span& span : spans) plain += span.text;
    if (level_ > 2) return add(Heading{std::move(spans)});
    if (level_ == 2) {
      lesson_.pages.push_back({plain, {}, {}, {}, {}, {}, line_});
    } else if (lesson_.title.empty()) {
      lesson_.title = plain;
    } else {
      mistake("A lesson has one title; a page begins with \"## heading\".");
    }
  }

  void end_fence() {
    std::vector<SourceLine> lines;
    std::size_t at = 0;
    for (int number = fence_line_ + 1; at < gathered_.size(); ++number) {
      const std::size_t end = std::min(gathered_.find('\n', at), gathered_.size());
      lines.push_back({gathered_.substr(at, end - at), number});
      at = end + 1;
    }
    line_ = fence_line_;
    const std::string kind = trimmed(fence_);
    auto& mistakes = lesson_.mistakes;
    if (kind == "lesson") {
      read_about(lines, lesson_);
    } else if (kind == "state") {
      const bool of_page = !lesson_.pages.empty();
      std::vector<StateLine> found = state_lines(lines, mistakes);
      for (Expectation& expectation : take_expectations(found, mistakes)) {
        if (of_page)
          page().expect.push_back(std::move(expectation));
        else
          mistakes.push_back({expectation.line, "An expectation belongs to a page, not to the whole lesson."});
      }
      auto& state = of_page ? page().state : lesson_.state;
      for (StateLine& line : found) state.push_back(std::move(line));
    } else if (kind == "highlight" || kind == "hide") {
      auto& list = kind == "hide" ? page().hide : page().highlight;
      for (Name& name : names(lines)) list.push_back(std::move(name));
    } else if (kind == "question") {
      add(question(lines, fence_line_, mistakes));
    } else {
      mistake("\"```" + kind + "\" is not known; the known ones are lesson, state, highlight, hide and question.");
    }
  }

  Lesson& lesson_;
  SpanWriter writer_;
  List list_;
  Table table_;
  std::vector<Spans> row_;
  Task task_;
  std::string fence_, file_, gathered_;
  Mark inside_ = Mark::paragraph;
  bool quoting_ = false, new_item_ = false, in_head_ = false;
  int level_ = 0, depth_ = 0, line_ = 1, fence_line_ = 0;
};

}  // namespace

Spans inline_spans(const std::string& markdown) {
  SpanWriter writer;
  MarkdownEvents events;
  events.begin = [&](Mark mark, const std::string& text, int, int) {
    if (is_style(mark) || mark == Mark::display_formula) writer.begin(mark, text);
  };
  events.end = [&](Mark mark) {
    if (is_style(mark) || mark == Mark::display_formula) writer.end(mark);
  };
  events.text = [&](const std::string& text, int) { writer.add(text); };
  read_markdown(markdown, events);
  return writer.take();
}

Lesson parse_lesson(const std::string& markdown, const std::filesystem::path& file) {
  Lesson lesson;
  lesson.file = file;
  Builder builder(lesson);
  MarkdownEvents events;
  events.begin = [&](Mark mark, const std::string& text, int number, int line) {
    builder.begin(mark, text, number, line);
  };
  events.end = [&](Mark mark) { builder.end(mark); };
  events.text = [&](const std::string& text, int line) { builder.text(text, line); };
  read_markdown(markdown, events);
  builder.finish();
  return lesson;
}

std::filesystem::path file_read_for(const std::filesystem::path& lesson) {
  const std::filesystem::path translated = lesson.parent_path() / app::language_in_use() / lesson.filename();
  std::error_code error;
  return std::filesystem::is_regular_file(translated, error) ? translated : lesson;
}

Lesson read_lesson(const std::filesystem::path& file) {
  const std::vector<char> bytes = read_whole(file_read_for(file));
  if (bytes.size() > limits::lesson_bytes)
    throw Error("\"" + file.string() + "\" is larger than " + std::to_string(limits::lesson_bytes >> 20) +
                " MB, which no lesson is.");
  return parse_lesson({bytes.begin(), bytes.end()}, file);
}

namespace {

void collect(const Spans& spans, std::vector<Tex>& found) {
  for (const Span& span : spans)
    if (span.kind == Span::Kind::formula) found.push_back({span.text, false});
}

struct Collector {
  std::vector<Tex>& found;
  void operator()(const Paragraph& block) const { collect(block.text, found); }
  void operator()(const Heading& block) const { collect(block.text, found); }
  void operator()(const List& block) const {
    for (const Spans& item : block.items) collect(item, found);
  }
  void operator()(const Table& block) const {
    for (const Spans& cell : block.head) collect(cell, found);
    for (const auto& row : block.rows)
      for (const Spans& cell : row) collect(cell, found);
  }
  void operator()(const Task& block) const {
    for (const Spans& paragraph : block.paragraphs) collect(paragraph, found);
  }
  void operator()(const Formula& block) const { found.push_back({block.tex, true}); }
  void operator()(const Picture&) const {}
  void operator()(const Question& block) const {
    collect(block.text, found);
    for (const Answer& answer : block.answers) collect(answer.text, found), collect(answer.why, found);
  }
};

}  // namespace

std::vector<Tex> formulae(const Lesson& lesson) {
  std::vector<Tex> all, once;
  std::set<Tex> seen;
  for (const Page& page : lesson.pages)
    for (const Block& block : page.blocks) std::visit(Collector{all}, block);
  for (const Tex& tex : all)
    if (seen.insert(tex).second) once.push_back(tex);
  return once;
}

}  // namespace noiseglass::lessons
