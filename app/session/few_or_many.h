#pragma once

#include "noiseglass/picture_set.h"

#include <array>
#include <filesystem>
#include <vector>

namespace noiseglass::app {

// Few faces or many: pairs of small networks, each trained equally long on so many faces of set A or of set B, which
// have no face in common (training/few_or_many.py, after Kadkhodaie, Guth, Simoncelli and Mallat, ICLR 2024).

constexpr std::array<int, 4> face_counts = {10, 100, 1000, 10000};
constexpr int face_sets = 2;  ///< A and B

/// Medians over many answers to the same noise. Distances are root mean square differences on the 0–255 scale.
struct FacesMeasured {
  int faces = 0;      ///< one of face_counts
  double alike = 0;   ///< correlation of A's answer with B's, less the mean face: 1 is the same picture
  double apart = 0;   ///< distance of A's answer from B's
  double own = 0;     ///< of an answer from the nearest face that its network learned from
  double unseen = 0;  ///< of a new face, which neither saw, from the nearest of the same faces: the yardstick for `own`
  int images_seen = 0;  ///< in training
};

struct FewOrMany {
  std::vector<FacesMeasured> measured;              ///< as face_counts has them
  double strangers_alike = 0, strangers_apart = 0;  ///< of two new faces
  int samples = 0;                                  ///< that the medians are of
  int steps = 0;                                    ///< of DDIM, along the cosine schedule, that they were made in
  std::array<std::vector<Image>, face_sets> faces;  ///< the first thousand of each set, grey, in the networks' order
  Image mean;                                       ///< of all of them

  /// How many of a network's faces are here to be compared with: all of them, or the first thousand.
  int searched(int faces_learned) const;
};

/// From the folder assets/measurements. @throws Error naming the file that is missing or not as it should be
FewOrMany read_few_or_many(const std::filesystem::path& folder);

/// assets/models/few-or-many/…: the network that learned `faces` of set 0 (A) or 1 (B).
std::filesystem::path few_or_many_network(int faces, int set);

/// The correlation of two pictures less the mean face; 0 where one is the mean face.
double faces_alike(const Image& a, const Image& b, const Image& mean);

/// The nearest of a network's faces. `distance` on the 0–255 scale; nothing is mirrored or shifted, as in training.
Nearest nearest_face(const Image& answer, const FewOrMany& known, int faces, int set);

/// What two answers to the same noise say about their networks.
enum class Verdict {
  by_heart,  ///< each is nearly a face that its network learned from: within a third of a new face's distance
  between,
  learned  ///< nearer to each other than either is to the nearest of its own, and neither is such a copy
};
/// @param own distances of the answers from their nearest faces @param unseen FacesMeasured::unseen of those faces
Verdict verdict_of(double apart, std::array<double, face_sets> own, double unseen);

}  // namespace noiseglass::app
