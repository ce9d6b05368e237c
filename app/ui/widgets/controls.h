#pragma once

#include "session/text.h"
#include "ui/theme.h"

#include <functional>
#include <string>
#include <vector>

namespace noiseglass::app {

struct Rect {
  ImVec2 min, max;
  float width() const { return max.x - min.x; }
  float height() const { return max.y - min.y; }
  bool operator==(const Rect& o) const {
    return min.x == o.min.x && min.y == o.min.y && max.x == o.max.x && max.y == o.max.y;
  }
};

enum class Icon { play, play_back, pause, step_forward, step_back, home, end, loop, dice, sun, moon, contrast, save };

/// A square button with a drawn icon. @param side in design pixels @returns true when pressed
bool icon_button(const Theme& theme, const char* id, Icon icon, const char* tooltip, bool active = false,
                 bool enabled = true, float side = 32);

/// A button with an icon before its text.
bool icon_text_button(const Theme& theme, const char* id, Icon icon, const char* text, const char* tooltip,
                      bool primary = false, bool enabled = true);
float icon_text_width(const Theme& theme, const char* text);  ///< of such a button

/// One of several, side by side in one frame. @returns true when another one was chosen
bool segmented(const Theme& theme, const char* id, const std::vector<std::string>& labels, int& chosen,
               const char* tooltip);

/// A small combo box without an arrow; its items are drawn by `items`.
void small_combo(const Theme& theme, const char* id, const std::string& text, float width, const char* tip,
                 const std::function<void()>& items);

/// Text at a place on the screen, without moving the cursor. @returns its width
float draw_text(ImFont* font, ImVec2 at, ImU32 colour, const std::string& text);
/// The same for a letter that is data, as "t" is in a sentence: it does not explain itself as a term does.
void draw_letter(ImFont* font, ImVec2 at, ImU32 colour, const std::string& letter);
/// As much of it as fits into `width`, in whole clauses: nothing ends in the middle. @returns its width; 0: nothing
/// fits
float draw_text_fitting(ImFont* font, ImVec2 at, ImU32 colour, const std::string& text, float width);
/// Cut with "…" to at most `width`: for names that people gave, which may be as long as they like.
float draw_text_cut(ImFont* font, ImVec2 at, ImU32 colour, const std::string& text, float width);
float text_width(ImFont* font, const std::string& text);
/// Text in `width`, broken at spaces.
void draw_text_wrapped(ImFont* font, ImVec2 at, ImU32 colour, const std::string& text, float width);
float wrapped_height(ImFont* font, const std::string& text, float width);
/// The text with a line break for every space at which a line ends. ImGui by itself breaks behind each full stop, so
/// within 6.4.
std::string broken_into_lines(ImFont* font, const std::string& text, float width);

/// A ring around something, over all that is drawn: "look here".
void draw_ring(const Theme& theme, const Rect& rect, ImU32 colour);

/// A tooltip for the last item, after a moment, wrapped at a readable width.
void tooltip(const Theme& theme, const char* text);
/// While it lives, tooltips do not lie on `rect` if there is a place beside it: it is what they speak of.
class ClearOfTooltips {
 public:
  explicit ClearOfTooltips(const Rect& rect);
  ~ClearOfTooltips();
  ClearOfTooltips(const ClearOfTooltips&) = delete;
  ClearOfTooltips& operator=(const ClearOfTooltips&) = delete;

 private:
  Rect rect_;
  const Rect* outer_;
};
/// The popup that is begun next opens below `owner`, between the left and right edges of `bounds` and above its lower
/// one; width 0: as its content is.
void open_below(const Theme& theme, const Rect& owner, float width, const Rect& bounds);

/// Begins a frameless child at `rect` (screen pixels); end it with ImGui::EndChild().
void begin_area(const char* id, const Rect& rect);

}  // namespace noiseglass::app
