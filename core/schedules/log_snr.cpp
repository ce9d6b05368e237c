#include "schedules/from_log_snr.h"
#include "schedules/schedules.h"

#include <cmath>
#include <limits>

namespace noiseglass::schedules {
namespace {

Schedule make_log_snr(int steps, const Values& values) {
  const double first = values.at("log_snr_max"), last = values.at("log_snr_min");
  std::vector<double> log_snr(steps);
  for (int t = 1; t <= steps; ++t) log_snr[t - 1] = first + (last - first) * t / steps;
  return from_log_snr("log-snr", log_snr);
}

}  // namespace

Schedule from_log_snr(const std::string& id, const std::vector<double>& log_snr) {
  std::vector<double> beta;
  double before = std::numeric_limits<double>::infinity();  // λ_0, where ᾱ = 1
  for (const double now : log_snr) {
    // 1 − S(λ_t)/S(λ_{t−1}) with S the logistic function, without cancellation.
    beta.push_back(NoiseLevel::from_log_snr(now).variance * -std::expm1(now - before));
    before = now;
  }
  return Schedule(id, std::move(beta));
}

ScheduleRecord log_snr() {
  ScheduleRecord record;
  record.id = "log-snr";
  record.label = "Constant-rate log-SNR";
  record.summary = "The SNR falls by the same number of decibels in every step after the first.";
  record.formula = "λ_t = log_snr_max + (log_snr_min − log_snr_max)·t/T, ᾱ_t = 1/(1 + e^−λ_t)";
  record.source = "Kingma et al. 2021 (Variational Diffusion Models), published code: fixed linear log-SNR";
  record.parameters = {
      {"log_snr_max", "first λ", "Where the line starts, at t = 0; x₀ itself is clean.", 10, 1, 20},
      {"log_snr_min", "last λ", "Log-SNR at t = T.", -10, -20, -1},
  };
  record.make = make_log_snr;
  return record;
}

}  // namespace noiseglass::schedules
