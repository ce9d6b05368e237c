#pragma once

#include "noiseglass/image.h"

#include <span>

namespace noiseglass {

/// The EXIF orientation (1…8) of a JPEG (APP1 segment) or PNG (eXIf chunk) file's bytes; 1, upright, when there is none
/// or it cannot be understood: a picture is worth showing even if what is said about it is damaged. Source: CIPA DC-008
/// (Exif 2.32), §4.6.4 tag 0x0112 and §4.7.2; PNG eXIf in the PNG specification, §11.3.3.7.
int exif_orientation(std::span<const char> file);

/// The picture as it is to be looked at, from the picture as it was stored with that orientation.
ByteImage turn_upright(const ByteImage& stored, int orientation);

}  // namespace noiseglass
