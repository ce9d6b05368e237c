#include "datasets/datasets.h"

#include <cmath>
#include <numbers>
#include <vector>

namespace noiseglass {
namespace {

constexpr double pi = std::numbers::pi;

/// A stroke of the pen: a part of an ellipse, or where both radii are 0 a straight line from `a` to `b`.
struct Stroke {
  Eigen::Array2d a, b;      // line: its ends; arc: centre and radii
  double from = 0, to = 0;  // arc: angles; equal for a line
  bool is_line() const { return from == to; }

  Eigen::Array2d at(double u) const {
    if (is_line()) return a + u * (b - a);
    const double angle = from + u * (to - from);
    return a + b * Eigen::Array2d(std::cos(angle), std::sin(angle));
  }
  double length() const {
    if (is_line()) return (b - a).matrix().norm();
    return std::abs(to - from) * std::sqrt(0.5 * (b * b).sum());
  }
};

/// Each letter is one high and about 0.8 wide; the word is DATA, with room between the letters.
std::vector<Stroke> word() {
  std::vector<Stroke> strokes = {
      {{0, 0}, {0, 1}},       {{0, 1}, {0.25, 1}},
      {{0, 0}, {0.25, 0}},    {{0.25, 0.5}, {0.42, 0.5}, -pi / 2, pi / 2},  // D
      {{1.95, 1}, {2.75, 1}}, {{2.35, 0}, {2.35, 1}},                       // T
  };
  for (const double left : {0.9, 2.9}) {  // A
    strokes.push_back({{left, 0}, {left + 0.42, 1}});
    strokes.push_back({{left + 0.42, 1}, {left + 0.84, 0}});
    strokes.push_back({{left + 0.147, 0.35}, {left + 0.693, 0.35}});
  }
  return strokes;
}

Eigen::Array2d point(const datasets::Draw& draw) {
  static const std::vector<Stroke> strokes = word();
  double length = 0;
  for (const Stroke& stroke : strokes) length += stroke.length();
  double place = draw.place * length;
  for (const Stroke& stroke : strokes) {
    if (place < stroke.length()) return stroke.at(place / stroke.length()) + 0.02 * draw.normal;
    place -= stroke.length();
  }
  return strokes.back().at(1) + 0.02 * draw.normal;
}

}  // namespace

DatasetRecord datasets::letters() {
  DatasetRecord record;
  record.id = "letters";
  record.label = "Letters";
  record.summary = "The word DATA, written in points.";
  record.formula = "Even along the strokes of the letters, plus noise of 0.02 of their height";
  record.source = "Drawn for this program";
  record.make = [](int count, std::uint64_t seed) { return from_draws(count, seed, point); };
  return record;
}

}  // namespace noiseglass
