#pragma once

#include "session/actions.h"
#include "session/nearest.h"
#include "ui/theme.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/filmstrip.h"
#include "ui/window/folder_look.h"
#include "ui/window/pictures.h"
#include "ui/window/thumbnails.h"

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace noiseglass::app {

class Exporter;
class Panel;
struct LessonData;

/// The nearest training picture of a lane's sample, and how it is looked for.
struct NearestShown {
  std::unique_ptr<NearestSearch> search;
  std::shared_ptr<const NearestPicture> shown;  ///< what the textures show
  render::Texture sample, found;
};

/// How the controls of the open panel are laid out: see begin_controls().
struct ControlsLayout {
  struct Asked {
    std::string id;
    float width = 0;
    int rank = 0;
  };
  std::string panel;            ///< whose they are
  bool line = false;            ///< in a line above the panel, not in a column beside it
  bool drawer = false;          ///< all of them in a drawer over the panel
  Rect place;                   ///< of the line
  float x = 0;                  ///< where its next control goes
  bool notes = false;           ///< there are some, for which a line has no room
  std::vector<Asked> asked;     ///< by this frame
  std::set<std::string> shown;  ///< those that have room, as the frame before found
};

/// What panels keep between frames that is neither state nor result: textures, half-typed texts.
struct PanelData {
  render::NoiseMixer mixer;
  std::array<LanePictures, 2> pictures;
  std::array<Filmstrip, 2> forward, reverse;
  Thumbnails thumbnails;
  std::array<NearestShown, 2> nearest;
  std::filesystem::path folder;  ///< of the open dialog
  FolderLook look;               ///< at it, or at what was typed
  std::string typed_path;
  std::string dialog;  ///< the one that is open, if any
  bool open_dialog = false, help = false;
  bool save_dialog = false;
  std::string typed_save, to_save, to_open;  ///< of sessions: half typed, and to be done after this frame
  bool bring_back = true;                    ///< the preference: start with the last session
  /// Keys as the window system told them: ImGui 1.86 misses those that are shorter than a frame.
  bool enter_pressed = false, escape_pressed = false;
  std::map<std::string, std::string> broken;             ///< panels that failed, by id, with the sentence why
  std::map<std::string, std::shared_ptr<Panel>> opened;  ///< panels that have been looked at, by id
  ControlsLayout controls;
  std::set<std::string> hidden, highlighted;  ///< "panel.name" of what a lesson hides or points at
  std::shared_ptr<Exporter> exporter;         ///< what is taken away: see exporter.h
  std::shared_ptr<LessonData> lesson;         ///< the one that is open, if any; see lessons/lessons.h
};

/// What a panel gets: it reads the session, and changes `next`, which is applied after the frame.
struct Ui {
  const Theme& theme;
  const Session& session;
  AppState& next;
  PanelData& data;
  std::map<std::string, Rect>& landmarks;  ///< where things are, for tests that use the mouse
  const std::function<void()>& wake;       ///< draws another frame; any thread may call it
};

// One panel, one .cpp.
void draw_tabs(Ui& ui, const Rect& rect);
void draw_picture_bar(Ui& ui, const Rect& rect);
void draw_picture_strip(Ui& ui, const Rect& rect);
void draw_lanes(Ui& ui, const Rect& rect);
/// The width that lanes of this height can use, whatever there is.
float lanes_width(const Session& session, const Theme& theme, float height);
void draw_lane_settings(Ui& ui, int lane);  ///< the popup "lane settings"
void draw_plots(Ui& ui, const Rect& rect);
void draw_timeline(Ui& ui, const Rect& rect);
void draw_time_bar(Ui& ui, const Rect& rect);  ///< the slider and what belongs to it, where there are no filmstrips
void draw_open_panel(Ui& ui, const Rect& rect);
/// Whether every lane shows a sample whose network's training pictures come with the program.
bool has_nearest(const Session& session);
void draw_nearest_button(Ui& ui, float width);  ///< with the popup that it opens
void draw_open_dialog(Ui& ui);
void draw_opening(Ui& ui, const Rect& rect);  ///< that a picture is being opened, when that takes its time
void draw_help(Ui& ui);
/// What is on screen as lines for a lesson, on the clipboard.
void copy_state(const Session& session);
/// Draws a part of the window in `rect`. When that fails, the sentence why stands in its place, and all other parts go
/// on.
void draw_part(Ui& ui, const char* name, const Rect& rect, const std::function<void()>& draw);

/// What is to be said of a guess that is a quick look, or not of the lane's t; empty if neither.
std::string about_guess_of(const LaneView& lane);

/// What the lanes differ in, as their titles: {"Linear", "Cosine"}, or {"Linear · DDIM", "Cosine · Heun"}.
std::array<std::string, 2> lane_titles(const Session& session);
/// The rest of a lane's settings, in a few words: "photo network · DDIM, 50 steps".
std::string lane_details(const Session& session, int lane);

}  // namespace noiseglass::app
