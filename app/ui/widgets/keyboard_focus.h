#pragma once

#include <functional>

namespace noiseglass::app {

/// Gives the keyboard to a field of a dialog that opens. ImGui takes such a request for one frame, and a frame may end
/// early, when there is too little memory: so it is made until the field has the keyboard.
class KeyboardFocus {
 public:
  void want() { wanted_ = true; }
  /// Draws the field by `draw`; its item is the last one that this draws. @param wake keeps frames coming until then
  /// @returns what `draw` returns
  bool give_to(const std::function<void()>& wake, const std::function<bool()>& draw);

 private:
  bool wanted_ = false;
};

}  // namespace noiseglass::app
