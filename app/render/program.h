#pragma once

#include "render/gl_handle.h"

#include <string>
#include <string_view>
#include <vector>

namespace noiseglass::render {

/// One file of shaders/: GLSL without a `#version` line, in the common subset of the two dialects.
struct ShaderSource {
  std::string name;  ///< file name; its ending says which stage: "mix.frag", "fullscreen.vert"
  std::string text;
};

/// Every file of shaders/, embedded at build time.
const std::vector<ShaderSource>& shader_sources();
/// @throws Error for a name that is not there.
const ShaderSource& shader_source(std::string_view name);

/// `#version` and precision lines.
enum class GlslDialect { gl_330_core, es_300 };
/// That of the current context.
GlslDialect current_dialect();

/// A linked pair of shaders. Move-only.
class Program {
 public:
  Program() = default;
  /// @throws Error that names the file, gives the driver's words and the numbered source.
  Program(const ShaderSource& vertex, const ShaderSource& fragment);
  /// From two files of shaders/.
  Program(std::string_view vertex_file, std::string_view fragment_file);

  GLuint id() const { return id_.get(); }
  explicit operator bool() const { return bool(id_); }
  void use() const { glUseProgram(id()); }

  /// Set a uniform of the program that is in use. @throws Error if the program has no such uniform.
  void set(const char* uniform, int value) const;
  void set(const char* uniform, float value) const;
  void set(const char* uniform, float x, float y) const;

 private:
  GLint location(const char* uniform) const;

  ProgramHandle id_;
  std::string name_;
};

}  // namespace noiseglass::render
