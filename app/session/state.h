#pragma once

#include "noiseglass/registry.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace noiseglass {
struct Library;
}

namespace noiseglass::app {

// How far a person can go, for the state, its controls and its texts alike.
constexpr std::size_t most_times = 50;  // steps that are put in their places by hand
constexpr double max_guidance = 8, max_zoom = 64, min_speed = 0.125, max_speed = 8;

/// One lane: any combination of schedule, denoiser, sampler and number of steps.
struct LaneState {
  std::string schedule = "linear";
  Values schedule_values;
  std::string denoiser = "network";
  std::string model;     ///< file stem of a bundled model; empty: the one that fits the picture
  int class_index = -1;  ///< −1: no class
  double guidance = 1;
  std::string sampler = "ddim";
  Values sampler_values;
  std::string spacing = "trailing";
  enum class Clip { as_usual, on, off } clip = Clip::as_usual;  ///< of x̂₀ to [−1, 1]; as_usual: the sampler's custom
  int sample_steps = 25;
  /// Where the steps lie if a person put them there, as falling shares of t; else empty. They count more than spacing
  /// and sample_steps.
  std::vector<double> times = {};

  void choose_schedule(const std::string& id);  ///< its parameters have their defaults
  void choose_sampler(const std::string& id);   ///< likewise; x̂₀ is clipped as is this sampler's custom
  void choose_model(const std::string& name);   ///< another network has other classes: none is chosen
  bool operator==(const LaneState&) const = default;
};

enum class View { forward, reverse };             ///< what the lanes show: corruption of the picture, or a reverse run
enum class Playing { paused, forward, reverse };  ///< what autoplay does
enum class Lockstep { same_t, same_snr };         ///< how lane 2 follows lane 1
enum class PlotAxis { t, log_snr };
enum class Epsilon {
  one,
  chain
};  ///< the noise at each t: one ε for all, or a path of the chain with a fresh one in each step
enum class SnrOf { weights, picture };           ///< ᾱ/(1−ᾱ), or that times the variance of the picture
enum class Look { dark, light, high_contrast };  ///< of the window: for a dim room, for a projector, for weak eyes
enum class Background { white, grey, black };    ///< behind transparent parts of a picture
enum class Origin { picture, noise };            ///< where a reverse run starts: noised picture, or N(0, I)

/// Everything that the window shows, as one value: it can be saved, compared, and set by a test, a lesson or a command
/// line.
struct AppState {
  std::string panel = "pictures";            ///< the tab that is open: the lanes, or a row of panel_records()
  std::map<std::string, double> settings;    ///< of panels, by "panel.setting"; what is not here has its default
  std::map<std::string, std::string> texts;  ///< what a person typed into a panel, by "panel.name"
  std::filesystem::path picture;
  Background background = Background::white;
  std::uint64_t seed = 7;
  Epsilon epsilon = Epsilon::one;
  int steps = 1000;     ///< T
  double position = 0;  ///< t of lane 1, 0 … T; real while playing
  int lane_count = 2;
  std::array<LaneState, 2> lanes;
  Lockstep lockstep = Lockstep::same_t;
  PlotAxis plot_axis = PlotAxis::t;
  SnrOf snr_of = SnrOf::weights;
  View view = View::forward;
  Origin origin = Origin::picture;
  int run_from = 0;   ///< t of lane 1 at which the reverse run starts
  bool wall = false;  ///< a run from noise makes 64 pictures at once
  Playing playing = Playing::paused;
  double speed = 1;  ///< 1: the whole of 0 … T in eight seconds
  bool loop = false;
  int working_size = 512;                 ///< longest side that the network works at; 0: full size
  double zoom = 1;                        ///< 1: the whole picture; 8: an eighth of its width
  double centre_x = 0.5, centre_y = 0.5;  ///< what is in the middle of every tile, as fractions of the picture
  Look look = Look::dark;
  bool plots_open = true;
  bool operator==(const AppState&) const = default;

  /// What lanes show of the forward process; panels have one ε.
  Epsilon shown_epsilon() const { return panel == "pictures" ? epsilon : Epsilon::one; }
  /// Whether the run that is shown is a wall of samples.
  bool shows_wall() const { return panel == "pictures" && view == View::reverse && origin == Origin::noise && wall; }

  AppState() { lanes[1].schedule = "cosine"; }
};

/// What looks are called, in their order: "dark", "light", "high-contrast".
const std::vector<std::string>& look_names();
/// The look of this name; nothing where it has none, as "system" has.
std::optional<Look> look_named(const std::string& name);

/// What the window opens with and every page of a lesson starts from: the first picture, and the slider where the lanes
/// differ at first sight.
AppState starting_state(const Library& library);

/// Brings every number of a state into its range, so that no panel, lesson or file has to.
void bring_into_range(AppState& state);

/// Why a state cannot be shown.
struct Refusal {
  std::string name;      ///< where it was set: "lane1.schedule", "T"
  std::string sentence;  ///< for the person at the screen
};

/// What in a state, which is in range, cannot be: a schedule without values, a name that nothing has. Empty if all is
/// well.
std::optional<Refusal> why_refused(const AppState& state);

}  // namespace noiseglass::app
