#include "session/set_state.h"

#include "session/panel_record.h"
#include "session/state_rows.h"

#include "noiseglass/sampler.h"
#include "noiseglass/schedule.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>

namespace noiseglass::app {
namespace {

namespace fs = std::filesystem;

/// "lane2.schedule.beta_end" taken apart: the lane, and what of it; −1 when it is none of a lane.
struct LaneName {
  int lane = -1;
  std::string rest;
};
LaneName lane_name(const std::string& name) {
  for (int i = 0; i < 2; ++i)
    if (const std::string prefix = "lane" + std::to_string(i + 1) + "."; name.starts_with(prefix))
      return {i, name.substr(prefix.size())};
  return {};
}

Values with_value(const RecordInfo& record, Values values, const std::string& id, const std::string& text) {
  std::vector<std::string> known;
  for (const Parameter& parameter : record.parameters) {
    if (parameter.id == id) {
      values[id] = parameter.kind == Parameter::Kind::points ? points_from_text(text)
                                                             : Value(number_in(text, parameter.min, parameter.max));
      resolve_values(record, values);  // whole numbers and switches are no others
      return values;
    }
    known.push_back(parameter.id);
  }
  throw_unknown("parameter of " + record.label, id, known);
}

void set_lane(LaneState& lane, const std::string& rest, const SetContext& with) {
  if (rest.starts_with("schedule.")) {
    lane.schedule_values = with_value(find_record("schedule", schedule_records(), lane.schedule), lane.schedule_values,
                                      rest.substr(9), with.value);
  } else if (rest.starts_with("sampler.")) {
    lane.sampler_values = with_value(find_record("sampler", sampler_records(), lane.sampler), lane.sampler_values,
                                     rest.substr(8), with.value);
  } else {
    std::vector<std::string> known;
    for (const auto& row : lane_rows()) known.push_back(row.key.name.substr(5));
    const auto found = std::ranges::find(known, rest);
    if (found == known.end()) throw_unknown("setting of a lane", rest, known);
    lane_rows()[std::size_t(found - known.begin())].set(lane, with);
  }
}

/// What was typed may hold line breaks and blanks at its ends; such a text is written between quotation marks, as in
/// JSON.
std::string quoted(const std::string& text) {
  const bool plain = !text.empty() && text.front() != ' ' && text.front() != '"' && text.back() != ' ' &&
                     std::ranges::none_of(text, [](unsigned char c) { return c < ' '; });
  return plain ? text : nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}
std::string unquoted(const std::string& text) {
  if (text.size() < 2 || text.front() != '"' || text.back() != '"') return text;
  const auto json = nlohmann::json::parse(text, nullptr, false);
  return json.is_string() ? json.get<std::string>() : text;
}

/// "panel.setting", or "text.panel.name" for what a person could type. @returns false when there is no such panel
bool set_panel_setting(AppState& state, const std::string& name, const std::string& value) {
  const bool is_text = name.starts_with("text.");
  const std::string full = is_text ? name.substr(5) : name;
  const auto dot = full.find('.');
  if (dot == std::string::npos || !find_panel(full.substr(0, dot))) return false;
  if (is_text)
    state.texts[full] = unquoted(value);
  else
    set_setting_text(state, full.substr(0, dot), full.substr(dot + 1), value);
  return true;
}

void assign(AppState& state, const Assignment& assignment, const SetContext& with) {
  for (const auto& row : state_rows())
    if (row.key.name == assignment.name) return row.set(state, with);
  if (const auto [lane, rest] = lane_name(assignment.name); lane >= 0)
    return set_lane(state.lanes[std::size_t(lane)], rest, with);
  if (set_panel_setting(state, assignment.name, assignment.value)) return;
  std::vector<std::string> known;
  for (const StateKey& key : state_keys()) known.push_back(key.name);
  for (const PanelRecord& panel : panel_records())
    for (const Setting& setting : panel.settings) known.push_back(panel.id + "." + setting.id);
  throw_unknown("name of the state", assignment.name, known);
}

/// "lane.…" stands for both lanes; what is said of one lane counts more, wherever it stands.
std::vector<Assignment> for_each_lane(const std::vector<Assignment>& assignments) {
  std::vector<Assignment> all;
  for (const Assignment& one : assignments)
    if (one.name.starts_with("lane."))
      for (const char* lane : {"lane1.", "lane2."}) all.push_back({lane + one.name.substr(5), one.value, one.line});
  for (const Assignment& one : assignments)
    if (!one.name.starts_with("lane.")) all.push_back(one);
  return all;
}

/// The names that are set before this one.
std::vector<std::string> prerequisites(const std::string& name) {
  for (const auto& row : state_rows())
    if (row.key.name == name) return row.after;
  const auto [lane, rest] = lane_name(name);
  if (lane < 0) return {};
  const std::string prefix = name.substr(0, 6);
  if (const auto dot = rest.find('.'); dot != std::string::npos) return {prefix + rest.substr(0, dot)};
  std::vector<std::string> before;
  for (const auto& row : lane_rows())
    if (row.key.name.substr(5) == rest)
      for (const std::string& after : row.after) before.push_back(prefix + after.substr(5));
  return before;
}

/// How deep the names that it depends on are nested; sorted by it, all of them come first.
int depth(const std::string& name) {
  int deepest = 0;
  for (const std::string& before : prerequisites(name)) deepest = std::max(deepest, 1 + depth(before));
  return deepest;
}

/// The line that is to blame for a state that cannot be: the last one that touched what is named, or T.
int line_of(const Refusal& refusal, const std::vector<Assignment>& assignments) {
  int line = 0, any = 0;
  for (const Assignment& one : assignments) {
    if (one.name == "T" || one.name.starts_with(refusal.name)) line = std::max(line, one.line);
    any = std::max(any, one.line);
  }
  return line ? line : any;
}

}  // namespace

std::vector<StateKey> state_keys() {
  std::vector<StateKey> keys;
  for (const auto& row : state_rows()) keys.push_back(row.key);
  for (const auto& row : lane_rows()) keys.push_back(row.key);
  return keys;
}

std::vector<WrongAssignment> set_state(AppState& state, std::vector<Assignment> assignments, const Library& library,
                                       const fs::path& folder) {
  for (Assignment& one : assignments) std::erase(one.name, '\0'), std::erase(one.value, '\0');  // would end a sentence
  assignments = for_each_lane(assignments);
  std::ranges::stable_sort(assignments, {}, [](const Assignment& one) { return depth(one.name); });
  std::set<std::string> given;
  for (const Assignment& one : assignments) given.insert(one.name);
  std::vector<WrongAssignment> wrong;
  AppState next = state;
  for (const Assignment& one : assignments) try {
      assign(next, one, {one.value, library, folder, given});
    } catch (const Error& error) {
      const WrongAssignment problem{one.line, one.name + ": " + error.what()};
      const bool other_lane = !wrong.empty() && one.line && wrong.back().line == one.line;
      if (!other_lane) wrong.push_back(problem);
    }
  AppState shown = next;
  bring_into_range(shown);
  if (const auto refusal = why_refused(shown)) {
    wrong.push_back({line_of(*refusal, assignments), refusal->name + ": " + refusal->sentence});
    return wrong;
  }
  state = std::move(next);
  return wrong;
}

namespace {

std::string value_text(const Value& value) {
  return value.list().empty() ? shortest(double(value)) : points_to_text(value);
}

/// All that there is to say about a state, by name.
std::map<std::string, std::string> described(const AppState& state, const Library& library) {
  std::map<std::string, std::string> all;
  for (const auto& row : state_rows()) all[row.key.name] = row.get(state, library);
  for (int i = 0; i < 2; ++i) {
    const LaneState& lane = state.lanes[std::size_t(i)];
    const std::string prefix = "lane" + std::to_string(i + 1) + ".";
    for (const auto& row : lane_rows()) all[prefix + row.key.name.substr(5)] = row.get(lane, library);
    for (const auto& [id, value] : lane.schedule_values) all[prefix + "schedule." + id] = value_text(value);
    for (const auto& [id, value] : lane.sampler_values) all[prefix + "sampler." + id] = value_text(value);
  }
  for (const auto& [name, value] : state.settings) {
    const auto dot = name.find('.');
    all[name] = setting_text(state, name.substr(0, dot), name.substr(dot + 1));
  }
  for (const auto& [name, text] : state.texts) all["text." + name] = quoted(text);
  if (state.picture.empty()) all.erase("picture");
  return all;
}

std::vector<Assignment> written(const std::map<std::string, std::string>& lines) {
  std::vector<Assignment> all;
  for (const auto& [name, value] : lines) all.push_back({name, value});
  std::ranges::stable_sort(all, {}, [](const Assignment& one) { return depth(one.name); });
  return all;
}

}  // namespace

std::vector<Assignment> whole_state(const AppState& state, const Library& library) {
  return written(described(state, library));
}

std::vector<Assignment> get_state(const AppState& state, const AppState& base, const Library& library) {
  const auto wanted = described(state, library), before = described(base, library);
  std::map<std::string, std::string> lines;
  const auto add_differing = [&](const std::map<std::string, std::string>& from) {
    for (const auto& [name, value] : wanted)
      if (const auto found = from.find(name); found == from.end() || found->second != value) lines[name] = value;
  };
  add_differing(before);
  // One name may change what others stand for (another sampler clips as it usually does): say those too.
  for (int round = 0; round < 4; ++round) {
    AppState made = base;
    set_state(made, written(lines), library, fs::current_path());
    if (made == state) return written(lines);
    add_differing(described(made, library));
  }
  return written(wanted);
}

std::string to_line(const Assignment& assignment) { return assignment.name + " = " + assignment.value; }

std::string to_command(const std::vector<Assignment>& assignments) {
  std::string command = "noiseglass";
  for (const Assignment& one : assignments) {
    const std::string text = one.name + "=" + one.value;
    const bool plain =
        text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-=,+/%") ==
        std::string::npos;
    std::string quoted_text;
    for (const char c : text) quoted_text += c == '\'' ? std::string("'\\''") : std::string(1, c);
    command += " --set " + (plain ? text : "'" + quoted_text + "'");
  }
  return command;
}

}  // namespace noiseglass::app
