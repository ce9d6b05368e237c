#pragma once

#include "session/schedule_scores.h"
#include "ui/panels/panel.h"

#include "noiseglass/knots.h"

#include <array>
#include <memory>
#include <string>
#include <vector>

namespace noiseglass::app {

/// A schedule that the panel shows: the first lane's, or one to compare it with.
struct ShownSchedule {
  std::string name;
  std::shared_ptr<const Schedule> schedule;
  Key key;
  ImU32 colour = 0;
  bool own = false;  ///< the first lane's
};

/// Everything that one frame of the panel shows.
struct ScheduleScene {
  std::vector<ShownSchedule> shown;  ///< the first is the lane's own
  std::vector<Knot> knots;           ///< its handles
  std::vector<int> timesteps;        ///< of a run from T, falling
  const Schedule& own() const { return *shown.front().schedule; }
};

/// Between −mixed_log_snr and mixed_log_snr both picture and noise can be seen: 1.8 % to 98.2 % of the variance.
constexpr double mixed_log_snr = 4;
/// How many of the steps lie there.
int steps_in_the_middle(const ScheduleScene& scene);

/// Where the steps of a run from T lie under this schedule.
std::vector<int> timesteps_of(const LaneState& lane, const Schedule& schedule);

/// The log-SNR over t with its handles, and the steps on the axis below.
void draw_schedule_curve(Ui& ui, const ScheduleScene& scene, const Rect& rect);
/// β or ᾱ over t, with the slider's t.
void draw_schedule_quantity(Ui& ui, const ScheduleScene& scene, bool alpha_bar, const Rect& rect);

/// How well a schedule did, as far as it is known.
struct ShownScore {
  Published<ScheduleScore>::Outcome picture, samples;
};
/// @param samples_of the network that makes them
void draw_schedule_scores(Ui& ui, const ScheduleScene& scene, const std::vector<ShownScore>& scores,
                          const std::string& samples_of, const Rect& rect);

}  // namespace noiseglass::app
