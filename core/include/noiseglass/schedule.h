#pragma once

#include "noiseglass/noise_level.h"
#include "noiseglass/registry.h"

#include <functional>
#include <string>
#include <vector>

namespace noiseglass {

/// A noise schedule as a table over t = 0…T in float64: t = 0 is clean (ᾱ₀ = 1), t = 1…T as in
/// Ho et al. 2020 (the usual 0-based tables are t − 1). A value: copy it freely.
///
/// Every function takes t in 0…T and throws UsageError outside of it.
class Schedule {
 public:
  static constexpr int max_steps = 10'000;

  /// @param beta β_1…β_T, each strictly between 0 and 1; T from 1 to max_steps.
  /// @throws UsageError otherwise, or if ᾱ falls below 1e-100.
  Schedule(std::string id, std::vector<double> beta);

  const std::string& id() const { return id_; }
  int steps() const { return int(beta_.size()) - 1; }  ///< T

  double beta(int t) const;       ///< β_t; β_0 = 0
  double alpha(int t) const;      ///< 1 − β_t
  double alpha_bar(int t) const;  ///< Π_{s≤t} (1 − β_s)
  double variance(int t) const;   ///< 1 − ᾱ_t, without cancellation near t = 0
  double sigma(int t) const;      ///< √(1 − ᾱ_t), the standard deviation of the noise in x_t
  double log_snr(int t) const;    ///< λ_t = ln(ᾱ_t / (1 − ᾱ_t)); +∞ at t = 0
  double snr_db(int t) const;     ///< 10·log₁₀(ᾱ_t / (1 − ᾱ_t))

  NoiseLevel level(int t) const { return {alpha_bar(t), variance(t)}; }

  /// The forward step from s to t > s as if it were one step of the chain, α_{t|s} = ᾱ_t/ᾱ_s, and its posterior
  /// q(x_s | x_t, x₀) = N(mean_x_0·x₀ + mean_x_t·x_t, variance·I): Ho et al. 2020, eqs. 6–7; for steps longer than one
  /// Nichol & Dhariwal 2021, section 4. @throws UsageError unless 0 ≤ s < t ≤ T
  struct Posterior {
    double beta = 0;      ///< β_{t|s} = 1 − ᾱ_t/ᾱ_s
    double mean_x_0 = 0;  ///< √ᾱ_s·β_{t|s} / (1 − ᾱ_t)
    double mean_x_t = 0;  ///< √α_{t|s}·(1 − ᾱ_s) / (1 − ᾱ_t)
    double variance = 0;  ///< β̃_{t|s} = (1 − ᾱ_s) / (1 − ᾱ_t)·β_{t|s}; 0 at s = 0
  };
  Posterior posterior(int t, int s) const;

  /// The t in 1…T whose λ_t is nearest to `log_snr` (+∞ gives 0).
  int nearest_t(double log_snr) const;

 private:
  std::size_t index(int t) const;

  std::string id_;
  std::vector<double> beta_, alpha_bar_, variance_;  // index t; at t = 0: β = 0, ᾱ = 1, 1 − ᾱ = 0
};

struct ScheduleRecord : RecordInfo {
  /// @param steps T in 1…Schedule::max_steps  @param values complete (see resolve_values)
  std::function<Schedule(int steps, const Values& values)> make;
};

/// linear, cosine, scaled-linear, sigmoid, log-snr (constant rate of λ), flow (straight line), custom (see
/// knots.h); each with zero_terminal_snr among its parameters.
const std::vector<ScheduleRecord>& schedule_records();

/// Looks the schedule up, fills in defaults, checks, makes it.
/// @throws UsageError for an unknown name, a bad parameter, or T out of range.
Schedule make_schedule(const std::string& id, int steps, const Values& chosen = {});

}  // namespace noiseglass
