#pragma once

#include "noiseglass/image.h"

#include <memory>
#include <vector>

namespace noiseglass::exports {

/// An animated GIF, frame by frame, in memory; it repeats for ever.
class Gif {
 public:
  Gif(int width, int height);
  ~Gif();
  /// @param image RGB  @param seconds that it stays, to a hundredth
  void add(const ByteImage& image, double seconds);
  std::vector<char> finish();

 private:
  struct Writer;
  std::unique_ptr<Writer> writer_;
};

}  // namespace noiseglass::exports
