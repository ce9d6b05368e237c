#pragma once

#include "ui/widgets/controls.h"

#include <cstdint>
#include <optional>

namespace noiseglass::app {

// The keyboard's way through the controls. Tab goes where the eye goes, a ring shows where it is, Enter and Space
// press. Whatever can be pressed, moved or typed into says so just after its item has been made; while a popup is open,
// its controls are all that there are. ImGui 1.86 has such a way for fields to type in only.

/// What a control hears beside Tab.
enum class Takes {
  press,    ///< Enter or Space press it
  choices,  ///< one of several side by side: arrows choose the next
  menu,     ///< the same, and Enter or Space open it
  slider,   ///< arrows move it, Home and End go to its ends, Enter types its value
  plane,    ///< a point, or a picture: arrows go across and down
  text,     ///< it is typed into, as soon as the keyboard comes to it
};

/// What the control that has the keyboard was told in this frame; nothing, for all others.
struct FocusKeys {
  bool focused = false;
  int across = 0, up = 0;  ///< arrows: steps to the right, and upwards
  int steps() const { return across + up; }
  int end = 0;  ///< −1: Home, +1: End
  bool enter = false;
};

/// The item just made is such a control. @param name where its item is another one from time to time, as the chosen one
/// of several is: what it is known by @param chosen where the keyboard goes first in a popup
FocusKeys focus_stop(Takes takes, const char* name = nullptr, bool chosen = false);

/// Whether the keyboard is on the item of this label, which need not have been made yet.
bool has_focus(const char* label);

/// While it lives, what is made is no stop: it comes and goes with the mouse.
struct PassedBy {
  PassedBy();
  ~PassedBy();
  PassedBy(const PassedBy&) = delete;
  PassedBy& operator=(const PassedBy&) = delete;
};

// What ImGui has, and can be reached by keyboard.
bool push_button(const char* label, ImVec2 size = {0, 0});
bool list_entry(const char* label, bool chosen = false, ImGuiSelectableFlags flags = 0);
bool check_box(const char* label, bool* on);

enum class FocusKey { next, previous, next_area, left, right, up, down, home, end, enter, space, escape };

/// A key that was pressed between two frames. @param far ten steps at once @returns whether it is the keyboard's own,
/// and nobody else's
bool offer_key(FocusKey key, bool far = false);
/// Around everything that is drawn.
void begin_focus_frame(const Theme& theme);
void end_focus_frame();
/// Where the ring is, if there is one.
std::optional<Rect> focus_place();
/// Enter and Escape, as they were pressed before this frame, for what is typed into: ImGui 1.86 misses short ones.
bool heard_enter();
bool heard_escape();
/// Begins to type into the field or slider of this id (of ImGui).
void type_into(ImGuiID id);
ImGuiID last_item();

}  // namespace noiseglass::app
