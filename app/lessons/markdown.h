#pragma once

#include <functional>
#include <string>

namespace noiseglass::lessons {

/// The events of reading Markdown, without the details of the library that reads it.
enum class Mark {
  paragraph,
  heading,
  list,
  item,
  quotation,
  table,
  row,
  cell,
  fence,
  rule,
  markup,
  emphasis,
  strong,
  code,
  link,
  picture,
  formula,
  display_formula
};

struct MarkdownEvents {
  /// @param text of a heading: nothing; of a fence: the word behind ```; of a picture: its file; of a link: where to
  /// @param number of a heading: its level; of a list: 1 when it is numbered; of a cell: 1 in the table's head
  std::function<void(Mark, const std::string& text, int number, int line)> begin;
  std::function<void(Mark)> end;
  std::function<void(const std::string& text, int line)> text;  ///< "\n" is a forced break
};

/// CommonMark with $formulae$ and tables. `line` is 0 where it is not known. @throws Error when memory ends
void read_markdown(const std::string& markdown, const MarkdownEvents& events);

}  // namespace noiseglass::lessons
