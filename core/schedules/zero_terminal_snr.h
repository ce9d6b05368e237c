#pragma once

#include "noiseglass/schedule.h"

namespace noiseglass::schedules {

/// The record with one parameter more, zero_terminal_snr (off by default): √ᾱ shifted and scaled so that √ᾱ_T = 0 while
/// √ᾱ_1 stays (Lin et al. 2024, "Common Diffusion Noise Schedules and Sample Steps are Flawed", algorithm 1). ᾱ_T = 0
/// has no log-SNR and no way back from ε̂ to x̂₀, so the last β is 0.999 instead of 1, as at the end of the cosine
/// schedule: ᾱ_T is a thousandth of ᾱ_{T−1}. All other t are as published.
ScheduleRecord with_zero_terminal_snr(ScheduleRecord record);

}  // namespace noiseglass::schedules
