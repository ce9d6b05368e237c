#include "noiseglass/knots.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <sstream>

namespace noiseglass {
namespace {

using namespace knot_limits;

constexpr double rounding = 1e-9;  // what a text may lose

std::string in_words(const Knot& knot) {
  std::ostringstream words;
  words << knot.share << ':' << knot.log_snr;
  return words.str();
}

[[noreturn]] void refuse(const std::string& why) {
  throw UsageError("knots are pairs share:log-SNR such as 0:10,0.5:0,1:-10; " + why);
}

void check(const std::vector<Knot>& knots) {
  if (knots.size() < least_count || knots.size() > most_count)
    refuse("there are " + std::to_string(knots.size()) + ", and must be from " + std::to_string(least_count) + " to " +
           std::to_string(most_count) + ".");
  if (knots.front().share != 0 || knots.back().share != 1) refuse("the first must be at 0 and the last at 1.");
  for (std::size_t i = 0; i < knots.size(); ++i) {
    if (!(std::abs(knots[i].log_snr) <= highest_log_snr))
      refuse(in_words(knots[i]) + " has a log-SNR outside -20 … 20.");
    if (i == 0) continue;
    if (!(knots[i].share - knots[i - 1].share >= least_gap - rounding))
      refuse(in_words(knots[i]) + " must come at least 0.01 after the one before it.");
    if (!(knots[i - 1].log_snr - knots[i].log_snr >= least_fall - rounding))
      refuse("the log-SNR falls from knot to knot by at least 0.05, but not to " + in_words(knots[i]) + ".");
  }
}

/// The slope at a knot between two pieces: a weighted harmonic mean, nearer to the flatter one, so that no piece
/// overshoots.
double inner_slope(double gap_before, double gap, double slope_before, double slope) {
  const double before = 2 * gap + gap_before, after = gap + 2 * gap_before;
  return (before + after) / (before / slope_before + after / slope);
}

/// The slope of the parabola through the first three knots, at the first, but never upwards.
double end_slope(double gap, double gap_next, double slope, double slope_next) {
  const double parabola = ((2 * gap + gap_next) * slope - gap * slope_next) / (gap + gap_next);
  return std::min(parabola, 0.0);
}

}  // namespace

Value to_value(const std::vector<Knot>& knots) {
  std::vector<double> list;
  for (const Knot& knot : knots) list.insert(list.end(), {knot.share, knot.log_snr});
  return list;
}

std::vector<Knot> to_knots(const Value& value) {
  const std::vector<double>& list = value.list();
  if (list.size() % 2) refuse("one of them is half a pair.");
  std::vector<Knot> knots;
  for (std::size_t i = 0; i < list.size(); i += 2) knots.push_back({list[i], list[i + 1]});
  check(knots);
  return knots;
}

std::vector<Knot> with_knot_at(std::vector<Knot> knots, std::size_t i, Knot wanted) {
  double least = i == 0 ? 0 : i + 1 == knots.size() ? 1 : knots[i - 1].share + least_gap;
  double most = i == 0 ? 0 : i + 1 == knots.size() ? 1 : knots[i + 1].share - least_gap;
  knots[i].share = std::clamp(wanted.share, least, std::max(least, most));
  most = i == 0 ? highest_log_snr : knots[i - 1].log_snr - least_fall;
  least = i + 1 == knots.size() ? -highest_log_snr : knots[i + 1].log_snr + least_fall;
  knots[i].log_snr = std::clamp(wanted.log_snr, least, std::max(least, most));
  return knots;
}

std::vector<Knot> knots_along(const Schedule& schedule) {
  constexpr std::array shares = {0.0, 0.04, 0.2, 0.5, 0.8, 0.96, 1.0};
  std::vector<Knot> knots;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    const int t = std::clamp(int(std::lround(shares[i] * schedule.steps())), 1, schedule.steps());
    const double least = least_fall * double(shares.size() - 1 - i) - highest_log_snr;  // those to come need room
    const double most = i == 0 ? highest_log_snr : knots.back().log_snr - least_fall;
    knots.push_back(
        {shares[i], std::clamp(schedule.log_snr(t), least, std::max(least, most))});  // they may be the same
  }
  return knots;
}

std::vector<double> spline_log_snr(const std::vector<Knot>& knots, const std::vector<double>& shares) {
  const std::size_t pieces = knots.size() - 1;
  std::vector<double> gap(pieces), slope(pieces), at_knot(knots.size());
  for (std::size_t i = 0; i < pieces; ++i) {
    gap[i] = knots[i + 1].share - knots[i].share;
    slope[i] = (knots[i + 1].log_snr - knots[i].log_snr) / gap[i];
  }
  if (pieces == 1) {
    at_knot = {slope[0], slope[0]};
  } else {
    for (std::size_t i = 1; i < pieces; ++i) at_knot[i] = inner_slope(gap[i - 1], gap[i], slope[i - 1], slope[i]);
    at_knot.front() = end_slope(gap[0], gap[1], slope[0], slope[1]);
    at_knot.back() = end_slope(gap[pieces - 1], gap[pieces - 2], slope[pieces - 1], slope[pieces - 2]);
  }
  std::vector<double> values;
  for (const double share : shares) {
    const auto after = std::upper_bound(knots.begin() + 1, knots.end() - 1, share,
                                        [](double value, const Knot& knot) { return value < knot.share; });
    const std::size_t i = std::size_t(after - knots.begin()) - 1;
    const double u = (share - knots[i].share) / gap[i], v = 1 - u;
    // Hermite's cubic, as what it adds to the straight piece.
    values.push_back(knots[i].log_snr * v + knots[i + 1].log_snr * u +
                     u * v * gap[i] * (v * (at_knot[i] - slope[i]) - u * (at_knot[i + 1] - slope[i])));
  }
  return values;
}

}  // namespace noiseglass
