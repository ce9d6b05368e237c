#include "samplers/samplers.h"

namespace noiseglass {

const std::vector<SamplerRecord>& sampler_records() {
  static const std::vector<SamplerRecord> records = {
      samplers::ddpm(),      //
      samplers::ddim(),      //
      samplers::euler(),     //
      samplers::heun(),      //
      samplers::dpmpp_2m(),  //
  };
  return records;
}

}  // namespace noiseglass
