#include "denoisers/denoisers.h"

namespace noiseglass::denoisers {

DenoiserRecord gaussian() {
  DenoiserRecord record;
  record.id = "gaussian";
  record.label = "Gaussian (Wiener)";
  record.summary = "The best possible estimate if the data were a single Gaussian: shrinks x_t towards the mean.";
  record.formula = "x̂₀ = μ + √ᾱ_t·s²/(ᾱ_t·s² + 1 − ᾱ_t)·(x_t − √ᾱ_t·μ)";
  record.source = "Wiener 1949; conditional mean of a Gaussian";
  record.honesty = Honesty::exact;
  record.make = [](const DenoiserSources& sources) {
    if (sources.mean.size() == 0) throw UsageError("the Gaussian denoiser needs a mean picture");
    return make_mixture_denoiser({{{1.0, sources.mean, sources.std}}});
  };
  return record;
}

}  // namespace noiseglass::denoisers
