#include "render/gl_context.h"

#include "noiseglass/error.h"

#include <glad/gl.h>

#include <cstdio>

namespace noiseglass::render {
namespace {

std::string gl_string(GLenum name) {
  const GLubyte* text = glGetString(name);
  return text ? reinterpret_cast<const char*>(text) : "unknown";
}

void GLAD_API_PTR print_message(GLenum, GLenum, GLuint, GLenum severity, GLsizei, const GLchar* message, const void*) {
  if (severity == GL_DEBUG_SEVERITY_NOTIFICATION || severity == GL_DEBUG_SEVERITY_LOW) return;
  std::fprintf(stderr, "OpenGL: %s\n", message);
}

}  // namespace

GlInfo load_gl(GlGetProcAddress get_proc_address) {
  const int loaded = gladLoadGL(get_proc_address);
  if (loaded == 0)
    throw Error("No OpenGL context could be used. Install or update the graphics driver (Mesa will do).");
  GlInfo info{gl_string(GL_VERSION), gl_string(GL_RENDERER), gl_string(GL_VENDOR)};
  info.is_es = info.version.starts_with("OpenGL ES");
  // Desktop OpenGL has it from 3.3 on, where glad looks for it; OpenGL ES from 3.0 on.
  if (info.is_es && !glad_glBindSampler)
    glad_glBindSampler = reinterpret_cast<PFNGLBINDSAMPLERPROC>(get_proc_address("glBindSampler"));
  const int major = GLAD_VERSION_MAJOR(loaded), minor = GLAD_VERSION_MINOR(loaded);
  const bool enough = info.is_es ? major >= 3 : major > 3 || (major == 3 && minor >= 3);
  if (!enough) {
    throw Error("The window needs OpenGL 3.3, but the driver (" + info.renderer + ") gives \"" + info.version +
                "\". Update the driver, or use LIBGL_ALWAYS_SOFTWARE=1, or the command line (noiseglass --help).");
  }
  return info;
}

bool print_driver_messages() {
  if (!GLAD_GL_KHR_debug || glDebugMessageCallback == nullptr) return false;
  glEnable(GL_DEBUG_OUTPUT);
  glEnable(GL_DEBUG_OUTPUT_SYNCHRONOUS);  // so that a debugger's stack shows the call at fault
  glDebugMessageCallback(print_message, nullptr);
  return true;
}

}  // namespace noiseglass::render
