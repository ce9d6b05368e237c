#include "session/state_rows.h"

#include "session/panel_record.h"
#include "session/text.h"

#include "noiseglass/files.h"
#include "noiseglass/schedule.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace noiseglass::app {

namespace fs = std::filesystem;

double number_in(const std::string& text, double min, double max) {
  double value = 0;
  const char* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || stopped != end) throw UsageError("\"" + text + "\" is not a number.");
  if (!(value >= min && value <= max))
    throw UsageError("\"" + text + "\" is not from " + number(min, 6) + " to " + number(max, 6) + ".");
  return value;
}

int whole_in(const std::string& text, int min, int max) {
  const double value = number_in(text, min, max);
  if (value != std::floor(value)) throw UsageError("\"" + text + "\" is not a whole number.");
  return int(value);
}

std::string shortest(double value) {
  char text[32];
  return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

int word_in(const std::string& text, const std::string& what, const std::vector<std::string>& words) {
  for (std::size_t i = 0; i < words.size(); ++i)
    if (words[i] == text) return int(i);
  throw_unknown("value of " + what, text, words);
}

std::string listed(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i)
    text += (i == 0 ? "" : i + 1 == words.size() ? " or " : ", ") + words[i];
  return text;
}

namespace {

fs::path picture_named(const std::string& name, const Library& library, const fs::path& folder) {
  std::vector<std::string> known;
  for (const BundledPicture& picture : library.pictures) {
    if (picture.path.stem() == name || picture.title == name) return picture.path;
    known.push_back(picture.path.stem().string());
  }
  const fs::path file = folder / name;
  std::error_code error;
  if (fs::is_regular_file(file, error)) return file;
  throw_unknown("picture", name, known);
}

/// Bundled ones by name, so that the text means the same on another machine.
std::string picture_name(const AppState& state, const Library& library) {
  for (const BundledPicture& picture : library.pictures)
    if (picture.path == state.picture) return picture.path.stem().string();
  return state.picture.string();
}

/// "400", or "40%" of T.
double timestep(const std::string& text, int steps) {
  if (!text.ends_with('%')) return number_in(text, 0, steps);
  return std::round(number_in(text.substr(0, text.size() - 1), 0, 100) / 100 * steps);
}

std::uint64_t seed_in(const std::string& text) {
  std::uint64_t value = 0;
  const char* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || stopped != end)
    throw UsageError("\"" + text + "\" is not a whole number from 0 to 18446744073709551615.");
  return value;
}

/// The reverse run from where the slider stands, or from pure noise, unless it is said where.
void start_run(AppState& state, Origin origin, const SetContext& with) {
  state.view = View::reverse;
  if (!with.given.contains("origin")) state.origin = origin;
  if (origin == Origin::noise && !with.given.contains("t")) state.position = state.steps;
  if (!with.given.contains("from"))
    state.run_from = origin == Origin::noise ? state.steps : int(std::lround(state.position));
}

const std::vector<std::string> processes = {"forward", "denoise", "generate", "wall"};

/// The reverse run, computed and shown, with the slider where it was.
void set_process(AppState& state, const SetContext& with) {
  const int what = word_in(with.value, "show", processes);
  if (what == 0) state.view = View::forward;
  if (what > 0) start_run(state, what == 1 ? Origin::picture : Origin::noise, with);
  state.wall = what == 3;
}

std::string process_of(const AppState& state, const Library&) {
  if (state.view == View::forward) return processes[0];
  return processes[state.origin == Origin::picture ? 1 : state.wall ? 3 : 2];
}

/// As the buttons "Add noise", "Denoise", "Generate" and "64" do; "off" stands still.
void set_playing(AppState& state, const SetContext& with) {
  const int what = word_in(with.value, "play", {"off", "forward", "back", "denoise", "generate", "wall"});
  state.playing = Playing(std::min(what, 2));
  if (what == 3) start_run(state, Origin::picture, with);
  if (what >= 4) start_run(state, Origin::noise, with), state.position = state.steps;
  if (what >= 3) state.wall = what == 5;
}

void set_centre(AppState& state, const SetContext& with) {
  const auto comma = with.value.find(',');
  if (comma == std::string::npos) throw UsageError("The centre is two fractions of the picture, as in 0.3,0.7.");
  const auto second = with.value.find_first_not_of(' ', comma + 1);
  const double x = number_in(with.value.substr(0, comma), 0, 1);
  state.centre_y = number_in(second == std::string::npos ? "" : with.value.substr(second), 0, 1);
  state.centre_x = x;
}

