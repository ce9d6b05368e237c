#pragma once

#include <string>

namespace noiseglass::cli {

std::string language_codes();  ///< those that there are: "en, de, es"
/// A check for CLI11: one of them, or "system".
std::string is_a_language(const std::string& code);

}  // namespace noiseglass::cli
