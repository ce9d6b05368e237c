#pragma once

#include "ui/widgets/filmstrip.h"
#include "ui/window/nearest_button.h"

#include <array>

namespace noiseglass::app {

/// What is going on in a sentence, both processes as filmstrips, and the slider.
class Timeline {
 public:
  void draw(Ui& ui, const Rect& rect);

 private:
  std::array<Filmstrip, 2> forward_, reverse_;
  NearestButton nearest_;
};

}  // namespace noiseglass::app
