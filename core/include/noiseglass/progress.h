#pragma once

#include <functional>

namespace noiseglass {

/// Told how much of the work is done, 0 … 1, on the thread that does it.
using Progress = std::function<void(double done)>;

}  // namespace noiseglass
