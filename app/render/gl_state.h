#pragma once

#include <glad/gl.h>

#include <array>

namespace noiseglass::render {

/// Remembers the OpenGL state that a pass over a framebuffer changes, sets it to plain defaults (no blending,
/// no scissor, no culling, no depth or stencil test, all channels written), and puts it back when it dies.
/// Other code drawing in the same context then sees nothing of the pass.
class GlStateScope {
 public:
  static constexpr int texture_units = 2;  ///< a pass may bind textures to units 0 … texture_units − 1

  GlStateScope();
  ~GlStateScope();
  GlStateScope(const GlStateScope&) = delete;
  GlStateScope& operator=(const GlStateScope&) = delete;

 private:
  static constexpr std::array<GLenum, 5> switches_ = {GL_BLEND, GL_CULL_FACE, GL_DEPTH_TEST, GL_SCISSOR_TEST,
                                                      GL_STENCIL_TEST};

  std::array<GLboolean, switches_.size()> enabled_;
  std::array<GLint, texture_units> textures_, samplers_;
  std::array<GLint, 4> viewport_;
  std::array<GLboolean, 4> color_mask_;
  GLint draw_framebuffer_, read_framebuffer_, program_, vertex_array_, active_texture_;
};

/// Remembers what is bound as GL_TEXTURE_2D on the active unit, and how pixels are laid out in transfers; sets
/// tightly packed rows from plain memory, and puts everything back when it dies.
class PixelTransferScope {
 public:
  PixelTransferScope();
  ~PixelTransferScope();
  PixelTransferScope(const PixelTransferScope&) = delete;
  PixelTransferScope& operator=(const PixelTransferScope&) = delete;

 private:
  struct Setting {
    GLenum name;
    GLint tight;
  };
  static constexpr std::array<Setting, 8> settings_ = {{{GL_UNPACK_ALIGNMENT, 1},
                                                        {GL_UNPACK_ROW_LENGTH, 0},
                                                        {GL_UNPACK_SKIP_ROWS, 0},
                                                        {GL_UNPACK_SKIP_PIXELS, 0},
                                                        {GL_PACK_ALIGNMENT, 1},
                                                        {GL_PACK_ROW_LENGTH, 0},
                                                        {GL_PACK_SKIP_ROWS, 0},
                                                        {GL_PACK_SKIP_PIXELS, 0}}};

  std::array<GLint, settings_.size()> values_;
  GLint texture_, unpack_buffer_, pack_buffer_;
};

}  // namespace noiseglass::render
