#pragma once

#include "noiseglass/schedule.h"

#include <vector>

namespace noiseglass {

/// One handle of a schedule that is drawn by hand: the log-SNR that it has when the share `share` of all steps is done.
struct Knot {
  double share = 0;    ///< t/T, 0 … 1
  double log_snr = 0;  ///< λ = ln(ᾱ/(1−ᾱ)), natural logarithm
  bool operator==(const Knot&) const = default;
};

/// What knots have to keep to: the first at share 0, the last at 1, shares rising and λ falling by at least this much.
namespace knot_limits {
constexpr std::size_t least_count = 2, most_count = 16;
constexpr double least_gap = 0.01, least_fall = 0.05, highest_log_snr = 20;
}  // namespace knot_limits

/// As the parameter `knots` of the schedule custom, written 0:10,0.5:0,1:-10.
Value to_value(const std::vector<Knot>& knots);
/// @throws UsageError that says which of the limits does not hold
std::vector<Knot> to_knots(const Value& value);

/// The knots with knot i at `wanted`, or as near to it as the limits and its neighbours allow; the ends keep their
/// shares.
/// @param knots that keep to the limits
std::vector<Knot> with_knot_at(std::vector<Knot> knots, std::size_t i, Knot wanted);

/// Seven knots on the curve of a schedule, closer together at its ends; where that falls too little or is beyond the
/// limits, as near to it as they allow.
std::vector<Knot> knots_along(const Schedule& schedule);

/// λ at the shares: the monotone cubic that goes through all knots (Fritsch & Butland 1984, after Fritsch & Carlson
/// 1980). @param shares 0 … 1  @param knots that keep to the limits
std::vector<double> spline_log_snr(const std::vector<Knot>& knots, const std::vector<double>& shares);

}  // namespace noiseglass
