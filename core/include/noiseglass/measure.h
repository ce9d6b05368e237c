#pragma once

#include "noiseglass/denoiser.h"
#include "noiseglass/schedule.h"

namespace noiseglass {

/// Mean squared errors of one answer about x_t = √ᾱ·x₀ + √(1−ᾱ)·ε: of ε̂ against the ε that was mixed in, and of x̂₀
/// against the picture. They are one error seen in two ways: x_0 = (1−ᾱ)/ᾱ·epsilon, since x_t is known.
/// Always guessing ε̂ = 0 has the ε-error 1, on the average over noise.
struct DenoisingError {
  double epsilon = 0;
  double x_0 = 0;
};

/// The errors of an answer that is already there. @throws UsageError when the numbers of values differ
DenoisingError denoising_error(const Prediction& answer, const Eigen::ArrayXd& x_0, const Eigen::ArrayXd& epsilon);

/// Mixes x_t from the picture and its noise at log-SNR λ, asks the denoiser, and compares: zero for the oracle; the
/// mean over ε for Gaussian data N(μ, s²) and its own denoiser is ᾱ·s²/(ᾱ·s² + 1 − ᾱ) in ε (Ho et al. 2020, eq. 14, is
/// this error averaged over pictures, noise and t). @throws Cancelled; UsageError as the denoiser does
DenoisingError denoising_error(const Denoiser& denoiser, const State& x_0, const Eigen::ArrayXd& epsilon,
                               double log_snr, std::stop_token stop = {});

/// The same on a picture at t of a schedule, with the noise of streams::forward that the window shows. Zero at t = 0,
/// where there is nothing to guess.
DenoisingError denoising_error(const Denoiser& denoiser, const Image& x_0, const Schedule& schedule, int t,
                               std::uint64_t seed, std::stop_token stop = {});

}  // namespace noiseglass
