#pragma once

#include "session/key.h"
#include "session/published.h"
#include "session/state.h"

#include "noiseglass/point_model.h"
#include "noiseglass/sampler.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace noiseglass::app {

// What the score panel shows, without the showing: points, particles, paths and fields.

constexpr double plane_range = 3.2;      ///< the plane is −3.2 … 3.2 in x and y
constexpr double exploding_range = 9.6;  ///< the same where x is x₀ + σ·ε
constexpr int points_in_a_set = 500;
constexpr int most_drawn_points = 1000;

/// The noise level at a real t, ᾱ and 1 − ᾱ in straight lines between whole t.
struct NoiseLevel {
  double alpha_bar = 1, variance = 0, log_snr = 0;
};
NoiseLevel noise_level(const Schedule& schedule, double position);

/// How x is written: all three are x_t, scaled. In the order of the setting.
enum class Written { preserving, straight, exploding };
double written_scale(Written written, const NoiseLevel& level);

/// A set that a person drew, as it is kept in the state: "0.25 −1.5;…", two decimals. What cannot be read is left out.
Points points_from_text(const std::string& text);
void add_point(std::string& text, const Eigen::Array2d& point);

/// Particles that start as data and stay on course: x_t = √ᾱ·x₀ + √(1−ᾱ)·ε with their own x₀ and ε.
struct ForwardParticles {
  Points x_0, epsilon;
};
/// x₀ from the model (its points in turn, blurred by its width); ε as a picture's, from streams::forward.
ForwardParticles forward_particles(const PointModel& model, int count, std::uint64_t seed);

/// Particles on their way back as far as it has been computed, all at the same moments.
struct Flow {
  std::vector<int> t;  ///< from T down to 0
  std::vector<std::shared_ptr<const Points>> x;
  bool done() const { return !t.empty() && x.size() == t.size(); }
};
/// Where the particles are at a real t: between two moments in a straight line (as they are written), at the last
/// moment that is known if it has not come so far; no points if nothing is known. @param scales of each moment
Points flow_at(const Flow& flow, const std::vector<double>& scales, double position);

struct FlowRequest {
  Key key;  ///< of all that follows
  std::shared_ptr<const PointModel> model;
  std::shared_ptr<const Schedule> schedule;
  std::string sampler;
  int steps = 50, count = 300;
  std::uint64_t seed = 0;
};
/// Runs the sampler from N(0, I), the same start for every sampler; `moment` gets the flow so far after each step.
/// @throws Cancelled
void run_flow(const FlowRequest& request, std::stop_token stop, const std::function<void(Flow)>& moment);

/// The model at one noise level, over the plane.
struct Field {
  Key key;
  int columns = 0, rows = 0;
  double range = plane_range;
  std::vector<std::uint8_t> density;  ///< rows from the top; 255: as dense as its densest parts
  Points at, arrows;                  ///< a grid of places; the score there times √v, so that 1 is usual at every t
};
constexpr int arrows_across = 17;
/// @param side of the density's shorter edge, which is 2·range long; `aspect`: width/height of the plane that is seen
/// @param scale the plane shows scale·x_t
Field make_field(const PointModel& model, const NoiseLevel& level, int side, double aspect = 1, double scale = 1,
                 double range = plane_range);

/// Two threads that compute what the panel wants to show now, and its latest results.
class ScoreWork {
 public:
  explicit ScoreWork(std::function<void()> wake) : wake_(std::move(wake)) {}

  void want_field(const Key& key, std::shared_ptr<const PointModel> model, NoiseLevel level, double aspect = 1,
                  double scale = 1, double range = plane_range);
  void want_flows(std::vector<FlowRequest> requests);
  std::shared_ptr<const Field> field() const;         ///< the newest, perhaps of an earlier moment; null at first
  std::shared_ptr<const Flow> flow(int index) const;  ///< of the request as it is now; null at first
  std::string problem(int index) const;               ///< why there is no field, or no flow; a sentence

 private:
  std::function<void()> wake_;
  Published<Field> field_;
  std::vector<Published<Flow>> flows_;
  std::vector<std::uint64_t> flow_ids_;
  std::vector<Key> flow_keys_;
  Key field_key_;
  std::uint64_t last_id_ = 0;
  Worker field_worker_, flow_worker_;  // last: they end before what their jobs use
};

}  // namespace noiseglass::app
