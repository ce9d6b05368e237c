#pragma once

#include "noiseglass/image.h"
#include "render/gl_handle.h"

namespace noiseglass::render {

/// An 8-bit RGBA picture to draw into and then to show, its first row at v = 0; shown larger, its pixels stay visible.
/// Move-only.
class Framebuffer {
 public:
  Framebuffer() = default;  ///< empty; give it a size before drawing
  /// @throws Error as resize()
  Framebuffer(int width, int height) { resize(width, height); }

  /// Another size in pixels; what was drawn is lost, and texture_id() may change. Nothing happens at the same size.
  /// @throws Error if it is larger than this graphics driver takes; UsageError below 1×1.
  void resize(int width, int height);

  int width() const { return width_; }
  int height() const { return height_; }
  GLuint id() const { return framebuffer_.get(); }
  GLuint texture_id() const { return texture_.get(); }

  /// The pixels, 4 channels, rows from the top. Waits for the graphics card: for tests and saving, not for frames.
  ByteImage read() const;

 private:
  TextureHandle texture_;
  FramebufferHandle framebuffer_;
  int width_ = 0, height_ = 0;
};

/// What has been drawn into the window so far, RGB, rows from the top. Waits for the graphics card.
ByteImage read_drawn(int width, int height);

}  // namespace noiseglass::render
