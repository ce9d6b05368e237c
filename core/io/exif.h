#pragma once

#include "noiseglass/image.h"

#include <span>

namespace noiseglass {

/// The orientation (1…8) in a block of EXIF data, which is TIFF, with or without "Exif" before it; 1, upright, when
/// there is none or it cannot be understood: a picture is worth showing even if what is said about it is damaged. The
/// standard has it as SHORT; cameras that write LONG or BYTE are understood too. Source: CIPA DC-008 (Exif 2.32),
/// §4.6.4 tag 0x0112.
int exif_orientation(std::span<const char> block);

/// The picture as it is to be looked at, from the picture as it was stored with that orientation.
ByteImage turn_upright(const ByteImage& stored, int orientation);

}  // namespace noiseglass
