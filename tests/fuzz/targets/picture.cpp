#include "fuzz/foreign.h"
#include "fuzz/targets.h"
#include "noiseglass/files.h"

void noiseglass::fuzz::run_picture(std::span<const char> bytes) {
  refuse_or([&] {
    const ByteImage picture = decode_picture(bytes, "it", {1, 2, 3});
    demand(picture.data.size() == picture.shape.size(), "a picture has as many bytes as its shape says");
    demand(picture.shape.width >= 1 && picture.shape.width <= max_picture_side, "a picture is of a size that is taken");
    demand(picture.shape.height >= 1 && picture.shape.height <= max_picture_side,
           "a picture is of a size that is taken");
    demand(picture.shape.channels == 1 || picture.shape.channels == 3, "a picture is grey or coloured");
  });
}
