#pragma once

#include <string>

namespace noiseglass::app {

// Numbers as people read them: with a true minus sign, and ∞.

std::string number(double value, int digits = 3);  ///< %.*g
std::string fixed(double value, int decimals);     ///< %.*f

}  // namespace noiseglass::app
