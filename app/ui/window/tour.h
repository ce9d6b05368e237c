#pragma once

#include "ui/window/parts.h"

namespace noiseglass::app {

/// What there is to begin with: five things, pointed at one after the other. It lies beside them, so that they can be
/// tried at once.
class Tour {
 public:
  void begin() { stop_ = 0, begins_ = true; }
  void end(Preferences& preferences);
  bool is_open() const { return stop_ >= 0; }
  int stop() const { return stop_; }  ///< which of the five; −1 when there is none
  void draw(Ui& ui);

 private:
  void draw_card(Ui& ui, const Rect& what);
  void go_on(Ui& ui);

  int stop_ = -1;
  bool begins_ = false;
};

}  // namespace noiseglass::app
