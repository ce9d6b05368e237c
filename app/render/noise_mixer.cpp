#include "render/noise_mixer.h"

#include "noiseglass/error.h"

#include <array>
#include <cmath>

namespace noiseglass::render {
namespace {

void check(const Texture& x_0, const Texture& epsilon, double alpha_bar) {
  if (!x_0 || !(x_0.shape() == epsilon.shape()))
    throw UsageError("The noise must have as many pixels and channels as the picture that it is mixed with.");
  if (!(alpha_bar >= 0 && alpha_bar <= 1)) throw UsageError("ᾱ must lie between 0 and 1.");
}

}  // namespace

void NoiseMixer::mix(Framebuffer& target, const Texture& x_0, const Texture& epsilon, double alpha_bar) const {
  check(x_0, epsilon, alpha_bar);
  const Shape& shape = x_0.shape();
  target.resize(shape.width, shape.height);
  mix(target, x_0, epsilon, alpha_bar, {0, 0, double(shape.width), double(shape.height)});
}

void NoiseMixer::mix(Framebuffer& target, const Texture& x_0, const Texture& epsilon, double alpha_bar,
                     const Region& region) const {
  check(x_0, epsilon, alpha_bar);
  const double step_x = region.width / target.width(), step_y = region.height / target.height();
  if (!(step_x > 0 && step_y > 0)) throw UsageError("The part of a picture to show cannot be empty.");
  const bool average = (step_x > 1 || step_y > 1) && x_0.has_mipmaps() && epsilon.has_mipmaps();
  const std::array<GLuint, 2> textures = {x_0.id(), epsilon.id()};
  pass_.draw(target, textures, [&](const Program& program) {
    program.set("x_0", 0);
    program.set("epsilon", 1);
    program.set("weights", float(std::sqrt(alpha_bar)), float(std::sqrt(1 - alpha_bar)));
    program.set("x_0_range", x_0.value_scale(), x_0.value_offset());
    program.set("origin", float(region.x), float(region.y));
    program.set("texel_step", float(step_x), float(step_y));
    program.set("average", int(average));
  });
}

}  // namespace noiseglass::render
