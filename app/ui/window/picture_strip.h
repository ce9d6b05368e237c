#pragma once

#include "ui/window/parts.h"
#include "ui/window/thumbnails.h"

namespace noiseglass::app {

/// The bundled pictures, one above the other, to choose from.
class PictureStrip {
 public:
  void draw(Ui& ui, const Rect& rect);

 private:
  Thumbnails thumbnails_;
};

}  // namespace noiseglass::app
