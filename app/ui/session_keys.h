#pragma once

#include "ui/session.h"

#include <string>

namespace noiseglass::ui {

// Texts that are equal exactly when the work is: how the session knows what a change leaves valid.
std::string denoiser_key(const LaneState& lane, const LaneView& view);
std::string schedule_key(const LaneState& lane, int steps);
std::string sampler_key(const LaneState& lane);

}  // namespace noiseglass::ui
