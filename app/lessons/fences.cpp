#include "lessons/fences.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace noiseglass::lessons {
namespace {

bool is_remark(const std::string& text) { return text.empty() || text.front() == '#'; }

/// One answer as it is written, before its Markdown is read.
struct WrittenAnswer {
  std::string text, why;
  bool right = false;
  int line = 0;
};

void append(std::string& to, const std::string& text) { to += (to.empty() || text.empty() ? "" : " ") + text; }

/// "- [x] text" and "- [ ] text"; plain "- text" counts as not right.
WrittenAnswer begin_answer(const std::string& text, int line) {
  WrittenAnswer answer{trimmed(text.substr(1)), "", false, line};
  const std::string box = answer.text.substr(0, 3);
  answer.right = box == "[x]" || box == "[X]";
  if (answer.right || box == "[ ]") answer.text = trimmed(answer.text.substr(3));
  return answer;
}

void check_answers(const std::vector<WrittenAnswer>& answers, int fence, std::vector<Mistake>& mistakes) {
  if (answers.size() < 2 || answers.size() > 4)
    mistakes.push_back(
        {fence, "A question has two to four answers, each on a line that begins with \"- [ ]\"; here are " +
                    std::to_string(answers.size()) + "."});
  const auto right = std::ranges::count_if(answers, &WrittenAnswer::right);
  if (!answers.empty() && right != 1)
    mistakes.push_back(
        {fence, "One answer is the right one, marked \"- [x]\"; here are " + std::to_string(right) + "."});
  for (const WrittenAnswer& answer : answers) {
    if (answer.text.empty()) mistakes.push_back({answer.line, "This answer has no text."});
    if (answer.why.empty())
      mistakes.push_back({answer.line, "This answer lacks a line \"> …\" that says why it is right or tempting."});
  }
}

}  // namespace

std::string trimmed(const std::string& text) {
  const char* blank = " \t\r\n";
  const auto first = text.find_first_not_of(blank);
  return first == text.npos ? "" : text.substr(first, text.find_last_not_of(blank) - first + 1);
}

std::vector<StateLine> state_lines(const std::vector<SourceLine>& lines, std::vector<Mistake>& mistakes) {
  std::vector<StateLine> found;
  for (const SourceLine& line : lines) {
    const std::string text = trimmed(line.text);
    if (is_remark(text)) continue;
    const auto equals = text.find('=');
    const std::string key = trimmed(text.substr(0, equals));
    if (equals == text.npos || key.empty())
      mistakes.push_back({line.line, "\"" + text + "\" is not of the form \"name = value\"."});
    else
      found.push_back({key, trimmed(text.substr(equals + 1)), line.line});
  }
  return found;
}

std::optional<double> number_in(const std::string& text) {
  double value = 0;
  const char* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || stopped != end) return std::nullopt;
  return value;
}

std::vector<Expectation> take_expectations(std::vector<StateLine>& lines, std::vector<Mistake>& mistakes) {
  std::vector<Expectation> found;
  for (const StateLine& line : lines) {
    if (line.key != "expect") continue;
    const auto sign = line.value.find_first_of("<>");
    std::string left = trimmed(line.value.substr(0, sign));
    std::string right = sign == line.value.npos ? "" : trimmed(line.value.substr(sign + 1));
    if (left.empty() || right.empty() || right.find_first_of("<>") != right.npos) {
      mistakes.push_back(
          {line.line, "\"" + line.value + "\" is not of the form \"number < number\" or \"number > number\"."});
      continue;
    }
    if (line.value[sign] == '>') std::swap(left, right);
    found.push_back({std::move(left), std::move(right), line.line});
  }
  std::erase_if(lines, [](const StateLine& line) { return line.key == "expect"; });
  return found;
}

namespace {

/// Lanes were once counted from 0 or lettered; lessons of that time still point at the same things.
std::string name_of_today(const std::string& name) {
  static constexpr std::pair<const char*, const char*> renamed[] = {
      {"lane0_", "lane1."}, {"lane1_", "lane2."}, {"score.plane_b", "score.plane2"}, {"score.probe_b", "score.probe2"}};
  for (const auto& [before, now] : renamed)
    if (name.starts_with(before)) return now + name.substr(std::string(before).size());
  return name;
}

}  // namespace

std::vector<Name> names(const std::vector<SourceLine>& lines) {
  std::vector<Name> found;
  for (const SourceLine& line : lines)
    if (const std::string text = trimmed(line.text); !is_remark(text))
      found.push_back({name_of_today(text), line.line});
  return found;
}

void read_about(const std::vector<SourceLine>& lines, Lesson& lesson) {
  for (const StateLine& line : state_lines(lines, lesson.mistakes)) {
    if (line.key == "takeaway") {
      lesson.takeaway = line.value;
    } else if (line.key == "group") {
      lesson.group = line.value;
    } else if (line.key == "minutes") {
      const char* end = line.value.data() + line.value.size();
      if (std::from_chars(line.value.data(), end, lesson.minutes).ptr != end || lesson.minutes < 1)
        lesson.mistakes.push_back({line.line, "\"" + line.value + "\" is not a number of minutes."}),
            lesson.minutes = 0;
    } else {
      lesson.mistakes.push_back(
          {line.line, "A lesson block sets \"minutes\", \"takeaway\" and \"group\", not \"" + line.key + "\"."});
    }
  }
}

Question question(const std::vector<SourceLine>& lines, int fence, std::vector<Mistake>& mistakes) {
  std::string text;
  std::vector<WrittenAnswer> answers;
  std::vector<SourceLine> reveal;
  enum class Reading { asked, answer, why, state } reading = Reading::asked;
  for (const SourceLine& line : lines) {
    const std::string written = trimmed(line.text);
    if (reading == Reading::state) {
      reveal.push_back(line);
    } else if (written == "reveal:") {
      reading = Reading::state;
    } else if (written.starts_with("- ")) {
      answers.push_back(begin_answer(written, line.line));
      reading = Reading::answer;
    } else if (written.starts_with(">")) {
      if (answers.empty()) {
        mistakes.push_back(
            {line.line, "\"> …\" says why an answer is right or tempting; it belongs below that answer."});
        continue;
      }
      append(answers.back().why, trimmed(written.substr(1)));
      reading = Reading::why;
    } else {  // a line that goes on
      append(reading == Reading::asked    ? text
             : reading == Reading::answer ? answers.back().text
                                          : answers.back().why,
             written);
    }
  }
  if (text.empty()) mistakes.push_back({fence, "This question has no text before its answers."});
  check_answers(answers, fence, mistakes);
  Question made{inline_spans(text), {}, state_lines(reveal, mistakes), {}};
  made.expect = take_expectations(made.reveal, mistakes);
  for (const WrittenAnswer& answer : answers)
    made.answers.push_back({inline_spans(answer.text), inline_spans(answer.why), answer.right});
  return made;
}

}  // namespace noiseglass::lessons
