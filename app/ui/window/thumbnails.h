#pragma once

#include "session/published.h"

#include "noiseglass/library.h"
#include "render/texture.h"

#include <functional>
#include <vector>

namespace noiseglass::app {

/// Small squares of the bundled pictures, decoded on a thread of its own.
class Thumbnails {
 public:
  /// @returns 0 until it is there
  unsigned texture(const std::vector<BundledPicture>& pictures, std::size_t index, int side,
                   const std::function<void()>& wake);

 private:
  struct Thumbnail {
    Published<ByteImage> decoded;
    render::Texture texture;
  };
  void ask(const std::vector<BundledPicture>& pictures, int side, const std::function<void()>& wake);

  int side_ = 0;
  std::vector<Thumbnail> all_;
  std::uint64_t last_id_ = 0;
  Worker worker_;
};

}  // namespace noiseglass::app
