#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace noiseglass::app {

/// Pictures on the clipboard, as PNG. GLFW knows only text, so this speaks to the X server itself, on a connection of
/// its own; where there is no X server, there is no such clipboard.
class ClipboardPicture {
 public:
  ClipboardPicture();
  ~ClipboardPicture();  ///< what was put there goes with the program, as X has it

  /// @returns false where there is no such clipboard
  bool put(std::vector<char> png);

 private:
  class Owner;
  std::unique_ptr<Owner> owner_;
};

/// What is on the clipboard in the first of these kinds ("image/png", "UTF8_STRING") that it is offered in; nothing
/// where there is none, or where its owner does not answer for a second. Not for the thread that draws.
std::optional<std::vector<char>> read_clipboard(std::span<const std::string> kinds);

}  // namespace noiseglass::app
