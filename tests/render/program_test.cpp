#include "render/program.h"

#include "noiseglass/error.h"
#include "tests/render/egl_context.h"

#include <gmock/gmock.h>

#include <algorithm>

namespace noiseglass::render {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::ThrowsMessage;

/// Every fragment shader links with the full-screen vertex shader: there is no other vertex shader's interface.
void link_every_fragment_shader() {
  int linked = 0;
  for (const ShaderSource& source : shader_sources()) {
    if (!source.name.ends_with(".frag")) continue;
    SCOPED_TRACE(source.name);
    EXPECT_NO_THROW(Program(shader_source("fullscreen.vert"), source));
    ++linked;
  }
  EXPECT_GE(linked, 1);
}

TEST(Shaders, AllCompileAsOpenGl33Core) {
  const EglContext context(ContextApi::gl_33_core);
  ASSERT_EQ(current_dialect(), GlslDialect::gl_330_core);
  link_every_fragment_shader();
}

TEST(Shaders, AllCompileAsOpenGlEs30) {
  const EglContext context(ContextApi::es_30);
  ASSERT_EQ(current_dialect(), GlslDialect::es_300);
  link_every_fragment_shader();
}

// GLSL 3.30 knows no other characters, not even in comments, and some drivers insist.
TEST(Shaders, ArePlainAsciiWithoutAVersionLine) {
  for (const ShaderSource& source : shader_sources()) {
    EXPECT_TRUE(std::all_of(source.text.begin(), source.text.end(), [](unsigned char c) { return c < 128; }))
        << source.name;
    EXPECT_EQ(source.text.find("#version"), std::string::npos) << source.name;
  }
}

using ProgramErrors = GlTest;

TEST_F(ProgramErrors, ABrokenShaderIsNamedWithItsLineAndNumberedSource) {
  const ShaderSource broken = {"broken.frag", "out vec4 color;\nvoid main() {\n  color = vec4(no_such_name);\n}\n"};
  // Mesa writes "0:3(16): error", others "0(3)" or "ERROR: 0:3": the line is 3 in the file, not after the preamble.
  EXPECT_THAT([&] { Program(shader_source("fullscreen.vert"), broken); },
              ThrowsMessage<Error>(AllOf(HasSubstr("broken.frag"), HasSubstr("0:3"), HasSubstr("no_such_name"),
                                         HasSubstr("   3 |   color = vec4(no_such_name);"))));
}

TEST_F(ProgramErrors, ShadersThatDoNotFitTogetherAreBothNamed) {
  const ShaderSource vertex = {"pair.vert", "out vec2 uv;\nvoid main() { gl_Position = vec4(uv = vec2(0), 0, 1); }\n"};
  const ShaderSource fragment = {"pair.frag", "in vec3 uv;\nout vec4 color;\nvoid main() { color = vec4(uv, 1); }\n"};
  EXPECT_THAT([&] { Program(vertex, fragment); },
              ThrowsMessage<Error>(AllOf(HasSubstr("pair.vert"), HasSubstr("pair.frag"), HasSubstr("do not link"))));
}

TEST_F(ProgramErrors, WrongNamesAreSaid) {
  EXPECT_THAT([] { shader_source("none.frag"); }, ThrowsMessage<Error>(HasSubstr("none.frag")));
  EXPECT_THAT(
      [] {
        Program(ShaderSource{"shader.txt", ""}, ShaderSource{"shader.frag", ""});
      },
      ThrowsMessage<Error>(HasSubstr(".vert")));
  const Program program("fullscreen.vert", "noise_mix.frag");
  program.use();
  EXPECT_THAT([&] { program.set("alpha", 1.0f); }, ThrowsMessage<Error>(HasSubstr("alpha")));
}

TEST_F(ProgramErrors, AContextBelowOpenGl33IsRefusedInASentence) {
  EXPECT_THAT([] { load_gl([](const char*) -> void (*)() { return nullptr; }); },
              ThrowsMessage<Error>(HasSubstr("OpenGL")));
}

}  // namespace
}  // namespace noiseglass::render
