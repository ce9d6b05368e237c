#include "session/measures.h"

#include "session/session.h"
#include "session/text.h"
#include "session/wall.h"

#include <cmath>

namespace noiseglass::app {
namespace {

/// What the lane's picture is worth: the end of the run where a run is shown, else the estimate at the slider.
const Quality* quality(const Session& session, const LaneView& lane) {
  const Quality* found = nullptr;
  if (!session.shows_run())
    found = lane.preview && lane.preview_current ? &lane.preview->quality : nullptr;
  else if (lane.run && lane.run->done && !lane.run->frames.empty())
    found = &lane.run->frames.back()->quality;
  return found && found->psnr != 0 ? found : nullptr;  // 0: not compared
}

using Value = std::optional<double>;
struct LaneMeasure {
  const char* name;
  Value (*value)(const Session&, const LaneView&);
};

/// How many samples of a wall a judge reads as the class that was asked for.
Value read_as_asked(const Session& session, const LaneView& lane) {
  const auto wall = asked_wall(session, &lane == &session.lane(0) ? 0 : 1);
  return wall ? Value(read_wall(*wall).as_asked) : Value();
}

constexpr LaneMeasure lane_measures[] = {
    {"t", [](const Session&, const LaneView& lane) { return Value(lane.t); }},
    {"alpha_bar", [](const Session&, const LaneView& lane) { return Value(lane.schedule->alpha_bar(lane.t)); }},
    {"beta", [](const Session&, const LaneView& lane) { return Value(lane.schedule->beta(lane.t)); }},
    {"beta_sum",
     [](const Session&, const LaneView& lane) {
       double sum = 0;
       for (int t = 1; t <= lane.t; ++t) sum += lane.schedule->beta(t);
       return Value(sum);
     }},
    {"snr_db", [](const Session&, const LaneView& lane) { return Value(lane.schedule->snr_db(lane.t)); }},
    {"own_snr_db", [](const Session&, const LaneView& lane) { return Value(own_snr_db(lane)); }},
    {"grain",
     [](const Session& session, const LaneView& lane) {
       if (lane.t < 1 || session.state().shown_epsilon() == Epsilon::one) return Value(1);
       const Schedule& schedule = *lane.schedule;
       return Value(std::sqrt(schedule.variance(lane.t - 1) * schedule.alpha_bar(lane.t) /
                              (schedule.variance(lane.t) * schedule.alpha_bar(lane.t - 1))));
     }},
    {"signal", [](const Session&, const LaneView& lane) { return Value(std::sqrt(lane.schedule->alpha_bar(lane.t))); }},
    {"sigma", [](const Session&, const LaneView& lane) { return Value(lane.schedule->sigma(lane.t)); }},
    {"psnr",
     [](const Session& session, const LaneView& lane) {
       const Quality* found = quality(session, lane);
       return found ? Value(found->psnr) : Value();
     }},
    {"ssim",
     [](const Session& session, const LaneView& lane) {
       const Quality* found = quality(session, lane);
       return found ? found->ssim : Value();
     }},
    {"read_as_asked", read_as_asked},
};

}  // namespace

std::string about_snr(const LaneView& lane) {
  return "SNR of the weights, ᾱ/(1−ᾱ): " + fixed(lane.schedule->snr_db(lane.t), 1) +
         " dB. At 0 dB picture and noise have equal weights.\nThe picture's own SNR, times the variance of its "
         "values, " +
         fixed(lane.variance, 2) + ": " + fixed(own_snr_db(lane), 1) + " dB. At 0 dB they have equal power.";
}

std::optional<double> measure(const Session& session, const std::string& name) {
  if (name == "T") return session.state().steps;
  for (int i = 0; i < session.state().lane_count; ++i)
    for (const LaneMeasure& known : lane_measures)
      if (name == "lane" + std::to_string(i + 1) + "." + known.name) {
        const LaneView& lane = session.lane(i);
        return lane.schedule ? known.value(session, lane) : std::nullopt;
      }
  return std::nullopt;
}

std::vector<std::string> measure_names() {
  std::vector<std::string> names = {"T"};
  for (const char* lane : {"lane1.", "lane2."})
    for (const LaneMeasure& known : lane_measures) names.push_back(std::string(lane) + known.name);
  return names;
}

std::string noisy_end(const Session& session) {
  bool noise = true;
  for (int i = 0; i < session.state().lane_count; ++i)
    if (const auto& schedule = session.lane(i).schedule) noise = noise && schedule->alpha_bar(schedule->steps()) < 1e-3;
  return (noise ? "pure noise (t = " : "last step (t = ") + std::to_string(session.state().steps) + ")";
}

}  // namespace noiseglass::app
