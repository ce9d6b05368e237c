#include "fuzz/foreign.h"
#include "fuzz/targets.h"
#include "lessons/place.h"
#include "session/preferences.h"

void noiseglass::fuzz::run_kept(std::span<const char> bytes) {
  static const OwnFolder folder;
  const auto file = folder.put("kept.json", bytes);
  const app::Preferences before = app::read_preferences(file);
  app::write_preferences(file, before);
  demand(app::read_preferences(file).scale == before.scale, "preferences are kept");

  folder.put("kept.json", bytes);
  lessons::Lesson lesson;
  lesson.file = "/nowhere/lesson.md";
  lesson.pages.resize(3);
  lessons::Places places(file);
  (void)places.of(lesson);
  places.keep(lesson, 2);
  demand(places.of(lesson).page == 2, "a place is kept");
}
