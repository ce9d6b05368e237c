#include "ui/window/keeper.h"

#include "lessons/library.h"
#include "session/folders.h"
#include "session/kept_file.h"

#include "noiseglass/error.h"
#include "noiseglass/files.h"

#include <algorithm>
#include <chrono>
#include <limits>
#include <thread>
#include <utility>

namespace noiseglass::app {
namespace {

namespace fs = std::filesystem;

constexpr double seconds_unkept = 60;

fs::path last_session() { return state_folder().empty() ? fs::path() : state_folder() / "last.noiseglass"; }
fs::path preferences_file() { return config_folder().empty() ? fs::path() : config_folder() / "preferences.json"; }

/// Playing moves the slider all the time; that alone is nothing to be kept.
bool only_plays(AppState state, const AppState& kept) {
  state.playing = kept.playing;
  if (state.playing != Playing::paused) state.position = kept.position;
  return state == kept;
}

}  // namespace

Keeper::Keeper(Session& session, LessonReader& reader, bool keeps) : session_(session), reader_(reader), keeps_(keeps) {
  if (keeps_ && !preferences_file().empty()) preferences = read_preferences(preferences_file());
}

bool Keeper::can_open(const std::string& file) { return is_link(file) || file.ends_with(session_ending); }

void Keeper::open(const std::string& file) try {
  if (is_link(file)) return take({state_of_link(file, session_.library()), {}, {}});
  take(open_session(file, session_.library()));
  if (is_kept(file, kept_folder())) return file_.clear();  // saving asks for a place of one's own
  opened_ = file_ = fs::absolute(file);
} catch (const Error& error) {
  session_.say(error.what());
}

void Keeper::begin_to_open(const std::string& file, std::function<void()> wake) {
  if (is_link(file)) return open(file);
  reading_ = file;
  read_ = {};
  auto read = [file, library = session_.shared_library()](std::stop_token) { return open_session(file, *library); };
  errand_.begin(read_.job(1, std::move(wake), std::move(read)));
}

void Keeper::take_read() {
  const auto read = read_.get();
  if (!read) return;
  read_ = {};
  if (!read.value) return session_.say(read.problem);
  take(*read.value);
  opened_ = file_ = fs::absolute(reading_);
}

void Keeper::bring_back() {
  std::error_code error;
  const fs::path file = last_session();
  if (!keeps_ || !preferences.bring_back || !fs::is_regular_file(file, error)) return;
  try {
    take(open_session(file, session_.library()));
    session_.history().begin(session_.state());
  } catch (const Error& problem) {
    session_.say(problem.what());
  }
}

void Keeper::take(const SavedSession& saved) {
  if (!session_.open_state(saved.state)) return session_.say(session_.refusal()->sentence);
  if (!saved.lesson.file.empty()) try {
      reader_.go_on(lessons::find_lesson(saved.lesson.file), saved.lesson.page, saved.lesson.answers, saved.state);
    } catch (const Error& error) {
      session_.say(error.what());
    }
  if (!saved.problems.empty()) session_.say(saved.problems.front());
  kept_ = session_.state();
  kept_lesson_ = lesson();
}

SavedLesson Keeper::lesson() const {
  if (!reader_.is_open()) return {};
  const fs::path& file = reader_.lesson().file;
  std::error_code error;
  const bool bundled = fs::equivalent(file.parent_path(), assets_folder() / "lessons", error);
  return {bundled ? file.stem().string() : fs::absolute(file, error).string(), reader_.page_index(), reader_.answers()};
}

bool Keeper::save() {
  if (file_.empty()) return false;
  save(file_);
  return true;
}

void Keeper::save(fs::path file) try {
  if (file.extension() != session_ending) file += session_ending;
  std::string lacks;
  save_session(file, session_text(session_.state(), lesson(), session_.library(), embedded_bytes, &lacks));
  opened_ = file_ = fs::absolute(file);
  session_.say(lacks.empty() ? "Saved as " + file_.filename().string() + "." : "Saved without the picture: " + lacks);
} catch (const Error& error) {
  session_.say(error.what());
}

double Keeper::rest() const {
  if (!changed_since_) return std::numeric_limits<double>::infinity();
  const std::chrono::duration<double> unkept = std::chrono::steady_clock::now() - *changed_since_;
  return std::max(0.0, seconds_unkept - unkept.count());
}

void Keeper::tick(bool held) {
  take_read();
  if (!keeps_) return;
  const AppState& state = session_.state();
  if (only_plays(state, kept_) && lesson() == kept_lesson_) return changed_since_.reset();
  if (!changed_since_) changed_since_ = std::chrono::steady_clock::now();
  const bool drawn = state.texts != kept_.texts && !held;
  if (drawn || rest() <= 0) keep_last();
}

/// On a thread: a large picture of one's own takes its time.
void Keeper::keep_last() {
  changed_since_.reset();
  kept_ = session_.state();
  kept_lesson_ = lesson();
  if (last_session().empty()) return;
  worker_.want({{++writing_, [state = kept_, saved = kept_lesson_, &library = session_.library()](std::stop_token) {
                   try {
                     std::error_code error;
                     fs::create_directories(state_folder(), error);
                     save_session(last_session(), session_text(state, saved, library));
                   } catch (const Error&) {  // no room, no rights: it is only a convenience
                   }
                 }}});
}

void Keeper::finish() {
  if (!keeps_) return;
  if (!only_plays(session_.state(), kept_) || !(lesson() == kept_lesson_)) keep_last();
  while (worker_.busy()) std::this_thread::sleep_for(std::chrono::milliseconds(5));
}

void Keeper::keep_preferences() {
  if (keeps_ && !preferences_file().empty()) write_preferences(preferences_file(), preferences);
}

}  // namespace noiseglass::app
