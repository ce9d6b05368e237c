#include "noiseglass/sampler.h"

#include <algorithm>
#include <cmath>

namespace noiseglass {
namespace {

/// To the nearest whole number, halves to even (as numpy rounds), whatever the floating-point environment.
int round_half_even(double value) {
  const double below = std::floor(value), excess = value - below;
  const bool up = excess > 0.5 || (excess == 0.5 && std::fmod(below, 2) != 0);
  return int(below) + up;
}

std::vector<int> trailing(int T, int N) {
  // numpy.arange(T, 0, −T/N) steps by the difference of its first two values, which decides some of the halves.
  const double step = (T - double(T) / N) - T;
  std::vector<int> t(N);
  for (int k = 0; k < N; ++k) t[k] = round_half_even(T + k * step);
  return t;
}

std::vector<int> leading(int T, int N) {
  std::vector<int> t(N);
  for (int k = 0; k < N; ++k) t[k] = (N - 1 - k) * (T / N) + 1;
  return t;
}

std::vector<int> linspace(int T, int N) {
  std::vector<int> t(N, 1);  // a single step starts at index 0, as numpy.linspace does
  for (int k = 0; k < N && N > 1; ++k) t[k] = round_half_even((N - 1 - k) * (double(T - 1) / (N - 1))) + 1;
  return t;
}

/// The t whose noise levels are nearest to those asked for, by log-SNR; where two are nearest to the same t, the next
/// one down is taken, and enough are left for those still to come.
std::vector<int> nearest(const Schedule& schedule, int from, int N,
                         const std::function<double(double share)>& log_snr) {
  std::vector<int> t(N, from);
  for (int k = 1; k < N; ++k) {
    t[k] = std::clamp(schedule.nearest_t(log_snr(double(k) / (N - 1))), N - k, t[k - 1] - 1);
  }
  return t;
}

std::vector<int> uniform_log_snr(const Schedule& schedule, int from, int N) {
  const double first = schedule.log_snr(from), last = schedule.log_snr(1);
  return nearest(schedule, from, N, [=](double share) { return first + share * (last - first); });
}

std::vector<int> karras(const Schedule& schedule, int from, int N) {
  constexpr double rho = 7;
  // σ̄^(1/ρ) with σ̄ = e^(−λ/2)
  const auto root = [&](int t) { return std::exp(-schedule.log_snr(t) / (2 * rho)); };
  const double first = root(from), last = root(1);
  return nearest(schedule, from, N, [=](double share) { return -2 * rho * std::log(first + share * (last - first)); });
}

template <std::vector<int> (*even)(int T, int N)>
std::vector<int> in_t(const Schedule&, int from, int N) {
  return even(from, N);
}

SpacingRecord make_record(const char* id, const char* label, const char* summary, const char* formula,
                          const char* source, decltype(SpacingRecord::make) make) {
  SpacingRecord record;
  record.id = id;
  record.label = label;
  record.summary = summary;
  record.formula = formula;
  record.source = source;
  record.make = std::move(make);
  return record;
}

constexpr const char* lin = "Lin et al. 2024, table 2";

}  // namespace

const std::vector<SpacingRecord>& spacing_records() {
  static const std::vector<SpacingRecord> records = {
      make_record("trailing", "Trailing", "Starts at t = T, pure noise: the right choice for few steps.",
                  "t_k = round(T − k·T/N), k = 0 … N − 1", lin, in_t<trailing>),
      make_record("leading", "Leading", "Ends at t = 1 but starts below T, where some of the picture is left.",
                  "t_k = (N − 1 − k)·⌊T/N⌋ + 1, k = 0 … N − 1", lin, in_t<leading>),
      make_record("linspace", "Linspace", "From T to 1 in even steps, both ends included.",
                  "t_k = round((N − 1 − k)·(T − 1)/(N − 1)) + 1, k = 0 … N − 1", lin, in_t<linspace>),
      make_record("karras", "Karras", "Even in the seventh root of the noise level: short steps where detail appears.",
                  "σ̄_k = (σ̄_T^(1/ρ) + k/(N − 1)·(σ̄_1^(1/ρ) − σ̄_T^(1/ρ)))^ρ, ρ = 7, σ̄ = √((1 − ᾱ)/ᾱ); the nearest t",
                  "Karras et al. 2022, eq. 5", karras),
      make_record("log-snr", "Uniform log-SNR", "The SNR rises by the same number of decibels in every step.",
                  "λ_k = λ_T + k/(N − 1)·(λ_1 − λ_T), k = 0 … N − 1; the nearest t",
                  "Lu et al. 2022 (DPM-Solver), section 3.4 and appendix C", uniform_log_snr),
  };
  return records;
}

std::vector<int> make_timesteps(const std::string& spacing, const Schedule& schedule, int from, int N) {
  const SpacingRecord& record = find_record("spacing", spacing_records(), spacing);
  if (from < 1 || from > schedule.steps()) {
    throw UsageError("t = " + std::to_string(from) +
                     " is not a place to start from: choose from 1 to T = " + std::to_string(schedule.steps()) + ".");
  }
  if (N < 1 || N > from) {
    throw UsageError(std::to_string(N) + " sampling steps do not fit between t = " + std::to_string(from) +
                     " and 0: choose from 1 to " + std::to_string(from) + ".");
  }
  return record.make(schedule, from, N);
}

std::vector<int> timesteps_at(const std::vector<double>& shares, int from) {
  const int N = int(shares.size());
  if (N < 1 || N > from)
    throw UsageError(std::to_string(N) + " steps do not fit between t = " + std::to_string(from) + " and 0.");
  std::vector<int> t(N);
  for (int k = 0; k < N; ++k) {
    if (!(shares[k] > 0 && shares[k] <= (k ? shares[k - 1] : 1)))
      throw UsageError("the places of steps fall from at most 1 to above 0, as shares of t.");
    t[k] = std::clamp(round_half_even(shares[k] * from), N - k, k ? t[k - 1] - 1 : from);
  }
  return t;
}

std::vector<int> make_timesteps(const std::string& spacing, const Schedule& schedule, int N) {
  return make_timesteps(spacing, schedule, schedule.steps(), N);
}

}  // namespace noiseglass
