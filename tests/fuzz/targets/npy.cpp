#include "fuzz/foreign.h"
#include "fuzz/targets.h"
#include "noiseglass/files.h"

#include <cmath>

void noiseglass::fuzz::run_npy(std::span<const char> bytes) {
  refuse_or([&] {
    for (const Image& image : parse_npy(bytes, "it")) {
      demand(image.data.size() == image.shape.size(), "an array has as many numbers as its shape says");
      for (const float value : image.data) demand(std::isfinite(value), "what is read is finite");
    }
  });
  refuse_or([&] { (void)decode_picture(bytes, "it"); });
}
