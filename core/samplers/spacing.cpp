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

SpacingRecord make_record(const char* id, const char* label, const char* summary, const char* formula,
                          std::vector<int> (*make)(int, int)) {
  SpacingRecord record;
  record.id = id;
  record.label = label;
  record.summary = summary;
  record.formula = formula;
  record.source = "Lin et al. 2023, table 2";
  record.make = make;
  return record;
}

}  // namespace

const std::vector<SpacingRecord>& spacing_records() {
  static const std::vector<SpacingRecord> records = {
      make_record("trailing", "Trailing", "Starts at t = T, pure noise: the right choice for few steps.",
                  "t_k = round(T − k·T/N), k = 0 … N − 1", trailing),
      make_record("leading", "Leading", "Ends at t = 1 but starts below T, where some of the picture is left.",
                  "t_k = (N − 1 − k)·⌊T/N⌋ + 1, k = 0 … N − 1", leading),
      make_record("linspace", "Linspace", "From T to 1 in even steps, both ends included.",
                  "t_k = round((N − 1 − k)·(T − 1)/(N − 1)) + 1, k = 0 … N − 1", linspace),
  };
  return records;
}

std::vector<int> make_timesteps(const std::string& spacing, int T, int N) {
  const SpacingRecord& record = find_record("spacing", spacing_records(), spacing);
  if (T < 1 || T > Schedule::max_steps) {
    throw UsageError("T = " + std::to_string(T) + " is not a number of steps: choose from 1 to " +
                     std::to_string(Schedule::max_steps) + ".");
  }
  if (N < 1 || N > T) {
    throw UsageError(std::to_string(N) + " sampling steps do not fit a schedule of T = " + std::to_string(T) +
                     ": choose from 1 to " + std::to_string(T) + ".");
  }
  return record.make(T, N);
}

}  // namespace noiseglass
