#pragma once

#include "session/state.h"

#include "noiseglass/denoiser.h"
#include "noiseglass/model.h"

#include <memory>
#include <string>

namespace noiseglass::app {

/// The record of the lane's denoiser, which says what it needs.
const DenoiserRecord& denoiser_of(const LaneState& lane);

/// The guidance that is in a lane's answers: the lane's own, else what a student was taught with; 1 where there is
/// none.
double guidance_in(const LaneState& lane, const ModelInfo* model);

struct LaneView;

/// What a job needs to make a lane's denoiser, copied out of the session so that threads share nothing with the window.
struct DenoiserPlan {
  LaneState lane;
  std::string model_path;            ///< empty: there is no network
  std::shared_ptr<const Image> x_0;  ///< the picture as the denoiser gets it
  Progress progress = {};            ///< told of a network's way through its layers; may be empty

  /// @throws Error with a sentence when there is no network, or it cannot be read
  std::shared_ptr<const Denoiser> make() const;
};
DenoiserPlan plan_of(const LaneState& state, const LaneView& view, Progress progress = {});

// What is expensive to make is made once and shared; any thread may ask.

/// The exact denoiser over the bundled pictures, brought to `shape`.
std::shared_ptr<const Denoiser> exact_denoiser(Shape shape);
std::shared_ptr<const Network> load_network(const std::string& path);

}  // namespace noiseglass::app
