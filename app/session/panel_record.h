#pragma once

#include "session/state.h"

#include <string>
#include <vector>

namespace noiseglass::app {

/// One thing that can be adjusted in a panel: by its control, by a lesson, or by a test. Its value lives in
/// AppState::settings under "panel.setting"; what is not there has the default.
struct Setting {
  std::string id;     ///< within its panel, such as "dataset"
  std::string label;  ///< beside the control
  std::string help;   ///< the tooltip: what it changes, in one sentence
  double value = 0;   ///< the default; for choices an index
  double min = 0, max = 1;
  bool whole = false;  ///< integers only
  std::vector<std::string>
      choices;  ///< if not empty, the value is one of these (lessons name it), min and max are not used
  std::vector<std::string> old_choices = {};  ///< what they were once called, for lessons that were written then

  static Setting number(std::string id, std::string label, std::string help, double value, double min, double max);
  static Setting count(std::string id, std::string label, std::string help, int value, int min, int max);
  static Setting choice(std::string id, std::string label, std::string help, std::vector<std::string> choices,
                        int value = 0);
  static Setting on_off(std::string id, std::string label, std::string help, bool on);
};

/// How a panel is found and named, and what can be set in it; one row of the list in panels/panels.h. How it is drawn
/// is the window's affair (ui/panels/).
struct PanelRecord {
  std::string id;          ///< in lessons and landmarks: "score"
  std::string label;       ///< the tab: "Score"
  std::string summary;     ///< what there is to see, one sentence under the title
  std::string group = {};  ///< the tab whose menu it is in, with its neighbours of the same; empty: a tab of its own
  std::vector<Setting> settings;
  bool uses_picture = false;         ///< shows the strip of pictures and the picture's controls
  std::string picture_setting = {};  ///< if not empty, it does so only while this setting is 1
  bool uses_time = true;             ///< shows the time bar
  std::string generates = {};  ///< the setting that is 1 while what it shows was generated: then Space plays backwards
  /// Numbers that it shows, which a lesson can make claims about: "expect = score.score_length > 2.8".
  std::vector<std::string> facts = {};
};

/// The panels in the order of their tabs; "pictures", which comes before them, is the window's own.
const std::vector<PanelRecord>& panel_records();

/// @returns null for "pictures" and for what is not there
const PanelRecord* find_panel(const std::string& id);

/// Whether what the panel shows now is of the open picture.
bool uses_picture(const PanelRecord& panel, const AppState& state);

/// Whether this is "panel.fact", a number that a panel shows.
bool is_fact(const std::string& name);

/// The value of "panel.setting" in a state. @throws UsageError when there is no such setting
double setting_value(const AppState& state, const std::string& panel, const std::string& setting);
/// Puts it into its range (and onto an integer where it is one).
void set_setting(AppState& state, const std::string& panel, const std::string& setting, double value);
/// The same from text: a number, or the name of a choice ("on" and "off" for switches). @throws UsageError
/// Such a text, which is read as the very same value again.
std::string setting_text(const AppState& state, const std::string& panel, const std::string& setting);
void set_setting_text(AppState& state, const std::string& panel, const std::string& setting, const std::string& text);

}  // namespace noiseglass::app
