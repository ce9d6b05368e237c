#pragma once

#include "ui/theme.h"
#include "ui/widgets/controls.h"
#include "ui/window/pictures.h"

#include <functional>
#include <map>
#include <string>

namespace noiseglass::app {

/// A picture with its words: symbol and caption above it, at the right how it came about (exact, learned, cheating).
struct PictureTile {
  std::string symbol = {};
  ImU32 symbol_colour = 0;  ///< 0: as text
  std::string caption = {};
  std::string tag = {};
  int number = 0;  ///< in a circle before the symbol, for the steps of something; 0: none
  unsigned texture = 0;
  bool dimmed = false;     ///< what is shown is not up to date
  std::string empty = {};  ///< said in the place of a picture
};

constexpr float tile_caption = 24;  ///< design pixels above a tile for its words

/// @param picture where the picture itself goes; its words stand in the tile_caption above
void draw_picture_tile(const Theme& theme, const Rect& picture, const PictureTile& tile);

/// The largest tile of this aspect (width/height) in `cell`, at its upper left, on whole pixels.
Rect tile_in(const Rect& cell, float aspect);

/// Textures by the name of the place where they are shown; each is made again only when its key changes.
class TextureSlots {
 public:
  unsigned show(const std::string& slot, const Key& key, const std::function<Image()>& make);
  unsigned last(const std::string& slot) const;  ///< what was shown there before; 0: nothing yet

 private:
  struct Slot {
    Key key;
    render::Texture texture;
  };
  std::map<std::string, Slot> slots_;
};

}  // namespace noiseglass::app
