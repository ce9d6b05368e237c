#pragma once

#include "lessons/reader.h"
#include "session/errand.h"
#include "session/preferences.h"
#include "session/published.h"
#include "session/session.h"
#include "session/session_file.h"
#include "session/worker.h"

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <utility>

namespace noiseglass::app {

constexpr const char* session_ending = ".noiseglass";

/// Saving and opening sessions, and the last one, which is kept by itself.
class Keeper {
 public:
  /// @param keeps whether the last session and preferences are written at all
  Keeper(Session& session, LessonReader& reader, bool keeps);

  static bool can_open(const std::string& file);  ///< a saved session, or a link
  void open(const std::string& file);             ///< what is wrong with it becomes the session's message
  /// The same beside the frame: a large one takes its time, and a drive may not answer. tick() takes it on.
  void begin_to_open(const std::string& file, std::function<void()> wake);
  void bring_back();  ///< the last session, if there is one
  void save(std::filesystem::path file);
  bool save();  ///< @returns false where there is no name yet

  /// Once a frame: keeps the last session a minute after a change, and at once what was drawn or typed.
  /// @param held something is pressed: what is being drawn is not done yet
  void tick(bool held);
  double rest() const;  ///< seconds until tick() has something to do; infinite when nothing has changed
  /// At the end.
  void finish();

  Preferences preferences;
  void keep_preferences();
  /// The session's file that was opened or saved since this was asked last; empty where none was.
  std::filesystem::path take_file_opened() { return std::exchange(opened_, {}); }

 private:
  SavedLesson lesson() const;
  void take(const SavedSession& saved);
  void take_read();
  void keep_last();

  Session& session_;
  LessonReader& reader_;
  bool keeps_;
  std::filesystem::path file_;  // of this session, once it has a name
  std::filesystem::path opened_;
  AppState kept_;  // what the last session's file holds
  SavedLesson kept_lesson_;
  std::optional<std::chrono::steady_clock::time_point> changed_since_;
  std::string reading_;
  Published<SavedSession> read_;
  Errand errand_;
  std::uint64_t writing_ = 0;
  Worker worker_;  // last: it ends before what its jobs use
};

}  // namespace noiseglass::app
