#pragma once

#include "export/source.h"

#include "noiseglass/image.h"

#include <functional>

namespace noiseglass::exports {

/// How an animation is cut.
struct Cut {
  int only = -1;    ///< a lane, or −1 for those that are shown
  int count = 0;    ///< pictures at most; 0: as usual
  int size = 0;     ///< of a tile, longest side in pixels; 0: as usual
  double rate = 0;  ///< pictures a second; 0: as usual
};

/// A picture of an animation, and for how many of its beats it stays. All of one have the same even sides.
struct AnimationFrame {
  ByteImage picture;
  int beats = 1;
  int t = 0;  ///< of the first lane that is shown
};
using SeeFrame = std::function<void(const AnimationFrame&)>;

/// Beats a second of what follows.
double beats_per_second(const Source& source, bool run, const Cut& cut);
/// The forward process, each lane's x_t over t = 0 … T. @throws Cancelled
void animate_forward(const Source& source, const Cut& cut, const SeeFrame& see, const Work& work);
/// A reverse run, each lane's x_t and x̂₀.
void animate_run(const Source& source, const Cut& cut, const SeeFrame& see, const Work& work);

}  // namespace noiseglass::exports
