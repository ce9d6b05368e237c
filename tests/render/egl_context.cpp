#include "tests/render/egl_context.h"

#include "noiseglass/error.h"

#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <glad/gl.h>

#include <array>

namespace noiseglass::render {
namespace {

constexpr std::array<EGLint, 7> gl_33_core = {
    EGL_CONTEXT_MAJOR_VERSION,           3,       EGL_CONTEXT_MINOR_VERSION, 3, EGL_CONTEXT_OPENGL_PROFILE_MASK,
    EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT, EGL_NONE};
constexpr std::array<EGLint, 5> es_30 = {EGL_CONTEXT_MAJOR_VERSION, 3, EGL_CONTEXT_MINOR_VERSION, 0, EGL_NONE};

}  // namespace

EglContext::EglContext(ContextApi api) {
  display_ = eglGetPlatformDisplay(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, nullptr);
  if (display_ == EGL_NO_DISPLAY || !eglInitialize(display_, nullptr, nullptr))
    throw Error("No surfaceless EGL display: libegl1 and libgl1-mesa-dri are needed.");
  eglBindAPI(api == ContextApi::es_30 ? EGL_OPENGL_ES_API : EGL_OPENGL_API);
  const EGLint* attributes = api == ContextApi::es_30 ? es_30.data() : gl_33_core.data();
  context_ = eglCreateContext(display_, EGL_NO_CONFIG_KHR, EGL_NO_CONTEXT, attributes);
  if (context_ == EGL_NO_CONTEXT) throw Error("EGL made no context of the wanted kind.");
  if (!eglMakeCurrent(display_, EGL_NO_SURFACE, EGL_NO_SURFACE, context_))
    throw Error("EGL could not make its context current.");
  info_ = load_gl(eglGetProcAddress);
}

EglContext::~EglContext() {
  eglMakeCurrent(display_, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
  eglDestroyContext(display_, context_);
}

void GlTest::SetUp() { context_ = std::make_unique<EglContext>(ContextApi::gl_33_core); }

void GlTest::TearDown() { EXPECT_EQ(glGetError(), GLenum(GL_NO_ERROR)) << "left by the test"; }

}  // namespace noiseglass::render
