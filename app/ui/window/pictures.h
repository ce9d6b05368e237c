#pragma once

#include "session/session.h"
#include "session/view_sampling.h"

#include "render/noise_mixer.h"
#include "render/texture.h"

#include <array>
#include <functional>
#include <string>

namespace noiseglass::app {

/// ε as a picture: mid-grey is 0, black and white are −3 and +3.
Image noise_as_picture(Image epsilon);

/// The pictures of one lane on the graphics card, at the size they are shown; remade only when what they show changes.
class LanePictures {
 public:
  /// x_t: mixed on the card from its clean part and its noise, so that a move of the slider uploads nothing.
  unsigned x_t(const render::NoiseMixer& mixer, const Session& session, int lane, const ViewRect& view);
  /// x₀, as the lane has it. @param tile 0 or 1: which of two views of it is kept
  unsigned original(const Session& session, int lane, int tile, const ViewRect& view);
  /// x̂₀ and ε̂; 0 while there is nothing to show.
  unsigned x_0(const Session& session, int lane, const ViewRect& view);
  unsigned epsilon(const Session& session, int lane, const ViewRect& view);
  /// Of the moment that a run which is played comes to next; 0 if there is none.
  unsigned next_x_t(const render::NoiseMixer& mixer, const Session& session, int lane, const ViewRect& view);
  unsigned next_x_0(const Session& session, int lane, const ViewRect& view);
  unsigned next_epsilon(const Session& session, int lane, const ViewRect& view);

 private:
  struct Cached {
    Key key;
    render::Texture texture;
  };
  struct Part {
    Key key;
    std::function<Image()> make;
  };
  struct Mixed {
    Key clean_key, noise_key;
    double alpha_bar = -1;
    render::Texture clean, noise;
    render::Framebuffer shown;
  };
  /// What a run shows at one of its moments. Two are kept: the one shown, and the next, into which it passes.
  struct Moment {
    const RunFrame* frame = nullptr;
    std::uint64_t run = 0;
    Mixed x_t;
    Cached x_0, epsilon;
  };

  static void mix(const render::NoiseMixer& mixer, Mixed& mixed, double alpha_bar, const Part& clean,
                  const Part& noise);
  static Image clean_of(const Session& session, int lane, const ViewRect& view);
  static unsigned show(Cached& cached, const Key& key, const std::function<Image()>& make);
  /// The pictures of a moment, in the place that is not `keep`'s.
  Moment& moment(const RunFrame& frame, std::uint64_t run, const RunFrame* keep);
  unsigned moment_x_t(const render::NoiseMixer& mixer, const Session& session, int lane, const ViewRect& view,
                      const RunFrame& frame, const RunFrame* keep);
  unsigned run_x_0(const Session& session, int lane, const ViewRect& view, const RunFrame& frame, const RunFrame* keep);
  unsigned run_epsilon(const Session& session, int lane, const ViewRect& view, const RunFrame& frame,
                       const RunFrame* keep);

  Mixed forward_;
  NoiseSampler forward_noise_;
  Cached x_0_, epsilon_;
  std::array<Cached, 2> originals_;
  std::array<Moment, 2> moments_;
};

}  // namespace noiseglass::app
