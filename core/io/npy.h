#pragma once

#include "noiseglass/image.h"

#include <span>
#include <string>
#include <vector>

namespace noiseglass {

/// The bytes of a .npy file as read_npy says. @param name what errors call the file
std::vector<Image> parse_npy(std::span<const char> file, const std::string& name);

}  // namespace noiseglass
