#include "base/processor.h"
#include "nn/kernels/kernels.h"

namespace noiseglass::nn {
namespace portable {
extern const Kernels kernels;
}
namespace v3 {
extern const Kernels kernels;
}
namespace v4 {
extern const Kernels kernels;
}

KernelList available_kernels() {
  KernelList list{};
#ifdef __x86_64__
  if (has_x86_64_v4()) list.kernels[list.count++] = &v4::kernels;
  if (has_x86_64_v3()) list.kernels[list.count++] = &v3::kernels;
#endif
  list.kernels[list.count++] = &portable::kernels;
  return list;
}

}  // namespace noiseglass::nn
