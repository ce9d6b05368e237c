#pragma once

#include "render/gl_context.h"

#include <gtest/gtest.h>

#include <memory>

namespace noiseglass::render {

enum class ContextApi { gl_33_core, es_30 };

/// An OpenGL context with no window and no display (Mesa's surfaceless EGL platform), current while it lives.
class EglContext {
 public:
  /// @throws Error that says which step failed
  explicit EglContext(ContextApi api);
  ~EglContext();
  EglContext(const EglContext&) = delete;
  EglContext& operator=(const EglContext&) = delete;

  const GlInfo& info() const { return info_; }

 private:
  void* display_ = nullptr;  // EGLDisplay, EGLContext: their header defines too many names to be included here
  void* context_ = nullptr;
  GlInfo info_;
};

/// A test that draws: OpenGL 3.3 core is current in it, and no OpenGL error may be left at its end.
class GlTest : public testing::Test {
 protected:
  void SetUp() override;
  void TearDown() override;

  std::unique_ptr<EglContext> context_;
};

}  // namespace noiseglass::render
