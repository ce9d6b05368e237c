#pragma once

#include "session/nearest.h"
#include "ui/window/parts.h"

#include <array>
#include <memory>

namespace noiseglass::app {

/// Whether every lane shows a sample whose network's training pictures come with the program.
bool has_nearest(const Session& session);

/// Opens a popup with each lane's sample beside its nearest training picture.
class NearestButton {
 public:
  void draw(Ui& ui, float width);

 private:
  struct Shown {
    std::unique_ptr<NearestSearch> search;
    std::shared_ptr<const NearestPicture> pair;  // what the textures show
    render::Texture sample, found;
  };
  void look_for(Ui& ui, int lane);
  void draw_pair(Ui& ui, int lane, const std::shared_ptr<const NearestPicture>& found);
  void draw_popup(Ui& ui);

  std::array<Shown, 2> shown_;
};

}  // namespace noiseglass::app
