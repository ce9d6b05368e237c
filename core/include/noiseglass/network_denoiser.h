#pragma once

#include "noiseglass/denoiser.h"
#include "noiseglass/model.h"

namespace noiseglass {

/// The network as a Denoiser, with classifier-free guidance when it has classes. A network of colour pictures takes
/// grey ones too: x_t of one channel, whose noise is made white in colour first (with noise that is always the same).
/// @param progress of each prediction
std::shared_ptr<const Denoiser> make_network_denoiser(std::shared_ptr<const Network> network, int class_index,
                                                      double guidance, Progress progress = {});

}  // namespace noiseglass
