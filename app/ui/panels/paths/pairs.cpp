#include "ui/panels/paths/pairs.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace noiseglass::app {
namespace {

constexpr std::size_t most_pairs = 12;

const std::vector<Pair1D>& first_pairs() {
  static const std::vector<Pair1D> pairs = {{-1.5, 1.2}, {-1.1, -0.4}, {-0.9, 0.6},
                                            {0.9, -1.3}, {1.2, 0.1},   {1.4, -0.8}};
  return pairs;
}

}  // namespace

std::string text_of(const std::vector<Pair1D>& pairs) {
  std::string text;
  for (const Pair1D& pair : pairs) {
    char words[48];
    std::snprintf(words, sizeof words, "%s%.3f %.3f", text.empty() ? "" : ";", pair.data, pair.noise);
    text += words;
  }
  return text;
}

std::vector<Pair1D> pairs_of(const std::string& text) {
  std::vector<Pair1D> pairs;
  for (const char *at = text.data(), *const end = at + text.size(); at < end;) {
    const char* const stop = std::find(at, end, ';');
    Pair1D pair;
    const auto data = std::from_chars(at, stop, pair.data);
    const auto noise = std::from_chars(std::min(data.ptr + 1, stop), stop, pair.noise);
    const auto fits = [](double value) { return std::abs(value) <= reach; };
    if (data.ec == std::errc() && noise.ec == std::errc() && fits(pair.data) && fits(pair.noise)) pairs.push_back(pair);
    at = stop + 1;
  }
  if (pairs.size() > most_pairs) pairs.resize(most_pairs);
  return pairs.empty() ? first_pairs() : pairs;
}

Walked walk(const std::string& text, int reflows, int count) {
  Walked walked;
  walked.pairs = pairs_of(text);
  for (int i = 0; i < reflows; ++i) walked.pairs = reflow(PairFlow(walked.pairs, cloud));
  const PairFlow flow(walked.pairs, cloud);
  const double share = 1 / double(walked.pairs.size());
  for (const Pair1D& pair : walked.pairs) {
    walked.paths.push_back(flow.path(pair.noise, points_of_path));
    walked.steps.push_back(flow.euler(pair.noise, count));
    walked.bending += share * bending(walked.paths.back());
    walked.steps_off += share * std::abs(walked.steps.back().back() - walked.paths.back().back());
  }
  return walked;
}

double last_u(Coordinates coordinates) {
  return coordinates == Coordinates::exploding ? most_sigma / (1 + most_sigma) : 1;
}

PathCoordinates coordinates_at(Coordinates coordinates, double u) {
  if (coordinates == Coordinates::straight) return straight_line(u);
  if (coordinates == Coordinates::preserving) return variance_preserving(u);
  return variance_exploding(std::min(u, last_u(coordinates)));
}

}  // namespace noiseglass::app
