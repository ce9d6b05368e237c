#pragma once

#include "render/framebuffer.h"
#include "render/fullscreen_pass.h"
#include "render/texture.h"

namespace noiseglass::render {

/// The forward process as the slider shows it: x_t = √ᾱ·x₀ + √(1−ᾱ)·ε on the graphics card, so that a move of the
/// slider costs no upload. Bytes agree with core's to_bytes(corrupt(x_0, epsilon, alpha_bar)) within 1 of 255.
class NoiseMixer {
 public:
  /// @throws Error if the shaders do not compile
  NoiseMixer() : pass_("noise_mix.frag") {}

  /// Draws x_t, clamped to [−1, 1], into `target`, which takes the size of x_0. Leaves the OpenGL state as it was.
  /// @param x_0 bytes or floats, 1 channel (shown as grey) or 3; RGBA's alpha is not looked at
  /// @param epsilon floats, the shape of x_0
  /// @param alpha_bar in [0, 1]
  /// @throws UsageError if a size, a number of channels or alpha_bar is wrong
  void mix(Framebuffer& target, const Texture& x_0, const Texture& epsilon, double alpha_bar) const;

 private:
  FullscreenPass pass_;
};

}  // namespace noiseglass::render
