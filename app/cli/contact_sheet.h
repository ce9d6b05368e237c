#pragma once

#include "noiseglass/image.h"

#include <vector>

namespace noiseglass::cli {

/// Pictures of one shape, row by row, in ⌈√N⌉ columns with two pixels of mid-grey between them. One picture stays as it
/// is.
Image contact_sheet(const std::vector<Image>& images);

}  // namespace noiseglass::cli
