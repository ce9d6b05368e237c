#pragma once

#include <exception>
#include <string>

namespace noiseglass {

/// What was thrown, whatever it was, as a sentence for the user.
std::string sentence_of(std::exception_ptr thrown);

}  // namespace noiseglass
