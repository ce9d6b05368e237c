#pragma once

#include "noiseglass/sampler.h"

/// One function a file of this folder; samplers.cpp holds the table.
namespace noiseglass::samplers {

SamplerRecord ddpm();
SamplerRecord ddim();
SamplerRecord euler();
SamplerRecord heun();
SamplerRecord dpmpp_2m();

}  // namespace noiseglass::samplers
