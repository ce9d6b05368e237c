#pragma once

#include "session/state.h"

#include <array>
#include <string>
#include <vector>

namespace noiseglass {
struct ModelInfo;
}

namespace noiseglass::app {

// What a lane is, in the words that are used on screen and on paper.

/// Schedule, denoiser, sampler and number of steps. @param model the lane's network, if there is one
std::vector<std::string> lane_words(const LaneState& lane, const ModelInfo* model);

using TwoLanes = std::array<std::vector<std::string>, 2>;
/// What the lanes differ in, as their titles: {"Linear", "Cosine"}, or {"Linear · DDIM", "Cosine · Heun"}.
std::array<std::string, 2> lane_titles(const TwoLanes& words, int lane_count);
/// What tells curves of the schedules apart: these, or where both are the same the lanes' titles.
std::array<std::string, 2> schedule_titles(const TwoLanes& words, int lane_count);
/// The rest of a lane's settings: "DDIM · 25 steps · network for photographs".
std::string lane_details(const TwoLanes& words, int lane_count, int lane);

}  // namespace noiseglass::app
