#pragma once

#include "ui/panels/panel.h"
#include "ui/widgets/plot.h"

#include "export/plots.h"

#include <set>
#include <string>
#include <vector>

namespace noiseglass::app {

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

// The controls of a panel. Each is known as "panel.id": under that name it stands in the landmarks, a lesson hides it
// or draws attention to it, and a setting of that name is what it changes.

/// The setting's value now, of the panel that is open.
double setting(const Ui& ui, const char* id);
int setting_index(const Ui& ui, const char* id);  ///< of a choice or a count
bool setting_on(const Ui& ui, const char* id);
void set_setting(Ui& ui, const char* id, double value);

/// The controls below in a column at the right of `rect`, each with its label above. Where the panel is narrow they
/// stand in one line above it instead, those that a lesson points at first; what has no room there, and the notes, are
/// in a drawer that opens over the panel.
/// @returns what is left of `rect` for the panel. Close it with end_controls().
/// @param wide below this width of `rect` (design pixels) the panel is narrow
Rect begin_controls(Ui& ui, const Rect& rect, float design_width = 260, float wide = 1100);
void end_controls(Ui& ui);
bool controls_in_a_line(const Ui& ui);

/// For controls that a panel draws itself: whether it is to be drawn now; its room is what ImGui says is available.
/// @param width in a line, in screen pixels. Close it with end_control() when it was.
bool begin_control(Ui& ui, const char* id, float width, bool primary = false);
void end_control(Ui& ui);
/// Leaves the height that others take for their labels, in a line.
void skip_label(const Ui& ui);

/// A heading between groups of controls.
void control_heading(Ui& ui, const char* text);
/// A paragraph in the column, dimmed.
void control_note(Ui& ui, const std::string& text);

bool setting_slider(Ui& ui, const char* id, const char* format = "%.2f");
bool setting_slider_log(Ui& ui, const char* id, const char* format = "%.4f");  ///< min must be above zero
bool setting_combo(Ui& ui, const char* id);                                    ///< one of many choices
bool setting_segments(Ui& ui, const char* id);                                 ///< one of two to four, side by side
bool setting_switch(Ui& ui, const char* id);                                   ///< on or off
/// A button with a text; `primary` for the one that the eye should find first. @returns true when pressed
bool panel_button(Ui& ui, const char* id, const char* text, const char* help, bool primary = false,
                  bool enabled = true);

/// For things that are not controls but can be spoken of in a lesson (a plot, a picture): notes the landmark and draws
/// the lesson's highlight around it.
void mark(Ui& ui, const char* id, const Rect& rect);
/// The same for a picture, field or curve that the panel is about: the layout has to give it its room.
void mark_subject(Ui& ui, const char* id, const Rect& rect);
/// The same of a plot whose numbers can be taken away.
void mark_subject(Ui& ui, const char* id, const Rect& rect, exports::Plot plot);
/// What the window shows as a plot, for paper.
exports::Plot on_paper(const Plot& plot, const std::string& title, const std::string& y_label);
/// The same for a plot: it is known by the field inside its axes, and takes the room of their numbers too.
void mark_plot(Ui& ui, const char* id, const Rect& field, const Rect& with_axes);
/// The same of one whose numbers can be taken away.
void mark_plot(Ui& ui, const char* id, const Rect& field, const Rect& with_axes, exports::Plot plot);
/// A curve for paper, without a cursor.
exports::Curve curve_on_paper(std::string label, std::vector<double> x, std::vector<double> y);
bool is_hidden(const Ui& ui, const char* id);

/// The item just made is a plane on which arrows move a point: the settings that say how far across and how far up it
/// is, of which one may be null.
/// @returns what else it was told
FocusKeys probe_by_keys(Ui& ui, const char* across, const char* up, double step);

}  // namespace noiseglass::app
