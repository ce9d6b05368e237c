#pragma once

#include "ui/widgets/controls.h"

#include <string>
#include <vector>

namespace noiseglass::app {

/// What one frame put where, as it is drawn: for the test that nothing lies on something else, is cut off, too small,
/// or missing. Nobody keeps one outside of tests, and noting costs nothing then.
struct LayoutRecord {
  enum class Kind { text, control, subject };
  struct Item {
    Kind kind = Kind::text;
    std::string name;        ///< the text itself; the name of a control or of a picture, field or curve
    Rect rect;               ///< where it lies
    Rect seen;               ///< the part that is not clipped; empty when there is none
    float font_size = 0;     ///< of a text
    bool shortened = false;  ///< a text that ends in "…"
    bool scrolls = false;    ///< in an area that the wheel moves, so that what is clipped can be reached
    std::string layer;       ///< the window that it is in: popups and tooltips may lie over others
  };
  std::vector<Item> items;
};

/// From now on everything is noted in `record`; null: no more.
void keep_layout_record(LayoutRecord* record);

void note_text(const std::string& text, const Rect& rect, float font_size, bool shortened = false);
/// The label of the ImGui item just made, centred in it.
void note_label(const std::string& text);
void note_control(const std::string& name, const Rect& rect);
/// A picture, field or curve that the panel is about, with its axes but without the words around it.
void note_subject(const std::string& name, const Rect& rect);

}  // namespace noiseglass::app
