#pragma once

#include "ui/widgets/keyboard_focus.h"
#include "ui/window/palette/entries.h"
#include "ui/window/parts.h"

#include <string>
#include <vector>

namespace noiseglass::app {

/// Ctrl+K: whatever can be done, set or opened, by typing what it is called.
class Palette {
 public:
  void ask() { asked_ = true; }
  void move(int down) { moved_ += down; }
  void draw(Ui& ui);

 private:
  void begin(Ui& ui);
  bool draw_list(Ui& ui);
  bool choose(Ui& ui, const PaletteEntry& entry);

  bool asked_ = false;
  KeyboardFocus focus_;
  std::string typed_, problem_;
  std::vector<PaletteEntry> all_, found_;
  int chosen_ = 0, moved_ = 0;
};

}  // namespace noiseglass::app
