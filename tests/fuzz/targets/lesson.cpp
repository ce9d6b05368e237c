#include "lessons/lesson.h"
#include "fuzz/foreign.h"
#include "fuzz/targets.h"
#include "lessons/reader.h"

void noiseglass::fuzz::run_lesson(std::span<const char> bytes) {
  static const Library library = load_library();
  const lessons::Lesson lesson = lessons::parse_lesson(text_of(bytes), "/nowhere/lesson.md");
  demand(!lesson.pages.empty(), "a lesson has a page");
  (void)lessons::formulae(lesson);
  app::LessonReader reader(library, {});
  app::AppState state = app::starting_state(library);
  reader.open(lesson, state);
  for (int page = 0; page < reader.page_count() && page < 8; ++page) {
    reader.turn_to(page);
    for (std::size_t i = 0; i < reader.page().blocks.size(); ++i)
      if (std::holds_alternative<lessons::Question>(reader.page().blocks[i])) {
        reader.answer(int(i), 0, state);
        reader.reveal_again(int(i), state);
      }
    if (auto next = reader.take_state(state)) {
      app::bring_into_range(*next);
      demand(!app::why_refused(*next), "a page sets a state that can be shown");
      state = *next;
    }
  }
}
