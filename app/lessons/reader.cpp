#include "lessons/reader.h"

#include "lessons/equations.h"
#include "session/measures.h"
#include "session/panel_record.h"
#include "session/set_state.h"

#include "noiseglass/error.h"

#include <algorithm>
#include <utility>

namespace noiseglass::app {
namespace {

std::vector<Assignment> assignments(const std::vector<lessons::StateLine>& lines) {
  std::vector<Assignment> all;
  for (const lessons::StateLine& line : lines) all.push_back({line.key, line.value, line.line});
  return all;
}

std::filesystem::file_time_type time_of(const std::filesystem::path& file) {
  std::error_code error;
  return std::filesystem::last_write_time(file, error);
}

}  // namespace

LessonReader::LessonReader(const Library& library, std::filesystem::path places)
    : library_(library), places_(std::move(places)) {}

void LessonReader::open(lessons::Lesson lesson, const AppState& now) {
  if (!lesson_) before_ = now;
  lesson_ = std::move(lesson);
  read_from_ = lessons::file_read_for(lesson_->file);
  written_ = time_of(read_from_);
  answers_.clear();
  check();
  turn_to(places_.of(*lesson_).page);
}

void LessonReader::go_on(lessons::Lesson lesson, int page, std::map<std::pair<int, int>, int> answers,
                         const AppState& now) {
  open(std::move(lesson), now);
  turn_to(page);
  answers_ = std::move(answers);
  pending_.reset();
}

void LessonReader::leave() {
  if (!lesson_) return;
  lesson_.reset();
  mistakes_.clear();
  before_.playing = Playing::paused;
  pending_ = before_;
}

void LessonReader::turn_to(int page) {
  if (!lesson_) return;
  page_ = std::clamp(page, 0, page_count() - 1);
  places_.keep(*lesson_, page_);
  set_up();
}

void LessonReader::set_up_again() { set_up(); }

void LessonReader::set_up() { pending_ = state_of(page_); }

/// Every page starts from the same ground, so it looks the same whichever page was before it.
AppState LessonReader::state_of(int page) const {
  AppState state = starting_state(library_);
  state.working_size = before_.working_size;
  if (state.picture.empty()) state.picture = before_.picture;
  const auto folder = lesson_->file.parent_path();
  set_state(state, assignments(lesson_->state), library_, folder);
  set_state(state, assignments(lesson_->pages[page].state), library_, folder);
  return state;
}

std::optional<int> LessonReader::answer_to(int block) const {
  const auto found = answers_.find({page_, block});
  return found == answers_.end() ? std::nullopt : std::optional(found->second);
}

void LessonReader::answer(int block, int answer, const AppState& now) {
  if (!answers_.emplace(std::pair(page_, block), answer).second) return;
  reveal_again(block, now);
}

void LessonReader::reveal_again(int block, const AppState& now) {
  const auto* question = std::get_if<lessons::Question>(&page().blocks[block]);
  if (!question || question->reveal.empty()) return;
  AppState state = now;
  set_state(state, assignments(question->reveal), library_, lesson_->file.parent_path());
  pending_ = std::move(state);
}

std::optional<AppState> LessonReader::take_state(const AppState& now) {
  if (pending_) pending_->look = now.look;
  return std::exchange(pending_, {});
}

/// Tries every page and every reveal once, so that each wrong line is known from the start.
void LessonReader::check() {
  mistakes_ = lesson_->mistakes;
  for (lessons::Mistake& missing : lessons::formulae_without_outline(*lesson_)) mistakes_.push_back(std::move(missing));
  const auto folder = lesson_->file.parent_path();
  const auto try_out = [&](AppState state, const std::vector<lessons::StateLine>& lines) {
    for (WrongAssignment& wrong : set_state(state, assignments(lines), library_, folder))
      mistakes_.push_back({wrong.line, std::move(wrong.text)});
  };
  const auto names = measure_names();
  const auto look_up = [&](const std::vector<lessons::Expectation>& expectations) {
    for (const lessons::Expectation& expectation : expectations)
      for (const std::string& side : {expectation.smaller, expectation.larger})
        if (!lessons::number_in(side) && !is_fact(side) && std::ranges::find(names, side) == names.end())
          mistakes_.push_back({expectation.line, "\"" + side + "\" is neither a number nor the name of one."});
  };
  try_out({}, lesson_->state);
  AppState base;
  set_state(base, assignments(lesson_->state), library_, folder);
  for (int i = 0; i < page_count(); ++i) {
    try_out(base, lesson_->pages[i].state);
    look_up(lesson_->pages[i].expect);
    for (const lessons::Block& block : lesson_->pages[i].blocks)
      if (const auto* question = std::get_if<lessons::Question>(&block))
        try_out(state_of(i), question->reveal), look_up(question->expect);
  }
  std::ranges::stable_sort(mistakes_, {}, &lessons::Mistake::line);
}

void LessonReader::name_is_unknown(const lessons::Name& name) {
  for (const lessons::Mistake& known : mistakes_)
    if (known.line == name.line) return;
  mistakes_.push_back({name.line, "Nothing on this page's screen is called \"" + name.name + "\"."});
}

void LessonReader::name_is_known(const lessons::Name& name) {
  std::erase_if(mistakes_, [&](const lessons::Mistake& mistake) { return mistake.line == name.line; });
}

bool LessonReader::was_rewritten() const {
  return lesson_ && (lessons::file_read_for(lesson_->file) != read_from_ || time_of(read_from_) != written_);
}

void LessonReader::follow_file(const AppState& now) {
  if (!was_rewritten()) return;
  try {
    lessons::Lesson again = lessons::read_lesson(lesson_->file);
    const int page = page_;
    const bool only_translated = lessons::file_read_for(lesson_->file) != read_from_;
    auto answers = answers_;
    open(std::move(again), now);
    turn_to(page);
    if (only_translated) answers_ = std::move(answers), pending_.reset();  // the screen stays as it is
  } catch (const Error&) {  // in the middle of being written: the next look will find it whole
  }
}

}  // namespace noiseglass::app
