#include "render/framebuffer.h"

#include "noiseglass/error.h"
#include "render/gl_state.h"
#include "render/texture.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

namespace noiseglass::render {
namespace {

TextureHandle make_target_texture(int width, int height) {
  GLuint id = 0;
  glGenTextures(1, &id);
  TextureHandle texture(id);
  glBindTexture(GL_TEXTURE_2D, id);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
  glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, width, height, 0, GL_RGBA, GL_UNSIGNED_BYTE, nullptr);
  return texture;
}

}  // namespace

void Framebuffer::resize(int width, int height) {
  if (width == width_ && height == height_) return;
  const std::string size = std::to_string(width) + " × " + std::to_string(height);
  if (width < 1 || height < 1) throw UsageError("A framebuffer cannot have " + size + " pixels.");
  if (width > Texture::max_side() || height > Texture::max_side())
    throw Error("This graphics driver cannot draw a picture of " + size + " pixels. Reduce the picture first.");

  const GlStateScope state;
  const PixelTransferScope transfer;
  TextureHandle texture = make_target_texture(width, height);
  GLuint id = 0;
  glGenFramebuffers(1, &id);
  FramebufferHandle framebuffer(id);
  glBindFramebuffer(GL_FRAMEBUFFER, id);
  glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, texture.get(), 0);
  if (glCheckFramebufferStatus(GL_FRAMEBUFFER) != GL_FRAMEBUFFER_COMPLETE)
    throw Error("The graphics driver refused a picture of " + size + " pixels to draw into. Reduce the picture first.");
  texture_ = std::move(texture);
  framebuffer_ = std::move(framebuffer);
  width_ = width;
  height_ = height;
}

ByteImage Framebuffer::read() const {
  ByteImage picture(Shape{height_, width_, 4});
  const GlStateScope state;
  const PixelTransferScope transfer;
  glBindFramebuffer(GL_READ_FRAMEBUFFER, id());
  glReadPixels(0, 0, width_, height_, GL_RGBA, GL_UNSIGNED_BYTE, picture.data.data());
  return picture;
}

ByteImage read_drawn(int width, int height) {
  ByteImage picture(Shape{height, width, 3});
  const PixelTransferScope transfer;
  std::vector<std::uint8_t> rows(picture.data.size());
  glReadPixels(0, 0, width, height, GL_RGB, GL_UNSIGNED_BYTE, rows.data());
  const std::size_t row = std::size_t(width) * 3;
  for (int y = 0; y < height; ++y)
    std::copy_n(rows.begin() + std::ptrdiff_t(row) * (height - 1 - y), row,
                picture.data.begin() + std::ptrdiff_t(row) * y);
  return picture;
}

}  // namespace noiseglass::render
