#pragma once

#include "noiseglass/denoiser.h"

/// One function a file of this folder; denoisers.cpp holds the table.
namespace noiseglass::denoisers {

DenoiserRecord network();
DenoiserRecord exact();
DenoiserRecord gaussian();
DenoiserRecord oracle();

/// @throws UsageError unless x_t holds `size` values; `of_what` names what the denoiser was made from.
void check_size(const State& x_t, Eigen::Index size, const char* of_what);

}  // namespace noiseglass::denoisers
