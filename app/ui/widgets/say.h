#pragma once

#include <string>

namespace noiseglass::app {

// Text at ImGui's cursor. It is given in English, as all that is drawn, and shown in the language in use
// (language/language.h).
void say(const std::string& text);
void say_dim(const std::string& text);
void say_wrapped(const std::string& text);

}  // namespace noiseglass::app
