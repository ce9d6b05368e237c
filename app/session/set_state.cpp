#include "session/set_state.h"

#include "session/panel_record.h"
#include "session/text.h"

#include "noiseglass/sampler.h"
#include "noiseglass/schedule.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace noiseglass::app {
namespace {

namespace fs = std::filesystem;

/// What a setter gets: the value as it was written, and where names are looked up.
struct Writing {
  const std::string& value;
  const Library& library;
  const fs::path& folder;
};

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

/// One of a few words. @returns its index
int word(const std::string& text, const char* what, const std::vector<std::string>& words) {
  for (std::size_t i = 0; i < words.size(); ++i)
    if (words[i] == text) return int(i);
  throw_unknown(what, text, words);
}

bool on_off(const std::string& text) { return word(text, "switch position", {"off", "on"}) == 1; }

fs::path picture_named(const Writing& with) {
  std::vector<std::string> known;
  for (const BundledPicture& picture : with.library.pictures) {
    if (picture.path.stem() == with.value || picture.title == with.value) return picture.path;
    known.push_back(picture.path.stem().string());
  }
  const fs::path file = with.folder / with.value;
  std::error_code error;
  if (fs::is_regular_file(file, error)) return file;
  throw_unknown("picture", with.value, known);
}

/// "400", or "40%" of T.
double timestep(const std::string& text, int steps) {
  if (!text.ends_with('%')) return number_in(text, 0, steps);
  return std::round(number_in(text.substr(0, text.size() - 1), 0, 100) / 100 * steps);
}

void set_panel(AppState& state, const Writing& with) {
  std::vector<std::string> known = {"pictures"};
  for (const PanelRecord& record : panel_records()) known.push_back(record.id);
  state.panel = known[word(with.value, "panel", known)];
}

void start_run(AppState& state, Origin origin) {
  state.view = View::reverse;
  state.origin = origin;
  if (origin == Origin::noise) state.position = state.steps;
  state.run_from = int(std::lround(state.position));
}

/// As the buttons "Add noise", "Denoise" and "Generate" do; "off" stands still.
void play(AppState& state, const Writing& with) {
  const int what = word(with.value, "way to play", {"off", "forward", "denoise", "generate", "back"});
  static constexpr Playing playing[] = {Playing::paused, Playing::forward, Playing::reverse, Playing::reverse,
                                        Playing::reverse};
  state.playing = playing[what];
  if (what == 2) start_run(state, Origin::picture);
  if (what == 3) start_run(state, Origin::noise);
}

/// The reverse run from here, computed and shown, with the slider where it was.
void show(AppState& state, const Writing& with) {
  const int what = word(with.value, "process", {"forward", "denoise", "generate"});
  if (what == 0) state.view = View::forward;
  if (what > 0) start_run(state, what == 1 ? Origin::picture : Origin::noise);
}

void set_centre(AppState& state, const Writing& with) {
  const auto comma = with.value.find(',');
  if (comma == std::string::npos) throw UsageError("The centre is two fractions of the picture, as in 0.3,0.7.");
  state.centre_x = number_in(with.value.substr(0, comma), 0, 1);
  const auto second = with.value.find_first_not_of(' ', comma + 1);
  state.centre_y = number_in(second == std::string::npos ? "" : with.value.substr(second), 0, 1);
}

struct Row {
  StateKey key;
  void (*set)(AppState&, const Writing&);
};

const std::vector<Row>& rows() {
  static const std::vector<Row> table = {
      {{"panel", "pictures, or a panel", "the tab that is open"}, set_panel},
      {{"picture", "a bundled picture, or a file beside the lesson", "the picture that is open"},
       [](AppState& s, const Writing& w) { s.picture = picture_named(w); }},
      {{"background", "white, grey or black", "what is behind transparent parts of the picture"},
       [](AppState& s, const Writing& w) {
         s.background = Background(word(w.value, "background", {"white", "grey", "black"}));
       }},
      {{"working_size", "0 to 8192", "the longest side that the network works at; 0 is the full size"},
       [](AppState& s, const Writing& w) { s.working_size = whole_in(w.value, 0, 8192); }},
      {{"seed", "a whole number", "the noise"},
       [](AppState& s, const Writing& w) { s.seed = std::uint64_t(whole_in(w.value, 0, 2147483647)); }},
      {{"T", "1 to 10000", "the number of steps from clean to noise"},
       [](AppState& s, const Writing& w) {
         s.position *= double(whole_in(w.value, 1, Schedule::max_steps)) / s.steps;
         s.steps = whole_in(w.value, 1, Schedule::max_steps);
       }},
      {{"lanes", "1 or 2", "how many lanes there are"},
       [](AppState& s, const Writing& w) { s.lane_count = whole_in(w.value, 1, 2); }},
      {{"lockstep", "t or snr", "what the lanes have in common"},
       [](AppState& s, const Writing& w) {
         s.lockstep = Lockstep(word(w.value, "lockstep", {"t", "snr"}));
       }},
      {{"plots", "on or off", "the plots beside the lanes"},
       [](AppState& s, const Writing& w) { s.plots_open = on_off(w.value); }},
      {{"axis", "t or snr", "what the plots are drawn over"},
       [](AppState& s, const Writing& w) {
         s.plot_axis = PlotAxis(word(w.value, "axis", {"t", "snr"}));
       }},
      {{"zoom", "1 to 64", "1 shows the whole picture"},
       [](AppState& s, const Writing& w) { s.zoom = number_in(w.value, 1, 64); }},
      {{"centre", "two fractions, as in 0.3,0.7", "the middle of what is shown"}, set_centre},
      {{"speed", "0.125 to 8", "of autoplay; 1 takes eight seconds from end to end"},
       [](AppState& s, const Writing& w) { s.speed = number_in(w.value, 0.125, 8); }},
      {{"loop", "on or off", "whether autoplay starts again at an end"},
       [](AppState& s, const Writing& w) { s.loop = on_off(w.value); }},
      {{"t", "0 to T, or a share such as 40%", "where the slider stands"},
       [](AppState& s, const Writing& w) { s.position = timestep(w.value, s.steps); }},
      {{"show", "forward, denoise or generate", "which process the lanes show; a run starts at t, or from pure noise"},
       show},
      {{"play", "off, forward, back, denoise or generate", "autoplay; \"back\" moves the slider of a panel"}, play},
  };
  return table;
}

Values with_value(const RecordInfo& record, Values values, const std::string& id, const std::string& text) {
  std::vector<std::string> known;
  for (const Parameter& parameter : record.parameters) {
    if (parameter.id == id) {
      values[id] = number_in(text, parameter.min, parameter.max);
      return values;
    }
    known.push_back(parameter.id);
  }
  throw_unknown("parameter of " + record.label, id, known);
}

int class_named(const LaneState& lane, const Writing& with) {
  if (with.value == "none") return -1;
  std::vector<std::string> known = {"none"};
  for (const ModelInfo& model : with.library.models) {
    if (!lane.model.empty() && model.name != lane.model) continue;
    for (std::size_t i = 0; i < model.class_names.size(); ++i) {
      if (model.class_names[i] == with.value) return int(i);
      known.push_back(model.class_names[i]);
    }
  }
  throw_unknown("class", with.value, known);
}

struct LaneRow {
  StateKey key;
  void (*set)(LaneState&, const Writing&);
};

const std::vector<LaneRow>& lane_rows() {
  static const std::vector<LaneRow> table = {
      {{"lane.schedule", "linear, cosine …", "the noise schedule"},
       [](LaneState& l, const Writing& w) {
         l.schedule = find_record("schedule", schedule_records(), w.value).id;
         l.schedule_values.clear();
       }},
      {{"lane.denoiser", "network, exact, oracle …", "what predicts the noise"},
       [](LaneState& l, const Writing& w) { l.denoiser = find_record("denoiser", denoiser_records(), w.value).id; }},
      {{"lane.model", "auto, or a network", "which network"},
       [](LaneState& l, const Writing& w) {
         std::vector<std::string> known = {"auto"};
         for (const ModelInfo& model : w.library.models) known.push_back(model.name);
         const int index = word(w.value, "network", known);
         l.model = index == 0 ? "" : known[index];
         l.class_index = -1;
       }},
      {{"lane.class", "none, or a class of the network", "what the network is asked for"},
       [](LaneState& l, const Writing& w) { l.class_index = class_named(l, w); }},
      {{"lane.guidance", "0 to 10", "how strongly the class counts; 1 is as trained"},
       [](LaneState& l, const Writing& w) { l.guidance = number_in(w.value, 0, 10); }},
      {{"lane.sampler", "ddpm, ddim …", "how a step back is made"},
       [](LaneState& l, const Writing& w) {
         l.sampler = find_record("sampler", sampler_records(), w.value).id;
         l.sampler_values.clear();
         l.clip = LaneState::Clip::as_usual;
       }},
      {{"lane.spacing", "trailing, leading or linspace", "how the steps are spaced"},
       [](LaneState& l, const Writing& w) { l.spacing = find_record("spacing", spacing_records(), w.value).id; }},
      {{"lane.clip", "usual, on or off", "whether estimates of the picture are clipped to black … white"},
       [](LaneState& l, const Writing& w) {
         l.clip = LaneState::Clip(word(w.value, "clipping", {"usual", "on", "off"}));
       }},
      {{"lane.steps", "1 to T", "number of sampling steps"},
       [](LaneState& l, const Writing& w) { l.sample_steps = whole_in(w.value, 1, Schedule::max_steps); }},
  };
  return table;
}

/// "lane1.schedule" and "lane1.schedule.beta_end". @returns false when the name is none of a lane
bool set_lane(AppState& state, const std::string& name, const Writing& with) {
  const std::string prefix = name.substr(0, name.find('.'));
  if (prefix != "lane" && prefix != "lane1" && prefix != "lane2") return false;
  const std::string rest = name.substr(std::min(name.size(), prefix.size() + 1));
  for (int i = 0; i < 2; ++i) {
    if (prefix == (i == 0 ? "lane2" : "lane1")) continue;
    LaneState& lane = state.lanes[i];
    if (rest.starts_with("schedule.")) {
      lane.schedule_values = with_value(find_record("schedule", schedule_records(), lane.schedule),
                                        lane.schedule_values, rest.substr(9), with.value);
    } else if (rest.starts_with("sampler.")) {
      lane.sampler_values = with_value(find_record("sampler", sampler_records(), lane.sampler), lane.sampler_values,
                                       rest.substr(8), with.value);
    } else {
      std::vector<std::string> known;
      for (const LaneRow& row : lane_rows()) known.push_back(row.key.name.substr(5));
      lane_rows()[word(rest, "setting of a lane", known)].set(lane, with);
    }
  }
  return true;
}

/// "panel.setting", or "text.panel.name" for what a person could type. @returns false when there is no such panel
bool set_panel_setting(AppState& state, const std::string& name, const std::string& value) {
  const bool is_text = name.starts_with("text.");
  const std::string full = is_text ? name.substr(5) : name;
  const auto dot = full.find('.');
  if (dot == std::string::npos || !find_panel(full.substr(0, dot))) return false;
  if (is_text)
    state.texts[full] = value;
  else
    set_setting_text(state, full.substr(0, dot), full.substr(dot + 1), value);
  return true;
}

/// Where a name stands in the table: lanes and panels between what they depend on (T) and what depends on them (play).
std::size_t rank(const Assignment& assignment) {
  const auto& table = rows();
  for (std::size_t i = 0; i < table.size(); ++i)
    if (table[i].key.name == assignment.name) return 10 * i;
  return 10 * (table.size() - 3) - (std::ranges::count(assignment.name, '.') > 1 ? 1 : 2);
}

void assign(AppState& state, const Assignment& assignment, const Library& library, const fs::path& folder) {
  const Writing with{assignment.value, library, folder};
  for (const Row& row : rows())
    if (row.key.name == assignment.name) return row.set(state, with);
  if (set_lane(state, assignment.name, with) || set_panel_setting(state, assignment.name, assignment.value)) return;
  std::vector<std::string> known;
  for (const StateKey& key : state_keys()) known.push_back(key.name);
  for (const PanelRecord& panel : panel_records())
    for (const Setting& setting : panel.settings) known.push_back(panel.id + "." + setting.id);
  throw_unknown("name of the state", assignment.name, known);
}

}  // namespace

std::vector<StateKey> state_keys() {
  std::vector<StateKey> keys;
  for (const Row& row : rows()) keys.push_back(row.key);
  for (const LaneRow& row : lane_rows()) keys.push_back(row.key);
  return keys;
}

std::vector<WrongAssignment> set_state(AppState& state, std::vector<Assignment> assignments, const Library& library,
                                       const fs::path& folder) {
  std::ranges::stable_sort(assignments, {}, rank);
  std::vector<WrongAssignment> wrong;
  for (const Assignment& assignment : assignments) try {
      assign(state, assignment, library, folder);
    } catch (const Error& error) {
      wrong.push_back({assignment.line, assignment.name + ": " + error.what()});
    }
  return wrong;
}

}  // namespace noiseglass::app
