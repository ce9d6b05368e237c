// libFuzzer's two functions. Which target it is for is said by NOISEGLASS_FUZZ_TARGET; scripts/fuzz sets it.
#include "fuzz/targets.h"

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace {

const noiseglass::fuzz::Target& target() {
  static const auto& chosen = []() -> const noiseglass::fuzz::Target& {
    const char* name = std::getenv("NOISEGLASS_FUZZ_TARGET");
    for (const auto& one : noiseglass::fuzz::targets())
      if (name && one.name == name) return one;
    for (const auto& one : noiseglass::fuzz::targets()) std::printf("%s\n", std::string(one.name).c_str());
    std::exit(name ? 2 : 0);
  }();
  return chosen;
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  (void)target();
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  target().run({reinterpret_cast<const char*>(data), size});
  return 0;
}
