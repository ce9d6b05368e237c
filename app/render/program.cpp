#include "render/program.h"

#include "noiseglass/error.h"

#include <cstdio>
#include <sstream>

namespace noiseglass::render {
namespace {

/// `#line 1` makes the driver count from the first line of the file, as the numbered source does.
std::string_view preamble(GlslDialect dialect) {
  if (dialect == GlslDialect::es_300)
    return "#version 300 es\nprecision highp float;\nprecision highp int;\nprecision highp sampler2D;\n#line 1\n";
  return "#version 330 core\n#line 1\n";
}

std::string numbered(const std::string& text) {
  std::istringstream lines(text);
  std::string result, line;
  for (int number = 1; std::getline(lines, line); ++number) {
    char label[16];
    std::snprintf(label, sizeof label, "%4d | ", number);
    result += label + line + "\n";
  }
  return result;
}

GLenum stage_of(const std::string& name) {
  if (name.ends_with(".vert")) return GL_VERTEX_SHADER;
  if (name.ends_with(".frag")) return GL_FRAGMENT_SHADER;
  throw Error("Shader " + name + ": the file's name must end in .vert or .frag.");
}

std::string shader_log(GLuint shader) {
  GLint length = 0;
  glGetShaderiv(shader, GL_INFO_LOG_LENGTH, &length);
  std::string log(std::size_t(length), '\0');
  glGetShaderInfoLog(shader, length, &length, log.data());
  log.resize(std::size_t(length));
  return log;
}

std::string program_log(GLuint program) {
  GLint length = 0;
  glGetProgramiv(program, GL_INFO_LOG_LENGTH, &length);
  std::string log(std::size_t(length), '\0');
  glGetProgramInfoLog(program, length, &length, log.data());
  log.resize(std::size_t(length));
  return log;
}

ShaderHandle compile(const ShaderSource& source) {
  ShaderHandle shader(glCreateShader(stage_of(source.name)));
  const std::string text = std::string(preamble(current_dialect())) + source.text;
  const char* begin = text.c_str();
  glShaderSource(shader.get(), 1, &begin, nullptr);
  glCompileShader(shader.get());
  GLint compiled = GL_FALSE;
  glGetShaderiv(shader.get(), GL_COMPILE_STATUS, &compiled);
  if (!compiled) {
    throw Error("Shader " + source.name + " does not compile. The graphics driver says:\n" + shader_log(shader.get()) +
                "\n" + numbered(source.text));
  }
  return shader;
}

}  // namespace

const ShaderSource& shader_source(std::string_view name) {
  for (const ShaderSource& source : shader_sources()) {
    if (source.name == name) return source;
  }
  throw Error("There is no shader called " + std::string(name) + ".");
}

GlslDialect current_dialect() {
  const GLubyte* version = glGetString(GL_VERSION);
  const std::string_view text = version ? reinterpret_cast<const char*>(version) : "";
  return text.starts_with("OpenGL ES") ? GlslDialect::es_300 : GlslDialect::gl_330_core;
}

Program::Program(const ShaderSource& vertex, const ShaderSource& fragment)
    : name_(vertex.name + " + " + fragment.name) {
  const ShaderHandle vertex_shader = compile(vertex), fragment_shader = compile(fragment);
  id_ = ProgramHandle(glCreateProgram());
  glAttachShader(id(), vertex_shader.get());
  glAttachShader(id(), fragment_shader.get());
  glLinkProgram(id());
  glDetachShader(id(), vertex_shader.get());
  glDetachShader(id(), fragment_shader.get());
  GLint linked = GL_FALSE;
  glGetProgramiv(id(), GL_LINK_STATUS, &linked);
  if (!linked) {
    throw Error("Shaders " + name_ + " do not link. The graphics driver says:\n" + program_log(id()) + "\n" +
                vertex.name + ":\n" + numbered(vertex.text) + fragment.name + ":\n" + numbered(fragment.text));
  }
}

Program::Program(std::string_view vertex_file, std::string_view fragment_file)
    : Program(shader_source(vertex_file), shader_source(fragment_file)) {}

GLint Program::location(const char* uniform) const {
  const GLint found = glGetUniformLocation(id(), uniform);
  if (found < 0) throw Error("Shaders " + name_ + " have no uniform called " + uniform + ".");
  return found;
}

void Program::set(const char* uniform, int value) const { glUniform1i(location(uniform), value); }
void Program::set(const char* uniform, float value) const { glUniform1f(location(uniform), value); }
void Program::set(const char* uniform, float x, float y) const { glUniform2f(location(uniform), x, y); }

}  // namespace noiseglass::render
