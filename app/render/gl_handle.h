#pragma once

#include <glad/gl.h>

#include <utility>

namespace noiseglass::render {

/// Owns the id of one OpenGL object: move-only, 0 is "none". `Delete` runs exactly once per id, so the
/// context that made the object must be current when a handle dies.
template <void (*Delete)(GLuint)>
class GlHandle {
 public:
  GlHandle() = default;
  explicit GlHandle(GLuint id) : id_(id) {}
  ~GlHandle() {
    if (id_ != 0) Delete(id_);
  }
  GlHandle(GlHandle&& other) noexcept : id_(std::exchange(other.id_, 0)) {}
  GlHandle& operator=(GlHandle&& other) noexcept {
    GlHandle taken(std::move(other));
    std::swap(id_, taken.id_);
    return *this;
  }

  GLuint get() const { return id_; }
  explicit operator bool() const { return id_ != 0; }

 private:
  GLuint id_ = 0;
};

// glad's functions are pointers known only at run time, hence these names for them.
void delete_texture(GLuint id);
void delete_framebuffer(GLuint id);
void delete_vertex_array(GLuint id);
void delete_shader(GLuint id);
void delete_program(GLuint id);

using TextureHandle = GlHandle<delete_texture>;
using FramebufferHandle = GlHandle<delete_framebuffer>;
using VertexArrayHandle = GlHandle<delete_vertex_array>;
using ShaderHandle = GlHandle<delete_shader>;
using ProgramHandle = GlHandle<delete_program>;

}  // namespace noiseglass::render
