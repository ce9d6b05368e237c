#include "render/texture.h"

#include "noiseglass/error.h"
#include "render/gl_state.h"
#include "render/program.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

namespace noiseglass::render {
namespace {

struct Format {
  GLint internal;
  GLenum external;
};

Format format_of(int channels, GLenum type) {
  const bool bytes = type == GL_UNSIGNED_BYTE;
  if (channels == 1) return {bytes ? GL_R8 : GL_R32F, GL_RED};
  if (channels == 3) return {bytes ? GL_RGB8 : GL_RGB32F, GL_RGB};
  if (channels == 4) return {bytes ? GL_RGBA8 : GL_RGBA32F, GL_RGBA};
  throw UsageError("A texture has 1, 3 or 4 channels, not " + std::to_string(channels) + ".");
}

/// The browser's OpenGL ES cannot show one channel as grey.
bool lacks_swizzle() { return current_dialect() == GlslDialect::es_300; }

/// What is uploaded: the pixels as they are, or grey ones as three equal channels where one would be seen as red.
class Upload {
 public:
  Upload(const Shape& shape, GLenum type, const void* pixels) : channels_(shape.channels), pixels_(pixels) {
    if (channels_ != 1 || !lacks_swizzle()) return;
    const std::size_t size = type == GL_FLOAT ? 4 : 1;
    const auto* from = static_cast<const unsigned char*>(pixels);
    tripled_.resize(3 * size * shape.size());
    for (std::size_t i = 0; i < 3 * shape.size(); ++i) std::memcpy(&tripled_[i * size], from + i / 3 * size, size);
    channels_ = 3, pixels_ = tripled_.data();
  }
  int channels() const { return channels_; }
  const void* pixels() const { return pixels_; }

 private:
  int channels_;
  const void* pixels_;
  std::vector<unsigned char> tripled_;
};

std::string size_text(const Shape& shape) { return std::to_string(shape.width) + " × " + std::to_string(shape.height); }

void check_size(const Shape& shape) {
  if (shape.width < 1 || shape.height < 1) throw UsageError("A texture cannot be made of an empty picture.");
  const int limit = Texture::max_side();
  if (std::max(shape.width, shape.height) > limit) {
    throw Error("The picture of " + size_text(shape) + " pixels is too large for this graphics driver, which takes " +
                std::to_string(limit) + " pixels a side. Reduce the picture first.");
  }
}

void set_parameters(const Shape& shape, const TextureOptions& options) {
  const auto set = [](GLenum name, GLint value) { glTexParameteri(GL_TEXTURE_2D, name, value); };
  set(GL_TEXTURE_MAG_FILTER, options.smooth_when_enlarged ? GL_LINEAR : GL_NEAREST);
  set(GL_TEXTURE_MIN_FILTER, options.mipmaps ? GL_LINEAR_MIPMAP_LINEAR : GL_NEAREST);
  set(GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  set(GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
  if (shape.channels == 1 && !lacks_swizzle()) {
    set(GL_TEXTURE_SWIZZLE_G, GL_RED);
    set(GL_TEXTURE_SWIZZLE_B, GL_RED);
  }
}

}  // namespace

Texture::Texture(const ByteImage& picture, TextureOptions options) : options_(options) {
  create(picture.shape, GL_UNSIGNED_BYTE, picture.data.data());
}

Texture::Texture(const Image& picture, TextureOptions options) : options_(options) {
  create(picture.shape, GL_FLOAT, picture.data.data());
}

int Texture::max_side() {
  GLint side = 0;
  glGetIntegerv(GL_MAX_TEXTURE_SIZE, &side);
  return side;
}

void Texture::create(const Shape& shape, GLenum type, const void* pixels) {
  check_size(shape);
  const Upload upload(shape, type, pixels);
  const Format format = format_of(upload.channels(), type);
  shape_ = shape;
  type_ = type;
  const PixelTransferScope scope;
  GLuint id = 0;
  glGenTextures(1, &id);
  id_ = TextureHandle(id);
  glBindTexture(GL_TEXTURE_2D, id);
  set_parameters(shape, options_);
  while (glGetError() != GL_NO_ERROR) {  // so that the check below is about this call
  }
  glTexImage2D(GL_TEXTURE_2D, 0, format.internal, shape.width, shape.height, 0, format.external, type, upload.pixels());
  if (options_.mipmaps) glGenerateMipmap(GL_TEXTURE_2D);
  if (glGetError() == GL_OUT_OF_MEMORY) {
    throw Error("The graphics memory is too small for the picture of " + size_text(shape) +
                " pixels. Reduce the picture first.");
  }
}

void Texture::update(const ByteImage& part, int x, int y) {
  replace(part.shape, GL_UNSIGNED_BYTE, part.data.data(), x, y);
}

void Texture::update(const Image& part, int x, int y) { replace(part.shape, GL_FLOAT, part.data.data(), x, y); }

void Texture::replace(const Shape& part, GLenum type, const void* pixels, int x, int y) {
  if (type != type_ || part.channels != shape_.channels)
    throw UsageError("A texture can only be updated with pixels of its own type and number of channels.");
  if (x < 0 || y < 0 || x > shape_.width - part.width || y > shape_.height - part.height) {
    throw UsageError("A part of " + size_text(part) + " pixels at (" + std::to_string(x) + ", " + std::to_string(y) +
                     ") does not fit in a texture of " + size_text(shape_) + ".");
  }
  const PixelTransferScope scope;
  glBindTexture(GL_TEXTURE_2D, id());
  const Upload upload(part, type, pixels);
  const GLenum format = format_of(upload.channels(), type).external;
  glTexSubImage2D(GL_TEXTURE_2D, 0, x, y, part.width, part.height, format, type, upload.pixels());
  if (options_.mipmaps) glGenerateMipmap(GL_TEXTURE_2D);
}

}  // namespace noiseglass::render
