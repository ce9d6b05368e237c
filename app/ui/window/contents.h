#pragma once

#include "ui/lessons/lessons.h"
#include "ui/panels/shared/controls.h"
#include "ui/window/dialogs.h"
#include "ui/window/exporter.h"
#include "ui/window/keeper.h"
#include "ui/window/open_panel.h"
#include "ui/window/palette/palette.h"
#include "ui/window/paste.h"
#include "ui/window/picture_strip.h"
#include "ui/window/platform_dialog.h"
#include "ui/window/system_look.h"
#include "ui/window/timeline.h"
#include "ui/window/tour.h"
#include "window_options.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace noiseglass::app {

/// All that is in the window, whoever shows it: GLFW's window, or a test that has no display. It needs a current OpenGL
/// context, and one of Dear ImGui with its OpenGL backend.
class Contents {
 public:
  Contents(const WindowOptions& options, Session& session, std::function<void()> wake);

  Session& session() { return session_; }
  LessonData& lesson() { return lesson_; }
  const Marks& marks() const { return marks_; }
  const Theme& theme() const { return theme_; }
  const std::map<std::string, Rect>& landmarks() const { return landmarks_; }

  void open(const std::string& file);  ///< a picture, a lesson, a session or a link
  void finish();                       ///< before the window goes: keeps the last session
  void drop(std::string file) { dropped_ = std::move(file); }
  /// A row of the table of actions, done with the next frame.
  void act(const std::string& id) { requests_.act(id); }
  /// Keys that a popup hears, though they are shorter than a frame.
  void press_enter() { popups_.enter = true; }
  void press_escape() { popups_.escape = true; }
  void press_arrow(int down) { exporter_.moved += down, palette_.move(down), lesson_.scroll += down; }
  void press_page(int down) { popups_.pages += down; }
  bool touring() const { return tour_.is_open(); }
  const Exporter& exporter() const { return exporter_; }

  /// Fonts and colours, when the scale or the theme has changed, or the window while it projects.
  void apply_appearance(float scale);
  /// Everything, between ImGui's NewFrame and Render. @returns whether the next frame will look different
  bool draw();
  /// After that has been rendered, in pixels of this size: takes a picture of it when one is wanted.
  void drawn(int width, int height);
  bool wants_frames() const;  ///< the open panel moves by itself
  /// Seconds until something may look different though nobody did anything: a caret that blinks, a lesson file that is
  /// being written. Infinite where all is still.
  double rest() const;
  /// Whether it does look different when that time has passed.
  bool stirs();
  bool full_screen() const { return full_screen_; }  ///< whether a person wants the whole screen
  bool projecting() const { return theme_.projecting; }
  /// How much larger than usual a person wants everything.
  float user_scale() const { return float(preferences_.scale); }

  /// Numbers that the open panel shows, by their names in its record; none while it has nothing to show.
  std::map<std::string, double> facts() const;
  /// Where things are and what the state is, as JSON text.
  std::string describe() const;

 private:
  void set_from_command_line(const WindowOptions& options);
  void choose_look(const WindowOptions& options);
  bool follows_system() const { return (asked_theme_.empty() ? preferences_.theme : asked_theme_) == "system"; }
  void follow_system();
  void note_look(Look before, Look now);
  void perform_own(const std::string& id);
  void follow_requests(AppState& next);
  void parts(Ui& ui, ImVec2 size);
  Rect around_picture(Ui& ui, const Rect& rect, float bottom);
  void pictures(Ui& ui, const Rect& rect);
  void projected_pictures(Ui& ui, const Rect& rect);
  void explore(Ui& ui, const Rect& rect);
  bool is_broken() const;  ///< a part could not be drawn in the last frame
  void keep();
  void note_what_was_opened();
  std::uint64_t gesture_now();
  bool follow_lesson();

  Session& session_;
  std::function<void()> wake_;
  LessonData lesson_;
  Keeper keeper_;
  Preferences preferences_;
  Graphics graphics_;
  ControlsLayout controls_;
  Marks marks_;
  Popups popups_;
  Requests requests_;
  std::map<std::string, std::string> broken_;  // see Ui
  PictureStrip strip_;
  Timeline timeline_;
  OpenPanel panel_;
  OpenDialog open_dialog_;
  SaveDialog save_dialog_;
  Help help_;
  Palette palette_;
  Exporter exporter_;
  PlatformDialog platform_;
  SystemLook system_;
  std::optional<Look> system_look_;  // as the system has been followed
  std::string asked_theme_;          // on the command line, for this time
  Tour tour_;
  Theme theme_;
  std::map<std::string, Rect> landmarks_;
  Rect beside_tabs_;  // what is free there
  std::string dropped_;
  std::filesystem::path seen_picture_;  // by the frame before
  Paste paste_;
  bool full_screen_ = false;
  bool takes_screen_ = false;  // what this frame draws is taken
  bool held_ = false;          // something is pressed
  std::uint64_t gesture_ = 0;
};

}  // namespace noiseglass::app
