#pragma once

#include "session/session.h"

#include <string>

namespace noiseglass::app {

// Texts that are equal exactly when the work is: how the session knows what a change leaves valid.
std::string denoiser_key(const LaneState& lane, const LaneView& view);
std::string schedule_key(const LaneState& lane, int steps);
std::string sampler_key(const LaneState& lane);

}  // namespace noiseglass::app
