#include "session/state.h"

#include "session/key.h"
#include "session/panel_record.h"

#include "noiseglass/denoiser.h"
#include "noiseglass/files.h"
#include "noiseglass/library.h"
#include "noiseglass/sampler.h"
#include "noiseglass/schedule.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <mutex>
#include <string>
#include <utility>

namespace noiseglass::app {
namespace {

double in_range(double value, double min, double max, double otherwise) {
  return std::isfinite(value) ? std::clamp(value, min, max) : otherwise;
}

std::string problem_of_schedule(const LaneState& lane, int steps) {
  try {
    make_schedule(lane.schedule, steps, lane.schedule_values);
    return "";
  } catch (const Error& error) {
    return error.what();
  }
}

/// The same, by memory where it was asked lately: it is asked in each frame of a drag, and for every page of a lesson,
/// and the answer takes T steps.
std::string schedule_problem(const LaneState& lane, int steps) {
  constexpr std::size_t most = 32;
  static std::mutex mutex;
  static std::deque<std::pair<Key, std::string>> answers;
  const Key key(lane.schedule, steps, lane.schedule_values);
  std::lock_guard lock(mutex);
  for (const auto& [asked, answer] : answers)
    if (asked == key) return answer;
  answers.emplace_back(key, problem_of_schedule(lane, steps));
  if (answers.size() > most) answers.pop_front();
  return answers.back().second;
}

void check_lane(const LaneState& lane) {
  find_record("denoiser", denoiser_records(), lane.denoiser);
  find_record("spacing", spacing_records(), lane.spacing);
  resolve_values(find_record("sampler", sampler_records(), lane.sampler), lane.sampler_values);
}

}  // namespace

void LaneState::choose_schedule(const std::string& id) {
  schedule = id;
  schedule_values.clear();
}

void LaneState::choose_sampler(const std::string& id) {
  sampler = id;
  sampler_values.clear();
  clip = Clip::as_usual;
}

void LaneState::choose_model(const std::string& name) {
  model = name;
  class_index = -1;
}

const std::vector<std::string>& look_names() {
  static const std::vector<std::string> names = {"dark", "light", "high-contrast"};
  return names;
}

std::optional<Look> look_named(const std::string& name) {
  const auto found = std::ranges::find(look_names(), name);
  if (found == look_names().end()) return std::nullopt;
  return Look(found - look_names().begin());
}

AppState starting_state(const Library& library) {
  AppState state;
  if (!library.pictures.empty()) state.picture = library.pictures.front().path;
  state.position = 0.3 * state.steps;
  return state;
}

void bring_into_range(AppState& state) {
  state.steps = std::clamp(state.steps, 1, Schedule::max_steps);
  state.position = in_range(state.position, 0, state.steps, 0);
  state.run_from = std::clamp(state.run_from, 0, state.steps);
  state.wall = state.wall && state.view == View::reverse && state.origin == Origin::noise;  // else there is none
  state.lane_count = std::clamp(state.lane_count, 1, 2);
  state.speed = in_range(state.speed, min_speed, max_speed, 1);
  state.zoom = in_range(state.zoom, 1, max_zoom, 1);
  state.centre_x = in_range(state.centre_x, 0, 1, 0.5);
  state.centre_y = in_range(state.centre_y, 0, 1, 0.5);
  state.working_size = std::clamp(state.working_size, 0, max_picture_side);
  for (LaneState& lane : state.lanes) {
    if (lane.times.size() > std::size_t(state.steps)) lane.times.clear();
    if (!lane.times.empty()) lane.sample_steps = int(lane.times.size());
    lane.sample_steps = std::clamp(lane.sample_steps, 1, state.steps);
    lane.guidance = in_range(lane.guidance, 0, max_guidance, 1);
    lane.class_index = std::max(lane.class_index, -1);
  }
}

std::optional<Refusal> why_refused(const AppState& state) {
  if (state.panel != "pictures" && !find_panel(state.panel))
    return Refusal{"panel", "There is no panel called \"" + state.panel + "\"."};
  for (std::size_t i = 0; i < state.lanes.size(); ++i) {
    const LaneState& lane = state.lanes[i];
    const std::string name = "lane" + std::to_string(i + 1);
    if (std::string problem = schedule_problem(lane, state.steps); !problem.empty())
      return Refusal{name + ".schedule", std::move(problem)};
    try {
      check_lane(lane);
    } catch (const Error& error) {
      return Refusal{name, error.what()};
    }
  }
  return std::nullopt;
}

}  // namespace noiseglass::app
