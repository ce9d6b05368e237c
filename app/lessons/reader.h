#pragma once

#include "lessons/lesson.h"
#include "lessons/place.h"
#include "session/state.h"

#include "noiseglass/library.h"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace noiseglass::app {

/// The lesson that is open, the page, the answers that were given; and the state that the window has to take on because
/// of them. It draws nothing.
class LessonReader {
 public:
  explicit LessonReader(const Library& library, std::filesystem::path places = lessons::Places::usual_file());

  /// Opens a lesson where it was left. @param now what leaving gives back (when no lesson is open yet)
  void open(lessons::Lesson lesson, const AppState& now);
  void leave();
  bool is_open() const { return lesson_.has_value(); }

  const lessons::Lesson& lesson() const { return *lesson_; }
  const lessons::Page& page() const { return lesson_->pages[page_]; }
  int page_index() const { return page_; }
  int page_count() const { return int(lesson_->pages.size()); }
  void turn_to(int page);  ///< brought into range; sets the page's state
  void turn(int pages) { turn_to(page_ + pages); }
  void set_up_again();

  /// The answer given to the question in this block of the page.
  std::optional<int> answer_to(int block) const;
  /// The first answer counts; it sets the state that shows which one is right.
  void answer(int block, int answer, const AppState& now);
  /// Sets that state once more.
  void reveal_again(int block, const AppState& now);

  /// Every answer that was given, by page and block; and a place in a lesson with its answers, as a saved session has
  /// it, which sets no state.
  const std::map<std::pair<int, int>, int>& answers() const { return answers_; }
  void go_on(lessons::Lesson lesson, int page, std::map<std::pair<int, int>, int> answers, const AppState& now);

  /// What the window is to be set to, if anything; asked for once a frame. How it looks (its theme) stays as it is.
  std::optional<AppState> take_state(const AppState& now);

  /// Those of the file, and the lines of state and names that mean nothing here.
  const std::vector<lessons::Mistake>& mistakes() const { return mistakes_; }
  /// Takes note of a name on this page that nothing on screen has.
  void name_is_unknown(const lessons::Name& name);
  void name_is_known(const lessons::Name& name);  ///< it came late

  /// Whether the file has been written to since it was read, or would be read from another one: its translation.
  bool was_rewritten() const;
  /// Reads the file again when it has been written to: whoever writes a lesson sees it change.
  void follow_file(const AppState& now);

  const lessons::Places& places() const { return places_; }

 private:
  AppState state_of(int page) const;
  void check();
  void set_up();

  const Library& library_;
  lessons::Places places_;
  std::optional<lessons::Lesson> lesson_;
  std::filesystem::path read_from_;
  std::filesystem::file_time_type written_;
  int page_ = 0;
  AppState before_;
  std::map<std::pair<int, int>, int> answers_;  // by page and block
  std::optional<AppState> pending_;
  std::vector<lessons::Mistake> mistakes_;
};

}  // namespace noiseglass::app
