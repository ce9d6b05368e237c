#pragma once

#include "noiseglass/sampler.h"

#include <memory>
#include <string>
#include <vector>

namespace noiseglass::cli {

/// Walks all samplers to t = 0, in step with each other, on two threads. All must visit the same t.
/// @param frames_folder where to write every moment (000_t1000.png … and steps.csv); empty: nowhere
/// @returns the pictures at t = 0
std::vector<Image> run_samplers(std::vector<std::unique_ptr<Sampler>> samplers, const std::string& frames_folder);

}  // namespace noiseglass::cli
