#include "io/exif.h"
#include "fuzz/foreign.h"
#include "fuzz/targets.h"

void noiseglass::fuzz::run_exif(std::span<const char> bytes) {
  const int orientation = exif_orientation(bytes);
  demand(orientation >= 1 && orientation <= 8, "an orientation is from 1 to 8");
}
