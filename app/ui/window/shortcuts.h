#pragma once

#include "ui/widgets/focus.h"

#include <optional>
#include <string>

namespace noiseglass::app {

/// A key as the table of actions writes it: "Space", "F", "Ctrl+Shift+C". Letters are those of the person's keyboard
/// layout. Shift alone is not named, since it makes no other key of a letter.
/// @param key, scancode, modifiers as GLFW's key callback gets them
std::string key_name(int key, int scancode, int modifiers);

/// The key as controls hear it; nothing for all that they do not.
std::optional<FocusKey> focus_key(int key, int modifiers);

}  // namespace noiseglass::app
