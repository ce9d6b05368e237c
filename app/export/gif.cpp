#include "export/gif.h"

#include "export/palette.h"

#include "noiseglass/error.h"

#include <cgif.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>

namespace noiseglass::exports {
namespace {

int append(void* to, const std::uint8_t* bytes, const std::size_t count) {
  auto& out = *static_cast<std::vector<char>*>(to);
  out.insert(out.end(), bytes, bytes + count);
  return 0;
}

void check(bool ok) {
  if (!ok) throw Error("The GIF cannot be encoded: there is not enough memory, or it is larger than 65535 pixels.");
}

}  // namespace

struct Gif::Writer {
  std::vector<char> bytes;
  int width, height;
  CGIF* gif = nullptr;
  ~Writer() {
    if (gif) cgif_close(gif);
  }
};

Gif::Gif(int width, int height) : writer_(std::make_unique<Writer>()) {
  check(width <= 65535 && height <= 65535);
  writer_->width = width, writer_->height = height;
  CGIF_Config config = {};
  config.width = std::uint16_t(width), config.height = std::uint16_t(height);
  config.attrFlags = CGIF_ATTR_IS_ANIMATED | CGIF_ATTR_NO_GLOBAL_TABLE;
  config.numLoops = CGIF_INFINITE_LOOP;
  config.pWriteFn = append;
  config.pContext = &writer_->bytes;
  writer_->gif = cgif_newgif(&config);
  check(writer_->gif != nullptr);
}

Gif::~Gif() = default;

void Gif::add(const ByteImage& image, double seconds) {
  if (image.shape != Shape{writer_->height, writer_->width, 3})
    throw Error("All pictures of a GIF must have the same size.");
  Indexed indexed = to_palette(image);
  CGIF_FrameConfig frame = {};
  frame.pImageData = indexed.pixels.data();
  frame.pLocalPalette = indexed.colours.data();
  frame.numLocalPaletteEntries = std::uint16_t(indexed.count());
  frame.attrFlags = CGIF_FRAME_ATTR_USE_LOCAL_TABLE;
  frame.delay = std::uint16_t(std::clamp(std::lround(seconds * 100), 2l, 65535l));
  check(cgif_addframe(writer_->gif, &frame) == CGIF_OK);
}

std::vector<char> Gif::finish() {
  check(cgif_close(std::exchange(writer_->gif, nullptr)) == CGIF_OK);
  return std::move(writer_->bytes);
}

}  // namespace noiseglass::exports
