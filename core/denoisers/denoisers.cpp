#include "denoisers/denoisers.h"

namespace noiseglass {

const std::vector<DenoiserRecord>& denoiser_records() {
  static const std::vector<DenoiserRecord> records = {
      denoisers::network(),   //
      denoisers::exact(),     //
      denoisers::gaussian(),  //
      denoisers::oracle(),    //
  };
  return records;
}

void denoisers::check_size(const State& x_t, Eigen::Index size, const char* of_what) {
  if (x_t.values.size() == size) return;
  throw UsageError("x_t has " + std::to_string(x_t.values.size()) + " values, but " + of_what + " has " +
                   std::to_string(size) + ": they must agree");
}

}  // namespace noiseglass
