#include "session/actions.h"

#include "session/denoiser_plan.h"
#include "session/groups.h"
#include "session/panel_record.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace noiseglass::app {
namespace {

/// The lanes' reverse run is what is looked at; other panels know only the slider.
bool in_run(const AppState& state) { return state.panel == "pictures" && state.view == View::reverse; }

void show_forward(AppState& next) {
  next.view = View::forward;
  next.playing = Playing::paused;
}

void play_forward(const Session&, AppState& next) {
  if (next.playing == Playing::forward) {
    next.playing = Playing::paused;
    return;
  }
  if (next.panel == "pictures") show_forward(next);
  if (next.position >= next.steps) next.position = 0;
  next.playing = Playing::forward;
}

void start_run(AppState& next, Origin origin, int from) {
  next.view = View::reverse;
  next.origin = origin;
  next.run_from = from;
  next.position = from;
  next.playing = Playing::reverse;
}

/// Pauses, goes on with the run that is shown, or starts one from where the slider stands.
void play_reverse(const Session& session, AppState& next) {
  if (next.playing == Playing::reverse) {
    next.playing = Playing::paused;
  } else if (next.panel != "pictures") {
    if (next.position <= 0) next.position = next.steps;
    next.playing = Playing::reverse;
  } else if (next.view == View::reverse) {
    if (next.position <= 0) next.position = next.run_from;
    next.playing = Playing::reverse;
  } else {
    const int from = int(std::lround(next.position));
    start_run(next, from >= session.state().steps ? Origin::noise : Origin::picture, from);
  }
}

/// The classes that a lane's network can be asked for; 0 for other denoisers.
int classes_of(const Session& session, const AppState& state, std::size_t lane) {
  const ModelInfo* model = session.lane(int(lane)).model;
  return model && denoiser_of(state.lanes[lane]).needs.model ? int(model->class_names.size()) : 0;
}

void ask_for(const Session& session, AppState& next, int (*choose)(std::uint64_t seed, int now, int classes)) {
  for (std::size_t i = 0; i < next.lanes.size(); ++i) {
    LaneState& lane = next.lanes[i];
    const int classes = classes_of(session, next, i);
    if (classes == 0) continue;
    const bool had_class = lane.class_index >= 0 && lane.class_index < classes;
    const int chosen = choose(next.seed, had_class ? lane.class_index : -1, classes);
    if (chosen == lane.class_index) continue;
    lane.class_index = chosen;
    if (!had_class && lane.guidance == 1) lane.guidance = usual_guidance(*session.lane(int(i)).model);
  }
}

/// A class that nobody chose is drawn at random: without one, a network of many things makes a mixture of them.
void generate(const Session& session, AppState& next) {
  ask_for(session, next,
          [](std::uint64_t seed, int now, int classes) { return now >= 0 ? now : class_by_chance(seed, classes); });
  start_run(next, Origin::noise, next.steps);
  next.wall = false;
}

void generate_wall(const Session& session, AppState& next) {
  generate(session, next);
  next.wall = true;
}

/// Any class but the one that is shown; pressed again and again, it goes through all of them, in no order to be
/// guessed.
void another_class(const Session& session, AppState& next) {
  ask_for(session, next, [](std::uint64_t seed, int now, int classes) {
    if (now < 0) return class_by_chance(seed, classes);
    int stride = std::max(1, classes * 5 / 8);
    while (std::gcd(stride, classes) != 1) ++stride;
    return (now + stride) % classes;
  });
}

bool shows_what_was_generated(const AppState& state) {
  const PanelRecord* panel = find_panel(state.panel);
  return panel ? !panel->generates.empty() && setting_value(state, panel->id, panel->generates) == 1 : in_run(state);
}

void toggle_play(const Session& session, AppState& next) {
  if (next.playing != Playing::paused)
    next.playing = Playing::paused;
  else
    shows_what_was_generated(next) ? play_reverse(session, next) : play_forward(session, next);
}

/// One step of the process that is shown: one t forward, one computed step in reverse.
void step(const Session& session, AppState& next, int direction) {
  next.playing = Playing::paused;
  if (in_run(next) && session.lane(0).run) {
    const auto& frames = session.lane(0).run->frames;
    const int now = session.lane(0).t;
    int target = now;
    for (const auto& frame : frames) {
      if (direction < 0 && frame->t < now) {
        target = frame->t;
        break;
      }
      if (direction > 0 && frame->t > now) target = frame->t;
    }
    next.position = target;
  } else {
    next.position = std::round(next.position) + direction;
  }
}

void step_to_clean(const Session& session, AppState& next) { step(session, next, -1); }
void step_to_noise(const Session& session, AppState& next) { step(session, next, +1); }
void go_clean(const Session&, AppState& next) { next.playing = Playing::paused, next.position = 0; }
void go_noise(const Session&, AppState& next) {
  next.playing = Playing::paused;
  next.position = in_run(next) ? next.run_from : next.steps;
}
void new_noise(const Session&, AppState& next) { ++next.seed; }
void toggle_lanes(const Session&, AppState& next) { next.lane_count = 3 - next.lane_count; }
void next_theme(const Session&, AppState& next) { next.look = Look((int(next.look) + 1) % int(look_names().size())); }
void toggle_plots(const Session&, AppState& next) { next.plots_open = !next.plots_open; }
void toggle_loop(const Session&, AppState& next) { next.loop = !next.loop; }
void back_to_forward(const Session&, AppState& next) { show_forward(next); }

bool shows_lanes(const Session& session) { return session.state().panel == "pictures"; }

bool has_classes(const Session& session) { return shows_lanes(session) && classes_of(session, session.state(), 0) > 0; }

bool can_denoise(const Session& session) {
  return !shows_lanes(session) || session.state().view == View::reverse || session.state().position >= 1;
}

}  // namespace

