#pragma once

#include <string>

namespace noiseglass::exports {

/// A part of a thing that can be had by itself: one picture of a lane, one of the plots.
struct ExportPart {
  std::string id, label;  ///< "x0_hat", "x̂₀"
};

}  // namespace noiseglass::exports
