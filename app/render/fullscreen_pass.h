#pragma once

#include "render/framebuffer.h"
#include "render/gl_handle.h"
#include "render/program.h"

#include <functional>
#include <span>
#include <string_view>

namespace noiseglass::render {

/// Runs a fragment shader of shaders/ once for every pixel of a framebuffer. Leaves the OpenGL state as it was.
class FullscreenPass {
 public:
  /// @throws Error as Program
  explicit FullscreenPass(std::string_view fragment_file);

  /// Texture k of `textures` is at unit k (at most 2); `set_uniforms` is called with the program in use.
  void draw(Framebuffer& target, std::span<const GLuint> textures,
            const std::function<void(const Program&)>& set_uniforms) const;

 private:
  Program program_;
  VertexArrayHandle vertex_array_;  ///< empty, but core profile draws nothing without one
};

}  // namespace noiseglass::render
