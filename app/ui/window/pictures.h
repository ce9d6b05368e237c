#pragma once

#include "session/session.h"
#include "session/view_sampling.h"

#include "render/noise_mixer.h"
#include "render/texture.h"

#include <string>

namespace noiseglass::app {

/// ε as a picture: mid-grey is 0, black and white are −3 and +3.
Image noise_as_picture(Image epsilon);

/// The pictures of one lane on the graphics card, at the size they are shown; remade only when what they show changes.
class LanePictures {
 public:
  /// x_t: mixed on the card from its clean part and its noise, so that a move of the slider uploads nothing.
  unsigned x_t(const render::NoiseMixer& mixer, const Session& session, int lane, const ViewRect& view);
  /// x̂₀ and ε̂; 0 while there is nothing to show.
  unsigned x_0(const Session& session, int lane, const ViewRect& view);
  unsigned epsilon(const Session& session, int lane, const ViewRect& view);

 private:
  struct Cached {
    Key key;
    render::Texture texture;
  };
  Key x_t_key_;
  render::Texture clean_, noise_;
  render::Framebuffer mixed_;
  double mixed_alpha_bar_ = -1;
  Cached x_0_, epsilon_;
};

}  // namespace noiseglass::app
