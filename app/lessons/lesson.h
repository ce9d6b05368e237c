#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace noiseglass::lessons {

// A lesson as a value: what is in one Markdown file. docs/writing-lessons.md says how it is written.

/// A piece of running text that looks the same throughout. A formula's text is its TeX, without the dollars.
struct Span {
  enum class Kind { text, emphasis, strong, code, formula, link };
  Kind kind = Kind::text;
  std::string text;  ///< UTF-8; "\n" is a forced break
  std::string target =
      {};  ///< of a link: a bundled lesson's name or number, perhaps with a page ("6#3"), or an address
  bool operator==(const Span&) const = default;
};
using Spans = std::vector<Span>;

/// "t = 40%", from a fenced block.
struct StateLine {
  std::string key, value;
  int line = 0;  ///< in the file, from 1
  bool operator==(const StateLine&) const = default;
};

/// What must hold of the screen once it has settled: "expect = lane1.psnr > lane2.psnr". Each side is a number, or the
/// name of one (session/measures.h).
struct Expectation {
  std::string smaller, larger;
  int line = 0;
  bool operator==(const Expectation&) const = default;
};

/// "-56.1" or "0.5" as a number; nothing when it is something else, such as a name.
std::optional<double> number_in(const std::string& text);

/// The name of something on screen.
struct Name {
  std::string name;
  int line = 0;
};

struct Paragraph {
  Spans text;
};
struct Heading {
  Spans text;
};
struct List {
  bool numbered = false;
  std::vector<Spans> items;
};
/// Every row has as many cells as the head.
struct Table {
  std::vector<Spans> head;
  std::vector<std::vector<Spans>> rows;
};
/// What the reader is to do; written as a quotation.
struct Task {
  std::vector<Spans> paragraphs;
};
/// A formula on a line of its own.
struct Formula {
  std::string tex;
};
struct Picture {
  std::filesystem::path file;  ///< as written, relative to the lesson's folder
  std::string alt;
  int line = 0;
};
struct Answer {
  Spans text;
  Spans why;  ///< why it is right, or why it is tempting
  bool right = false;
};
/// Predict, then see: the answers are buttons, and a choice sets the state that shows which is right.
struct Question {
  Spans text;
  std::vector<Answer> answers;
  std::vector<StateLine> reveal;
  std::vector<Expectation> expect;  ///< of the screen after the reveal
};
using Block = std::variant<Paragraph, Heading, List, Table, Task, Formula, Picture, Question>;

struct Page {
  std::string title;
  std::vector<Block> blocks;
  std::vector<StateLine> state;
  std::vector<Expectation> expect;
  std::vector<Name> highlight, hide;
  int line = 0;
};

/// Something in the file that cannot be followed; the rest of the lesson runs without it.
struct Mistake {
  int line = 0;
  std::string text;  ///< a sentence
};

struct Lesson {
  std::filesystem::path file;
  std::string title;
  std::string takeaway;          ///< the lesson in one sentence
  int minutes = 0;               ///< 0: not said
  std::string group;             ///< the heading that it stands under in the table of contents; empty: the first one
  std::vector<StateLine> state;  ///< for every page, before the page's own
  std::vector<Page> pages;       ///< at least one
  std::vector<Mistake> mistakes;
};

/// Reads a lesson from its text; whatever is wrong goes into Lesson::mistakes. Never throws for what is in the text.
Lesson parse_lesson(const std::string& markdown, const std::filesystem::path& file);
/// The file that a lesson is read from: its translation, which lies in a folder of the language in use ("de/") beside
/// it, or where there is none the lesson itself.
std::filesystem::path file_read_for(const std::filesystem::path& lesson);
/// In the language in use. @throws Error when the file cannot be read
Lesson read_lesson(const std::filesystem::path& file);

/// One formula of a lesson, as it has to be typeset.
struct Tex {
  std::string text;
  bool display = false;
  auto operator<=>(const Tex&) const = default;
};
/// Every formula of a lesson, each once, in order.
std::vector<Tex> formulae(const Lesson& lesson);

}  // namespace noiseglass::lessons
