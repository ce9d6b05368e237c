#pragma once

#include <string>

namespace noiseglass::app {

// Numbers as people read them: with a true minus sign, and ∞.

std::string number(double value, int digits = 3);  ///< %.*g, and "4.9·10⁻⁵" where that has an exponent
std::string fixed(double value, int decimals);     ///< %.*f
std::string share(double value);  ///< 0 … 1, as ᾱ: four decimals, and what is small by its power of ten

}  // namespace noiseglass::app
