#pragma once

#include <span>
#include <string>
#include <vector>

namespace noiseglass::app {

std::string base64(std::span<const char> bytes);
/// @throws Error when it is none
std::vector<char> from_base64(const std::string& text);

}  // namespace noiseglass::app
