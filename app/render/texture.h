#pragma once

#include "noiseglass/image.h"
#include "render/gl_handle.h"

namespace noiseglass::render {

/// How a texture is looked at when it is shown larger or smaller than it is.
struct TextureOptions {
  bool smooth_when_enlarged = false;  ///< linear instead of nearest: pixels stay visible by default
  bool mipmaps = true;                ///< averages when shown smaller; a third more memory
};

/// A picture on the graphics card, its first row at v = 0. A ByteImage becomes 8-bit R, RGB or RGBA, an
/// Image 32-bit float R or RGB with its values as they are; one channel is seen as grey.
/// Move-only; a default-constructed one is empty (id 0).
class Texture {
 public:
  Texture() = default;
  /// @throws Error if a side is larger than this graphics driver takes; UsageError for an empty picture.
  explicit Texture(const ByteImage& picture, TextureOptions options = {});
  explicit Texture(const Image& picture, TextureOptions options = {});

  /// Replaces the rectangle whose upper left pixel is (x, y).
  /// @throws UsageError if it does not fit inside, or has another number of channels or another type.
  void update(const ByteImage& part, int x = 0, int y = 0);
  void update(const Image& part, int x = 0, int y = 0);

  GLuint id() const { return id_.get(); }
  explicit operator bool() const { return bool(id_); }
  const Shape& shape() const { return shape_; }

  /// value = scale·texel + offset is the picture in [−1, 1]: 2 and −1 for bytes, 1 and 0 for floats.
  float value_scale() const { return type_ == GL_FLOAT ? 1.0f : 2.0f; }
  float value_offset() const { return type_ == GL_FLOAT ? 0.0f : -1.0f; }

  /// Largest side in pixels that the current context takes.
  static int max_side();

 private:
  void create(const Shape& shape, GLenum type, const void* pixels);
  void replace(const Shape& part, GLenum type, const void* pixels, int x, int y);

  TextureHandle id_;
  Shape shape_{0, 0, 0};
  GLenum type_ = GL_UNSIGNED_BYTE;  ///< of the pixels handed in: GL_UNSIGNED_BYTE or GL_FLOAT
  TextureOptions options_;
};

}  // namespace noiseglass::render
