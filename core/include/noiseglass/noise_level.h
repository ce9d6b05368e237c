#pragma once

#include <cmath>

namespace noiseglass {

/// How much of the picture and how much noise is in x_t = √ᾱ·x₀ + √(1−ᾱ)·ε: ᾱ and 1 − ᾱ, each kept for itself, since
/// one from the other loses its digits where it is small. At t of a schedule: Schedule::level(t).
struct NoiseLevel {
  double alpha_bar = 1;  ///< ᾱ, 0 … 1
  double variance = 0;   ///< 1 − ᾱ

  /// ᾱ = sigmoid(λ) and 1 − ᾱ = sigmoid(−λ) (Kingma et al. 2021, eq. 3 ff.); λ = +∞ is clean.
  static NoiseLevel from_log_snr(double log_snr);

  double signal() const { return std::sqrt(alpha_bar); }                   ///< √ᾱ, the weight of x₀
  double sigma() const { return std::sqrt(variance); }                     ///< √(1−ᾱ), the weight of ε
  double log_snr() const { return std::log(alpha_bar / variance); }        ///< λ = ln(ᾱ/(1−ᾱ))
  double snr_db() const { return 10 * std::log10(alpha_bar / variance); }  ///< 10·log₁₀(ᾱ/(1−ᾱ))
};

}  // namespace noiseglass
