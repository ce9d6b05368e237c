#pragma once

#include "noiseglass/sampler.h"

/// One function a file of this folder; samplers.cpp holds the table.
namespace noiseglass::samplers {

SamplerRecord ddpm();
SamplerRecord ddim();
SamplerRecord euler();
SamplerRecord heun();
SamplerRecord dpmpp_2m();
SamplerRecord unipc();
SamplerRecord euler_ancestral();
SamplerRecord euler_churn();
SamplerRecord heun_churn();
SamplerRecord dpmpp_2m_sde();

}  // namespace noiseglass::samplers
