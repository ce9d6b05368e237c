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
  fence,
  rule,
  markup,
  emphasis,
  strong,
  code,
  picture,
  formula,
  display_formula
};

struct MarkdownEvents {
  /// @param text of a heading: nothing; of a fence: the word behind ```; of a picture: its file
  /// @param number of a heading: its level; of a list: 1 when it is numbered
  std::function<void(Mark, const std::string& text, int number, int line)> begin;
  std::function<void(Mark)> end;
  std::function<void(const std::string& text, int line)> text;  ///< "\n" is a forced break
};

/// CommonMark with $formulae$. `line` is 0 where it is not known. @throws Error when memory ends
void read_markdown(const std::string& markdown, const MarkdownEvents& events);

}  // namespace noiseglass::lessons
