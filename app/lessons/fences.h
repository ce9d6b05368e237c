#pragma once

#include "lessons/lesson.h"

#include <string>
#include <vector>

namespace noiseglass::lessons {

// What stands between ``` and ```: one function for each kind. Mistakes are added to `mistakes`.

struct SourceLine {
  std::string text;
  int line = 0;
};

std::vector<StateLine> state_lines(const std::vector<SourceLine>& lines, std::vector<Mistake>& mistakes);
/// Takes the lines "expect = …" out of those of a state.
std::vector<Expectation> take_expectations(std::vector<StateLine>& lines, std::vector<Mistake>& mistakes);
std::vector<Name> names(const std::vector<SourceLine>& lines);
/// @param lesson gets its minutes, its takeaway and its group
void read_about(const std::vector<SourceLine>& lines, Lesson& lesson);
Question question(const std::vector<SourceLine>& lines, int fence, std::vector<Mistake>& mistakes);

/// Markdown in one paragraph, such as the text of an answer.
Spans inline_spans(const std::string& markdown);

std::string trimmed(const std::string& text);

}  // namespace noiseglass::lessons
