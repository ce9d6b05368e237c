#include "ui/window/shortcuts.h"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include <cctype>
#include <utility>

namespace noiseglass::app {
namespace {

constexpr std::pair<int, const char*> named[] = {
    {GLFW_KEY_SPACE, "Space"},  {GLFW_KEY_ESCAPE, "Esc"},     {GLFW_KEY_LEFT, "Left"}, {GLFW_KEY_RIGHT, "Right"},
    {GLFW_KEY_HOME, "Home"},    {GLFW_KEY_END, "End"},        {GLFW_KEY_UP, "Up"},     {GLFW_KEY_DOWN, "Down"},
    {GLFW_KEY_F1, "F1"},        {GLFW_KEY_F4, "F4"},          {GLFW_KEY_F5, "F5"},     {GLFW_KEY_F11, "F11"},
    {GLFW_KEY_PAGE_UP, "PgUp"}, {GLFW_KEY_PAGE_DOWN, "PgDn"},
};

bool is_ascii(const char* text) { return text && text[0] > ' ' && text[0] <= '~' && !text[1]; }

std::string plain_name(int key, int scancode) {
  for (const auto& [known, name] : named)
    if (known == key) return name;
  const char* of_layout = glfwGetKeyName(key, scancode);
  char letter = 0;
  if (is_ascii(of_layout))
    letter = of_layout[0];
  else if (key > ' ' && key <= '~')  // no Latin letter there: as on the keyboard that GLFW's numbers are made for
    letter = char(key);
  if (letter == '=') letter = '+';  // on many layouts + is = with shift
  return letter ? std::string(1, char(std::toupper(static_cast<unsigned char>(letter)))) : "";
}

}  // namespace

std::optional<FocusKey> focus_key(int key, int modifiers) {
  if (modifiers & (GLFW_MOD_CONTROL | GLFW_MOD_SUPER | GLFW_MOD_ALT)) return std::nullopt;
  static constexpr std::pair<int, FocusKey> known[] = {
      {GLFW_KEY_TAB, FocusKey::next},       {GLFW_KEY_F6, FocusKey::next_area}, {GLFW_KEY_LEFT, FocusKey::left},
      {GLFW_KEY_RIGHT, FocusKey::right},    {GLFW_KEY_UP, FocusKey::up},        {GLFW_KEY_DOWN, FocusKey::down},
      {GLFW_KEY_HOME, FocusKey::home},      {GLFW_KEY_END, FocusKey::end},      {GLFW_KEY_ENTER, FocusKey::enter},
      {GLFW_KEY_KP_ENTER, FocusKey::enter}, {GLFW_KEY_SPACE, FocusKey::space},  {GLFW_KEY_ESCAPE, FocusKey::escape},
  };
  if (key == GLFW_KEY_TAB && (modifiers & GLFW_MOD_SHIFT)) return FocusKey::previous;
  for (const auto& [one, means] : known)
    if (one == key) return means;
  return std::nullopt;
}

std::string key_name(int key, int scancode, int modifiers) {
  const std::string plain = plain_name(key, scancode);
  if (plain.empty() || !(modifiers & (GLFW_MOD_CONTROL | GLFW_MOD_SUPER))) return plain;
  const bool shift = (modifiers & GLFW_MOD_SHIFT) && plain != "+";
  return std::string("Ctrl+") + (shift ? "Shift+" : "") + plain;
}

}  // namespace noiseglass::app
