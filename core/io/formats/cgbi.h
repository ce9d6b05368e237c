#pragma once

#include "io/formats/formats.h"

#include <vector>

namespace noiseglass {

// The PNG of Apple's phones, made by Xcode for their graphics chips: a chunk CgBI comes first, the data are raw deflate
// without zlib's header and checksum, colours are stored as BGR and multiplied by alpha.

bool is_cgbi(std::span<const char> png);

/// The same picture as PNG proper but for its colours, which `restore_cgbi_row` mends after decoding.
std::vector<char> png_from_cgbi(const PictureFile& file);

/// BGR → RGB, and no longer multiplied by alpha; 8 bits. @param channels rows of other than 3 or 4 stay as they are
void restore_cgbi_row(std::span<std::uint8_t> row, int channels);

}  // namespace noiseglass
