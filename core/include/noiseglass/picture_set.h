#pragma once

#include "noiseglass/image.h"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace noiseglass {

/// Small pictures of one shape with their names, to search: such as those that a network was trained on.
struct PictureSet {
  std::string title;  ///< "1,536 pictures of Noto Emoji and Twemoji"
  std::vector<Image> pictures;
  std::vector<std::string> names;  ///< one for each picture
  /// How near real pictures that the network never saw come to this set: the median of their distances. 0: not
  /// measured.
  double unseen_distance = 0;
};

/// The nearest picture of a set.
struct Nearest {
  std::size_t index = 0;
  double distance = 0;   ///< root mean square difference of the values, on the 0–255 scale
  bool flipped = false;  ///< the nearest is its mirror image …
  int dx = 0, dy = 0;    ///< … moved so far to the right and down
};

/// Compares `image`, clipped to [−1, 1], with every picture of the set, with its mirror image, and with both shifted by
/// up to `max_shift` pixels each way (the outermost pixels are repeated): a network that was trained on them in all
/// those places may have learned them in each.
/// @throws UsageError for an empty set, or an image of another shape
Nearest nearest_in_set(const Image& image, const PictureSet& set, int max_shift = 2);

/// The picture as nearest_in_set() compared it.
Image moved(const Image& picture, const Nearest& nearest);

/// Reads a set: a JSON file {"title", "picture", "side", "columns", "unseen_distance", "names": […]} beside the picture
/// that it names, which holds them all in rows. @throws Error naming the file that is missing or not as it should be
PictureSet read_picture_set(const std::filesystem::path& json);

/// Where the training pictures of a bundled network are, if they come with the program:
/// assets/measurements/MODEL-training.json
std::optional<std::filesystem::path> training_pictures_of(const std::string& model);

}  // namespace noiseglass
