#pragma once

#include "noiseglass/denoiser.h"
#include "noiseglass/noise.h"
#include "noiseglass/schedule.h"

#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace noiseglass {

/// Which t are visited: N of 1…`from`, decreasing; the end t = 0 (ᾱ = 1) is understood.
struct SpacingRecord : RecordInfo {
  /// @param from 1…T of the schedule  @param N 1…from
  std::function<std::vector<int>(const Schedule& schedule, int from, int N)> make;
};
/// trailing (the default), leading, linspace: even in t, with the usual conventions (0-based index + 1), rounding half
/// to even; karras (ρ = 7) and log-snr: by the noise levels of the schedule.
const std::vector<SpacingRecord>& spacing_records();
/// @throws UsageError for an unknown spacing, `from` outside 1…T or N outside 1…from.
std::vector<int> make_timesteps(const std::string& spacing, const Schedule& schedule, int from, int N);
std::vector<int> make_timesteps(const std::string& spacing, const Schedule& schedule, int N);  ///< from T

/// Where a person put the steps: for each share the whole t nearest to share·from, kept apart and at 1 or above.
/// @param shares 1 … `from` of them; falling, each above 0 and at most 1 @throws UsageError otherwise
std::vector<int> timesteps_at(const std::vector<double>& shares, int from);

/// One moment of a reverse run: x at t, and what the denoiser makes of it. At t = 0: x̂₀ = x, ε̂ = 0.
struct SamplerStep {
  int index = 0;  ///< 0 … N
  int t = 0;
  double alpha_bar = 1;
  State x_t;
  Eigen::ArrayXd x_0;      ///< x̂₀ (clipped if the run clips)
  Eigen::ArrayXd epsilon;  ///< ε̂ (as the denoiser gave it)
};

struct SamplerProblem {
  Schedule schedule;
  std::vector<int> timesteps;  ///< from make_timesteps
  std::shared_ptr<const Denoiser> denoiser;
  State x_start;           ///< x at timesteps.front()
  std::uint64_t seed = 0;  ///< for samplers that add noise: streams::sampler(step)
  bool clip = false;       ///< clip x̂₀ to [−1, 1] in every step
};

/// A reverse process as a stream: step() yields N + 1 moments, the first at timesteps.front(), the last at
/// t = 0. Multistep history lives in the instance. Not for use by two threads at once.
class Sampler {
 public:
  virtual ~Sampler() = default;
  bool done() const { return next_ > int(problem_.timesteps.size()); }
  /// @throws Cancelled; the instance is then still at the same moment and may be asked again.
  SamplerStep step(std::stop_token stop = {});

 protected:
  explicit Sampler(SamplerProblem problem);
  /// x at t_next from the moment just predicted.
  virtual State advance(const SamplerStep& now, int t_next, std::stop_token stop) = 0;
  /// What the denoiser makes of x at a level with noise, x̂₀ clipped if the run clips; `index` and `t` are left at 0.
  SamplerStep look(const State& x, NoiseLevel level, std::stop_token stop) const;
  SamplerProblem problem_;

 private:
  State x_;
  int next_ = 0;
};

struct SamplerRecord : RecordInfo {
  int order = 1;                  ///< global order of accuracy on the probability-flow ODE; 0 for stochastic samplers
  int evaluations = 1;            ///< denoiser calls per step
  bool clips_by_default = false;  ///< DDPM and DDIM do, ODE solvers do not
  std::function<std::unique_ptr<Sampler>(SamplerProblem, const Values&)> make;
};

/// Whether x̂₀ is clipped when nobody says: as the sampler does by default, but never under classifier-free guidance,
/// whose guesses overshoot on purpose; DDIM keeps the unclipped ε̂, and the two would no longer agree about x_t (digits
/// at guidance 2 come out unreadable).
bool clips_as_usual(const SamplerRecord& record, double guidance);

/// ddpm (parameter variance_large), ddim (eta), euler, heun, dpm++2m, unipc, euler-a (eta), euler-churn and heun-churn
/// (churn, sigma_low, sigma_high, noise), dpm++2m-sde (eta).
const std::vector<SamplerRecord>& sampler_records();

std::unique_ptr<Sampler> make_sampler(const std::string& id, SamplerProblem problem, const Values& chosen = {});

}  // namespace noiseglass
