#include "denoisers/denoisers.h"

#include "noiseglass/network_denoiser.h"

namespace noiseglass {

DenoiserRecord denoisers::network() {
  DenoiserRecord record;
  record.id = "network";
  record.label = "Network";
  record.summary = "A trained network's estimate, learned from pictures: what is used in practice.";
  record.formula = "v̂ = f_θ(x_t, λ_t), x̂₀ = √ᾱ_t·x_t − √(1 − ᾱ_t)·v̂";
  record.source = "Salimans & Ho 2022, \"Progressive distillation\", §4";
  record.honesty = Honesty::learned;
  record.needs.model = true;
  record.make = [](const DenoiserSources& sources) {
    if (sources.model_path.empty()) throw UsageError("the network denoiser needs a weights file");
    return make_network_denoiser(Network::load(sources.model_path), sources.class_index, sources.guidance, {},
                                 sources.steps);
  };
  return record;
}

}  // namespace noiseglass
