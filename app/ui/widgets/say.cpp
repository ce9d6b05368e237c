#include "ui/widgets/say.h"

#include "language/language.h"

#include <imgui.h>

namespace noiseglass::app {

void say(const std::string& text) { ImGui::TextUnformatted(tr(text).c_str()); }

void say_dim(const std::string& text) { ImGui::TextDisabled("%s", tr(text).c_str()); }

void say_wrapped(const std::string& text) { ImGui::TextWrapped("%s", tr(text).c_str()); }

}  // namespace noiseglass::app
