#pragma once

#include "session/actions.h"
#include "session/wall.h"
#include "ui/theme.h"
#include "ui/widgets/focus.h"
#include "ui/window/pictures.h"

#include <array>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace noiseglass::app {

class Exporter;
class PlatformDialog;
struct ControlsLayout;
struct LessonData;
struct Preferences;

/// Pictures on the graphics card that more than one part shows.
struct Graphics {
  render::NoiseMixer mixer;
  std::array<LanePictures, 2> pictures;
  std::array<std::unique_ptr<WallReader>, 2> wall_readers;
  float wipe = 0;  ///< how much of a tile's width shows the original: see wipe.h
};

/// What popups hear and say.
struct Popups {
  /// Keys as the window system told them: ImGui 1.86 misses those that are shorter than a frame.
  bool enter = false, escape = false;
  int pages = 0;     ///< Page Down, less Page Up
  std::string open;  ///< the name of the one that is open, for tests
};

/// What the open page of a lesson hides and points at, each as "panel.name".
struct Marks {
  std::set<std::string> hidden, highlighted;
};

/// What parts ask of the window, done with the next frame.
struct Requests {
  std::vector<std::string> actions;  ///< rows of the table of actions that the window itself does
  std::filesystem::path open, save;  ///< a session to be opened, or to be saved as
  bool follow_system = false;        ///< the look is to be the desktop's
  void act(const std::string& id) { actions.push_back(id); }
};

/// What a panel gets: it reads the session, and changes `next`, which is applied after the frame.
struct Ui {
  const Theme& theme;
  const Session& session;
  AppState& next;
  std::map<std::string, Rect>& landmarks;  ///< where things are, for tests that use the mouse
  const std::function<void()>& wake;       ///< draws another frame; any thread may call it
  Graphics& graphics;
  LessonData& lesson;
  Preferences& preferences;
  ControlsLayout& controls;  ///< of the open panel
  Marks& marks;
  Popups& popups;
  Requests& requests;
  Exporter& exporter;                          ///< what is taken away: see exporter.h
  PlatformDialog& platform;                    ///< the system's own dialog for files
  std::map<std::string, std::string>& broken;  ///< parts and panels that failed, with the sentence why
};

// One part, one .cpp; those that keep something between frames have a header.
/// @returns the room that is left in its row, where tabs are chosen from a box
Rect draw_tabs(Ui& ui, const Rect& rect);
void draw_picture_bar(Ui& ui, const Rect& rect);
void draw_lanes(Ui& ui, const Rect& rect);
/// The width that lanes of this height can use, whatever there is.
float lanes_width(const Session& session, const Theme& theme, float height);
void draw_lane_settings(Ui& ui, int lane);  ///< the popup "lane settings"
void draw_plots(Ui& ui, const Rect& rect);
float narration_height(const Ui& ui, float width);
void draw_narration(Ui& ui, const Rect& rect);  ///< alone, large: the timeline has it as well
void draw_time_bar(Ui& ui, const Rect& rect);   ///< the slider and what belongs to it, where there are no filmstrips
/// What hands do to the slider of t, whose item was just made, beside dragging it. @param field where t is typed
void time_slider_hands(Ui& ui, const Rect& field);
void draw_opening(Ui& ui, const Rect& rect);  ///< that a picture is being opened, when that takes its time
/// What is on screen as lines for a lesson, on the clipboard.
void copy_state(const Session& session);
/// Draws a part of the window in `rect`. When that fails, the sentence why stands in its place, and all other parts go
/// on.
void draw_part(Ui& ui, const char* name, const Rect& rect, const std::function<void()>& draw);

/// What is to be said of a guess that is a quick look, or not of the lane's t; empty if neither.
std::string about_guess_of(const LaneView& lane);

/// What the lanes differ in, as their titles: {"Linear", "Cosine"}, or {"Linear · DDIM", "Cosine · Heun"}.
std::array<std::string, 2> lane_titles(const Session& session);
std::array<std::string, 2> schedule_titles(const Session& session);
/// The rest of a lane's settings, in a few words: "photo network · DDIM, 50 steps".
std::string lane_details(const Session& session, int lane);

}  // namespace noiseglass::app