void set_steps(AppState& state, const SetContext& with) {
  const int steps = whole_in(with.value, 1, Schedule::max_steps);
  state.position *= double(steps) / state.steps;
  state.steps = steps;
}

void set_panel(AppState& state, const SetContext& with) {
  std::vector<std::string> known = {"pictures"};
  for (const PanelRecord& record : panel_records()) known.push_back(record.id);
  state.panel = known[std::size_t(word_in(with.value, "panel", known))];
}

}  // namespace

const std::vector<StateRow<AppState>>& state_rows() {
  using S = AppState;
  static const std::vector<std::string> off_on = {"off", "on"};
  static const std::vector<StateRow<S>> table = {
      {{"panel", "pictures, or a panel", "the open tab"},
       {},
       set_panel,
       [](const S& s, const Library&) { return s.panel; }},
      {{"picture", "a bundled picture, or a file beside the lesson", "the open picture"},
       {},
       [](S& s, const SetContext& with) { s.picture = picture_named(with.value, with.library, with.folder); },
       picture_name},
      word_row("background", "what is behind transparent parts of the picture", {"white", "grey", "black"},
               &S::background),
      whole_row("working_size", "the longest side that the network works at; 0 is the full size", 0, max_picture_side,
                &S::working_size),
      {{"seed", "a whole number", "the noise"},
       {},
       [](S& s, const SetContext& with) { s.seed = seed_in(with.value); },
       [](const S& s, const Library&) { return std::to_string(s.seed); }},
      word_row("epsilon", "the noise at each t: one ε for all, or a chain with fresh noise in each step",
               {"one", "chain"}, &S::epsilon),
      {{"T", "1 to " + std::to_string(Schedule::max_steps), "the number of steps from clean to noise"},
       {},
       set_steps,
       [](const S& s, const Library&) { return std::to_string(s.steps); }},
      whole_row("lanes", "how many lanes there are", 1, 2, &S::lane_count),
      word_row("lockstep", "what keeps the lanes in step", {"t", "snr"}, &S::lockstep),
      word_row("plots", "the plots beside the lanes", off_on, &S::plots_open),
      word_row("axis", "the x axis of the plots", {"t", "snr"}, &S::plot_axis),
      word_row("snr", "what the SNR compares: the weights, or the power of the picture and of the noise",
               {"weights", "picture"}, &S::snr_of),
      number_row("zoom", "1 shows the whole picture", 1, max_zoom, &S::zoom),
      {{"centre", "two fractions, as in 0.3,0.7", "the middle of what is shown"},
       {},
       set_centre,
       [](const S& s, const Library&) { return shortest(s.centre_x) + "," + shortest(s.centre_y); }},
      number_row("speed", "of autoplay; 1 takes eight seconds from end to end", min_speed, max_speed, &S::speed),
      word_row("loop", "whether autoplay starts over at the end", off_on, &S::loop),
      word_row("theme", "the look of the window; a lesson leaves it as it is", look_names(), &S::look),
      {{"t", "0 to T, or a share such as 40%", "where the slider stands"},
       {"T"},
       [](S& s, const SetContext& with) { s.position = timestep(with.value, s.steps); },
       [](const S& s, const Library&) { return shortest(s.position); }},
      {{"show", listed(processes), "which process the lanes show; a reverse run starts at t, or from pure noise"},
       {"T", "t"},
       set_process,
       process_of},
      word_row("origin", "what a run starts from: the noised picture, or pure noise", {"picture", "noise"}, &S::origin,
               {"show"}),
      {{"from", "0 to T, or a share such as 40%", "the t at which a run starts, if it is not where the slider stands"},
       {"T", "show"},
       [](S& s, const SetContext& with) { s.run_from = int(std::lround(timestep(with.value, s.steps))); },
       [](const S& s, const Library&) { return std::to_string(s.run_from); }},
      {{"play", "off, forward, back, denoise, generate or wall", "autoplay; \"back\" moves the slider of a panel"},
       {"T", "t", "show", "from"},
       set_playing,
       [](const S& s, const Library&) {
         return std::string(s.playing == Playing::paused ? "off" : s.playing == Playing::forward ? "forward" : "back");
       }},
  };
  return table;
}

}  // namespace noiseglass::app
