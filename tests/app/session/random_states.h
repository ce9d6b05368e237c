#pragma once

#include "session/panel_record.h"
#include "session/state.h"

#include "noiseglass/denoiser.h"
#include "noiseglass/knots.h"
#include "noiseglass/library.h"
#include "noiseglass/sampler.h"
#include "noiseglass/schedule.h"

#include <random>

namespace noiseglass::app {

/// States that a person could have made, with a liking for the ends of every range.
class RandomStates {
 public:
  explicit RandomStates(const Library& library, unsigned seed = 1) : library_(library), random_(seed) {}

  AppState next() {
    AppState s;
    const auto& panels = panel_records();
    const std::size_t panel = whole(panels.size() + 1);
    s.panel = panel == panels.size() ? "pictures" : panels[panel].id;
    for (int i = 0; i < 6; ++i) {
      const PanelRecord& record = panels[whole(panels.size())];
      const Setting& setting = record.settings[whole(record.settings.size())];
      const double max = setting.choices.empty() ? setting.max : double(setting.choices.size()) - 1;
      set_setting(s, record.id, setting.id, between(setting.choices.empty() ? setting.min : 0, max));
    }
    if (coin()) s.texts["score.drawn"] = "0.5 -1.25;1 2";
    if (coin())
      s.texts["discrete.sentence"] = std::vector<std::string>{"", " it's \"so\"", "a\nb ", "=#", "ε̂"}[whole(5)];
    if (!library_.pictures.empty()) s.picture = library_.pictures[whole(library_.pictures.size())].path;
    s.background = Background(whole(3));
    s.seed = coin() ? random_() : whole(100);
    s.steps = std::vector<int>{1, 2, 10, 50, 1000, 4000, Schedule::max_steps}[whole(7)];
    s.position = between(0, s.steps);
    s.run_from = int(between(0, s.steps));
    s.lane_count = 1 + int(whole(2));
    for (LaneState& lane : s.lanes) lane = random_lane(s.steps);
    s.lockstep = Lockstep(whole(2)), s.plot_axis = PlotAxis(whole(2));
    s.epsilon = Epsilon(whole(2)), s.snr_of = SnrOf(whole(2));
    s.view = View(whole(2)), s.origin = Origin(whole(2)), s.playing = Playing(whole(3));
    s.wall = coin() && s.view == View::reverse && s.origin == Origin::noise;
    s.speed = between(min_speed, max_speed), s.zoom = between(1, max_zoom);
    s.centre_x = between(0, 1), s.centre_y = between(0, 1);
    s.loop = coin(), s.look = Look(whole(3)), s.plots_open = coin();
    s.working_size = std::vector<int>{0, 1, 128, 8192}[whole(4)];
    return s;
  }

  std::size_t whole(std::size_t count) { return std::uniform_int_distribution<std::size_t>(0, count - 1)(random_); }
  bool coin() { return whole(2) == 1; }

 private:
  double between(double min, double max) {
    const std::size_t kind = whole(4);
    return kind == 0 ? min : kind == 1 ? max : std::uniform_real_distribution<double>(min, max)(random_);
  }
  template <class Record>
  const Record& any(const std::vector<Record>& records) {
    return records[whole(records.size())];
  }
  Values values(const RecordInfo& record) {
    Values chosen;
    for (const Parameter& parameter : record.parameters)
      if (parameter.kind == Parameter::Kind::points) {
        if (coin())
          chosen[parameter.id] =
              to_value({{0, between(1, 20)}, {between(0.1, 0.9), between(-0.9, 0.9)}, {1, between(-20, -1)}});
      } else if (coin()) {
        const double value = between(parameter.min, parameter.max);
        chosen[parameter.id] = parameter.kind == Parameter::Kind::real ? value : std::round(value);
      }
    return chosen;
  }
  LaneState random_lane(int T) {
    LaneState lane;
    const auto& schedule = any(schedule_records());
    const auto& sampler = any(sampler_records());
    lane.schedule = schedule.id, lane.schedule_values = values(schedule);
    lane.sampler = sampler.id, lane.sampler_values = values(sampler);
    lane.denoiser = any(denoiser_records()).id;
    if (coin() && !library_.models.empty()) lane.model = any(library_.models).name;
    lane.class_index = int(whole(12)) - 1;
    lane.guidance = between(0, max_guidance);
    lane.spacing = any(spacing_records()).id;
    lane.clip = LaneState::Clip(whole(3));
    lane.sample_steps = int(between(1, T));
    if (T >= 3 && coin()) lane.times = {between(0.5, 1), between(0.1, 0.5), between(1e-4, 0.1)}, lane.sample_steps = 3;
    return lane;
  }

  const Library& library_;
  std::mt19937_64 random_;
};

}  // namespace noiseglass::app