const std::vector<Action>& actions() {
  static const std::vector<Action> table = {
      {"play", "Play or pause", "Plays or pauses the process on screen.", "Space", nullptr, toggle_play},
      {"play_forward", "Add noise", "Plays the forward process: exact, from the formula.", "F", nullptr, play_forward},
      {"play_reverse", "Denoise",
       "Plays the reverse process from the slider's t: the denoiser removes the noise step by step.", "R", can_denoise,
       play_reverse},
      {"generate", "Generate",
       "Starts from pure noise, without the picture: everything that appears is made up by the network.", "G",
       shows_lanes, generate},
      {"generate_wall", "Generate 64",
       "Makes 64 pictures at once, each from its own noise: a single sample proves nothing.", "W", has_classes,
       generate_wall},
      {"another_class", "Another class", "Generates another of the classes that the network has learned.", "C",
       has_classes, another_class},
      {"forward_view", "Back to the picture", "Leaves the reverse run and shows the forward process again.", "Esc",
       shows_lanes, back_to_forward},
      {"step_clean", "One step towards clean", "One step to the left.", "Left", nullptr, step_to_clean},
      {"step_noise", "One step towards noise", "One step to the right.", "Right", nullptr, step_to_noise},
      {"clean", "Clean end", "Goes to t = 0.", "Home", nullptr, go_clean},
      {"noise", "Noisy end", "Goes to t = T, or to the start of the run.", "End", nullptr, go_noise},
      {"loop", "Repeat", "Starts over when playback reaches the end.", "L", nullptr, toggle_loop},
      {"new_noise", "New noise", "Draws a new ε; the same seed always gives the same noise.", "N", nullptr, new_noise},
      {"lanes", "One lane or two", "Shows one lane, or two to compare.", "2", nullptr, toggle_lanes},
      {"plots", "Plots", "Shows or hides the plots of the schedules.", "P", shows_lanes, toggle_plots},
      {"theme", "Theme", "Cycles through dark, light (for projectors) and high contrast.", "T", nullptr, next_theme},
      {"next_page", "Next page", "Turns to the next page of the lesson.", "PgDn"},
      {"previous_page", "Previous page", "Turns back to the previous page.", "PgUp"},
      {"fold_lesson", "Fold the lesson", "Folds the open lesson to the edge of the window, and brings it back.", "F4"},
      {"undo", "Undo", "Undoes your last change.", "Ctrl+Z",
       [](const Session& session) { return session.history().can_undo(); }},
      {"redo", "Redo", "Redoes what you last undid.", "Ctrl+Shift+Z",
       [](const Session& session) { return session.history().can_redo(); }},
      {"help", "Help", "Explains the program, and sets how it looks.", "F1"},
      {"keys", "All keys", "Lists all keyboard shortcuts.", "?"},
      {"tour", "Tour", "Shows the five things to try first, in twenty seconds.", ""},
      {"palette", "Commands", "Finds any command, setting or lesson by its name.", "Ctrl+K"},
      {"open", "Open …", "Opens a picture of your own, a session or a link.", "Ctrl+O"},
      {"save", "Save", "Saves this session to its file.", "Ctrl+S"},
      {"save_as", "Save as …", "Saves this session under another name.", "Ctrl+Shift+S"},
      {"export", "Export …", "Writes what is on screen to files: pictures, plots, videos, numbers, a worksheet.",
       "Ctrl+E"},
      {"copy_picture", "Copy picture",
       "Copies the picture or plot that the mouse points at, as a picture; anywhere else the whole window.", "Ctrl+C"},
      {"paste", "Paste", "Opens the picture, file or link on the clipboard.", "Ctrl+V"},
      {"copy_state", "Copy what is on screen", "Copies what is on screen as lines for a lesson.", "Ctrl+Shift+C"},
      {"copy_link", "Copy link",
       "Copies what is on screen as a short text, which opens the same view in anyone's noiseglass.", "Ctrl+Shift+L"},
      {"next_control", "Next control", "Moves the focus to the next control; arrow keys change it, Enter presses it.",
       "Tab"},
      {"previous_control", "Previous control", "Moves the focus to the previous control.", "Shift+Tab"},
      {"next_area", "Next area", "Moves the focus to the next part of the window.", "F6"},
      {"compare", "Compare with the original",
       "Shows the original over the left half of each picture, or hides it again.", ""},
      {"larger", "Larger", "Makes everything larger.", "Ctrl++"},
      {"smaller", "Smaller", "Makes everything smaller.", "Ctrl+-"},
      {"usual_size", "Normal size", "Back to normal size.", "Ctrl+0"},
      {"project", "Projector", "Readable from the last row: everything large, settings out of the way. Again: back.",
       "F5"},
      {"full_screen", "Full screen", "Switches full screen on and off.", "F11"},
  };
  return table;
}

const Action& action(const std::string& id) {
  for (const Action& candidate : actions())
    if (candidate.id == id) return candidate;
  throw UsageError("There is no action called \"" + id + "\".");
}

bool is_enabled(const Action& action, const Session& session) { return !action.enabled || action.enabled(session); }

void perform(const std::string& id, const Session& session, AppState& next) {
  const Action& found = action(id);
  if (found.run && is_enabled(found, session)) found.run(session, next);
}

std::string hint(const Action& action) {
  return action.shortcut.empty() ? action.help : action.help + " (" + action.shortcut + ")";
}

}  // namespace noiseglass::app
