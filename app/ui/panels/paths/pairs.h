#pragma once

#include "session/key.h"

#include "noiseglass/straight_paths.h"

#include <string>
#include <vector>

namespace noiseglass::app {

// The pairs of the line: as they are kept in the state, and everything that follows from them.

constexpr const char* pairs_text = "paths.pairs";
constexpr double cloud = 0.15;  ///< the width of a pair's cloud
constexpr double reach = 2.4;   ///< of the values that are drawn and can be chosen
constexpr int points_of_path = 120;

std::string text_of(const std::vector<Pair1D>& pairs);
/// What cannot be read is left out; the first pairs, where nothing is left.
std::vector<Pair1D> pairs_of(const std::string& text);

struct Walked {
  Key key;
  std::vector<Pair1D> pairs;
  std::vector<std::vector<double>> paths, steps;  ///< from noise to data, at even u
  double bending = 0;                             ///< the mean of all paths
  double steps_off = 0;                           ///< between the ends of the steps and of the paths
};
Walked walk(const std::string& text, int reflows, int count);

enum class Coordinates { straight, preserving, exploding };
constexpr double most_sigma = 4;  ///< where the variance exploding coordinates are cut off
/// At u, or at most_sigma where these coordinates are cut off before.
PathCoordinates coordinates_at(Coordinates coordinates, double u);
double last_u(Coordinates coordinates);

}  // namespace noiseglass::app
