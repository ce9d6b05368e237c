#pragma once

#include "noiseglass/files.h"

#include <span>
#include <string>

namespace noiseglass {

/// The bytes of a picture file, decoded as read_picture says. @param name what errors call the file
ByteImage decode_picture(std::span<const char> file, const std::string& name, Rgb background);

}  // namespace noiseglass
