#include "samplers/samplers.h"

namespace noiseglass {

const std::vector<SamplerRecord>& sampler_records() {
  static const std::vector<SamplerRecord> records = {
      samplers::ddpm(),             //
      samplers::ddim(),             //
      samplers::euler(),            //
      samplers::heun(),             //
      samplers::dpmpp_2m(),         //
      samplers::unipc(),            //
      samplers::euler_ancestral(),  //
      samplers::euler_churn(),      //
      samplers::heun_churn(),       //
      samplers::dpmpp_2m_sde(),     //
  };
  return records;
}

}  // namespace noiseglass
