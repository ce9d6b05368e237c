#include "noiseglass/noise_level.h"

namespace noiseglass {
namespace {

double sigmoid(double x) {
  if (x >= 0) return 1 / (1 + std::exp(-x));
  const double odds = std::exp(x);
  return odds / (1 + odds);
}

}  // namespace

NoiseLevel NoiseLevel::from_log_snr(double log_snr) { return {sigmoid(log_snr), sigmoid(-log_snr)}; }

}  // namespace noiseglass
