#pragma once

#include <span>
#include <string>

namespace noiseglass::app {

/// The SHA-256 of some bytes as 64 hexadecimal digits (FIPS 180-4).
std::string sha256(std::span<const char> bytes);

}  // namespace noiseglass::app
