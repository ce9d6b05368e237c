#include "render/noise_mixer.h"

#include "noiseglass/error.h"

#include <array>
#include <cmath>

namespace noiseglass::render {

void NoiseMixer::mix(Framebuffer& target, const Texture& x_0, const Texture& epsilon, double alpha_bar) const {
  if (!x_0 || !(x_0.shape() == epsilon.shape()))
    throw UsageError("The noise must have as many pixels and channels as the picture that it is mixed with.");
  if (!(alpha_bar >= 0 && alpha_bar <= 1)) throw UsageError("ᾱ must lie between 0 and 1.");
  target.resize(x_0.shape().width, x_0.shape().height);
  const std::array<GLuint, 2> textures = {x_0.id(), epsilon.id()};
  pass_.draw(target, textures, [&](const Program& program) {
    program.set("x_0", 0);
    program.set("epsilon", 1);
    program.set("weights", float(std::sqrt(alpha_bar)), float(std::sqrt(1 - alpha_bar)));
    program.set("x_0_range", x_0.value_scale(), x_0.value_offset());
  });
}

}  // namespace noiseglass::render
