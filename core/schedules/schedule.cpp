#include "noiseglass/schedule.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace noiseglass {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// Below this √ᾱ and 1/√ᾱ would leave the range in which samplers can compute.
constexpr double smallest_alpha_bar = 1e-100;

void check_steps(const std::string& id, std::size_t steps) {
  if (steps >= 1 && steps <= std::size_t(Schedule::max_steps)) return;
  throw UsageError("a schedule has from 1 to " + std::to_string(Schedule::max_steps) + " steps, but " +
                   std::to_string(steps) + " were asked of " + id);
}

}  // namespace

Schedule::Schedule(std::string id, std::vector<double> beta) : id_(std::move(id)) {
  const std::size_t steps = beta.size();
  check_steps(id_, steps);
  beta_ = std::move(beta);
  beta_.insert(beta_.begin(), 0.0);
  alpha_bar_.assign(steps + 1, 1.0);
  variance_.assign(steps + 1, 0.0);
  for (std::size_t t = 1; t <= steps; ++t) {
    if (!(beta_[t] > 0 && beta_[t] < 1)) {
      throw UsageError("β must lie between 0 and 1, but the schedule " + id_ + " has β = " + std::to_string(beta_[t]) +
                       " at t = " + std::to_string(t));
    }
    alpha_bar_[t] = alpha_bar_[t - 1] * (1 - beta_[t]);
    variance_[t] = variance_[t - 1] + alpha_bar_[t - 1] * beta_[t];  // 1 − ᾱ_t as a sum of positive terms
    if (alpha_bar_[t] < smallest_alpha_bar) {
      throw UsageError("the schedule " + id_ + " drives ᾱ to zero by t = " + std::to_string(t) + " of " +
                       std::to_string(steps) + ": choose a smaller β or fewer steps.");
    }
  }
}

std::size_t Schedule::index(int t) const {
  if (t >= 0 && t <= steps()) return std::size_t(t);
  throw UsageError("t = " + std::to_string(t) + " is outside 0 … " + std::to_string(steps()) + " of the schedule " +
                   id_ + ".");
}

double Schedule::beta(int t) const { return beta_[index(t)]; }
double Schedule::alpha(int t) const { return 1 - beta_[index(t)]; }
double Schedule::alpha_bar(int t) const { return alpha_bar_[index(t)]; }
double Schedule::variance(int t) const { return variance_[index(t)]; }
double Schedule::sigma(int t) const { return std::sqrt(variance(t)); }

double Schedule::log_snr(int t) const { return level(t).log_snr(); }
double Schedule::snr_db(int t) const { return level(t).snr_db(); }

Schedule::Posterior Schedule::posterior(int t, int s) const {
  if (!(s >= 0 && s < t && t <= steps()))
    throw UsageError("a step back leads from a later t to an earlier one within 0 … " + std::to_string(steps()) +
                     ", not from " + std::to_string(t) + " to " + std::to_string(s));
  Posterior posterior;
  // As a sum of positive terms: 1 − ᾱ_t/ᾱ_s would cancel near t = 0, and a difference of variances near t = T.
  for (int k = s + 1; k <= t; ++k) posterior.beta += (1 - posterior.beta) * beta(k);
  posterior.mean_x_0 = std::sqrt(alpha_bar(s)) * posterior.beta / variance(t);
  posterior.mean_x_t = std::sqrt(alpha_bar(t) / alpha_bar(s)) * variance(s) / variance(t);
  posterior.variance = variance(s) / variance(t) * posterior.beta;
  return posterior;
}

int Schedule::nearest_t(double log_snr) const {
  if (log_snr == infinity) return 0;
  if (std::isnan(log_snr)) throw UsageError("a log-SNR that is not a number corresponds to no t");
  int above = 1, below = steps();  // λ falls with t: λ(above) ≥ log_snr ≥ λ(below) where that can be had
  while (below - above > 1) {
    const int middle = (above + below) / 2;
    (this->log_snr(middle) >= log_snr ? above : below) = middle;
  }
  return std::abs(this->log_snr(above) - log_snr) <= std::abs(this->log_snr(below) - log_snr) ? above : below;
}

Schedule make_schedule(const std::string& id, int steps, const Values& chosen) {
  const ScheduleRecord& record = find_record("schedule", schedule_records(), id);
  if (steps < 1 || steps > Schedule::max_steps) {
    throw UsageError("T = " + std::to_string(steps) + " is not a number of steps: choose from 1 to " +
                     std::to_string(Schedule::max_steps));
  }
  return record.make(steps, resolve_values(record, chosen));
}

}  // namespace noiseglass
