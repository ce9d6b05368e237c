// Handles free every OpenGL id exactly once, whatever is moved where. glIs…() counts for us: it answers true for an
// id that was bound once and is not deleted yet.
#include "render/gl_handle.h"

#include "render/framebuffer.h"
#include "render/program.h"
#include "render/texture.h"
#include "tests/render/egl_context.h"

#include <type_traits>
#include <vector>

namespace noiseglass::render {
namespace {

template <class T>
constexpr bool move_only = std::is_nothrow_move_constructible_v<T>&& std::is_nothrow_move_assignable_v<T> &&
                           !std::is_copy_constructible_v<T> && !std::is_copy_assignable_v<T>;
static_assert(move_only<TextureHandle> && move_only<Texture> && move_only<Framebuffer> && move_only<Program>);

/// Counts calls without OpenGL: a second deletion of the same id is not visible through glIsTexture.
std::vector<GLuint> deleted;
void record_deletion(GLuint id) { deleted.push_back(id); }
using CountedHandle = GlHandle<record_deletion>;

TEST(GlHandle, EveryIdIsDeletedExactlyOnceThroughMoves) {
  deleted.clear();
  {
    CountedHandle a(1), b(2);
    CountedHandle c(std::move(a));
    // NOLINTNEXTLINE(bugprone-use-after-move): that it is empty is the point
    EXPECT_EQ(a.get(), 0u);
    EXPECT_EQ(c.get(), 1u);
    b = std::move(c);  // 2 is given up here
    EXPECT_EQ(deleted, (std::vector<GLuint>{2}));
    EXPECT_EQ(b.get(), 1u);
    CountedHandle& same = b;
    b = std::move(same);
    EXPECT_EQ(b.get(), 1u);
  }
  EXPECT_EQ(deleted, (std::vector<GLuint>{2, 1}));
}

TEST(GlHandle, NoneIsNeverDeleted) {
  deleted.clear();
  { CountedHandle none, zero(0); }
  EXPECT_TRUE(deleted.empty());
}

using Ownership = GlTest;

TEST_F(Ownership, TextureLivesThroughMovesAndDiesWithItsLastOwner) {
  GLuint id = 0;
  {
    Texture first(ByteImage(Shape{2, 3, 3}));
    id = first.id();
    Texture second = std::move(first);
    // NOLINTNEXTLINE(bugprone-use-after-move)
    EXPECT_EQ(first.id(), 0u);
    EXPECT_EQ(second.id(), id);
    EXPECT_TRUE(glIsTexture(id));
  }
  EXPECT_FALSE(glIsTexture(id));
}

TEST_F(Ownership, AssigningATextureFreesTheOldOne) {
  Texture kept(ByteImage(Shape{2, 3, 3}));
  const GLuint old_id = kept.id();
  kept = Texture(Image(Shape{4, 4, 1}));
  EXPECT_FALSE(glIsTexture(old_id));
  EXPECT_TRUE(glIsTexture(kept.id()));
}

TEST_F(Ownership, ResizingAFramebufferFreesWhatItHeld) {
  Framebuffer target(8, 8);
  const GLuint old_framebuffer = target.id(), old_texture = target.texture_id();
  Framebuffer moved = std::move(target);
  moved.resize(9, 7);
  EXPECT_EQ(glIsFramebuffer(moved.id()) && glIsTexture(moved.texture_id()), true);
  // The driver may give a freed number again, so "gone" means: gone, or now the new object's own.
  EXPECT_TRUE(!glIsFramebuffer(old_framebuffer) || old_framebuffer == moved.id());
  EXPECT_TRUE(!glIsTexture(old_texture) || old_texture == moved.texture_id());
}

TEST_F(Ownership, ProgramsDieWithTheirOwnerAndKeepNoShaders) {
  GLuint id = 0;
  {
    const Program program("fullscreen.vert", "noise_mix.frag");
    id = program.id();
    GLint attached = -1;
    glGetProgramiv(id, GL_ATTACHED_SHADERS, &attached);
    EXPECT_EQ(attached, 0);
  }
  EXPECT_FALSE(glIsProgram(id));
}

}  // namespace
}  // namespace noiseglass::render
