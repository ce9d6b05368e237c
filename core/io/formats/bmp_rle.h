#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace noiseglass {

/// BMP's run-length encoding of 4, 8 (one index a pixel) or 24 bits (three bytes a pixel), rows in the file's order.
/// Pixels that are passed over are 0. @returns nothing when the data end before the picture does
std::optional<std::vector<std::uint8_t>> unpack_bmp_rle(std::span<const char> data, std::uint32_t bits, int width,
                                                        int height);

}  // namespace noiseglass
