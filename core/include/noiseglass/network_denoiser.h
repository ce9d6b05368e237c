#pragma once

#include "noiseglass/denoiser.h"
#include "noiseglass/model.h"

namespace noiseglass {

/// The network as a Denoiser, with classifier-free guidance when it has classes. A network of colour pictures takes
/// grey ones too: x_t of one channel, whose noise is made white in colour first (with noise that is always the same).
/// @param progress of each prediction
/// @param steps of the whole way, for a student (NetworkInput::steps)
std::shared_ptr<const Denoiser> make_network_denoiser(std::shared_ptr<const Network> network, int class_index,
                                                      double guidance, Progress progress = {}, int steps = 0);

/// In how many steps the whole way from T to 0 is gone, if `steps` of the same length lead from `from` to 0; at
/// least 1.
int steps_of_whole_way(int steps, int from, int T);

}  // namespace noiseglass
