#include "render/texture.h"

#include "noiseglass/error.h"
#include "render/gl_state.h"
#include "tests/render/egl_context.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <numeric>
#include <vector>

namespace noiseglass::render {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

GLenum pixel_format(int channels) { return channels == 1 ? GL_RED : channels == 3 ? GL_RGB : GL_RGBA; }

template <class Picture>
Picture read_back(const Texture& texture, GLenum type) {
  Picture picture(texture.shape());
  const PixelTransferScope scope;
  glBindTexture(GL_TEXTURE_2D, texture.id());
  glGetTexImage(GL_TEXTURE_2D, 0, pixel_format(texture.shape().channels), type, picture.data.data());
  return picture;
}

ByteImage counting_bytes(Shape shape) {
  ByteImage picture(shape);
  std::iota(picture.data.begin(), picture.data.end(), std::uint8_t(1));
  return picture;
}

Image counting_floats(Shape shape) {
  Image picture(shape);
  std::iota(picture.data.begin(), picture.data.end(), -3.25f);
  return picture;
}

class TextureUpload : public GlTest, public testing::WithParamInterface<Shape> {};

// Odd widths break uploads that forget the row alignment.
TEST_P(TextureUpload, BytesComeBackAsTheyWere) {
  const ByteImage picture = counting_bytes(GetParam());
  EXPECT_EQ(read_back<ByteImage>(Texture(picture), GL_UNSIGNED_BYTE).data, picture.data);
}

TEST_P(TextureUpload, FloatsComeBackAsTheyWereBeyondOneToo) {
  const Image picture = counting_floats(GetParam());
  EXPECT_EQ(read_back<Image>(Texture(picture), GL_FLOAT).data, picture.data);
}

INSTANTIATE_TEST_SUITE_P(Shapes, TextureUpload,
                         testing::Values(Shape{1, 1, 1}, Shape{1, 1, 3}, Shape{3, 5, 1}, Shape{5, 3, 3}, Shape{2, 7, 4},
                                         Shape{1, 257, 3}, Shape{31, 1, 1}),
                         [](const auto& test) {
                           const Shape& shape = test.param;
                           return std::to_string(shape.width) + "x" + std::to_string(shape.height) + "x" +
                                  std::to_string(shape.channels);
                         });

using TextureTest = GlTest;

TEST_F(TextureTest, UpdateReplacesJustTheRectangle) {
  Texture texture(counting_bytes({4, 5, 3}));
  ByteImage part(Shape{2, 3, 3});
  std::fill(part.data.begin(), part.data.end(), std::uint8_t(200));
  texture.update(part, 1, 2);
  ByteImage expected = counting_bytes({4, 5, 3});
  for (int y = 2; y < 4; ++y)
    for (int i = 1 * 3; i < 4 * 3; ++i) expected.data[y * 5 * 3 + i] = 200;
  EXPECT_EQ(read_back<ByteImage>(texture, GL_UNSIGNED_BYTE).data, expected.data);
}

TEST_F(TextureTest, MipmapsFollowAnUpdate) {
  Texture texture(Image(Shape{2, 2, 1}));
  Image ones(Shape{2, 2, 1});
  std::fill(ones.data.begin(), ones.data.end(), 1.0f);
  texture.update(ones);
  float smallest = 0;
  glBindTexture(GL_TEXTURE_2D, texture.id());
  glGetTexImage(GL_TEXTURE_2D, 1, GL_RED, GL_FLOAT, &smallest);
  EXPECT_EQ(smallest, 1.0f);
}

TEST_F(TextureTest, WrongUpdatesAreRefusedAndChangeNothing) {
  const ByteImage picture = counting_bytes({4, 5, 3});
  Texture texture(picture);
  EXPECT_THROW(texture.update(ByteImage(Shape{4, 5, 1})), UsageError);
  EXPECT_THROW(texture.update(Image(Shape{4, 5, 3})), UsageError);
  EXPECT_THROW(texture.update(ByteImage(Shape{1, 1, 3}), 5, 0), UsageError);
  EXPECT_THROW(texture.update(ByteImage(Shape{1, 1, 3}), 0, -1), UsageError);
  EXPECT_EQ(read_back<ByteImage>(texture, GL_UNSIGNED_BYTE).data, picture.data);
}

TEST_F(TextureTest, SizesBeyondTheDriverAreRefusedInASentence) {
  EXPECT_THAT(
      [] {
        Texture(ByteImage(Shape{1, Texture::max_side() + 1, 1}));
      },
      ThrowsMessage<Error>(HasSubstr(std::to_string(Texture::max_side()))));
  const ByteImage empty;
  EXPECT_THROW(Texture{empty}, UsageError);
}

TEST_F(TextureTest, UploadsLeaveBindingsAndPixelStorageAlone) {
  Texture bound(ByteImage(Shape{1, 1, 3}));
  glBindTexture(GL_TEXTURE_2D, bound.id());
  glPixelStorei(GL_UNPACK_ALIGNMENT, 8);
  glPixelStorei(GL_UNPACK_ROW_LENGTH, 17);
  Texture other(counting_bytes({3, 5, 3}));
  other.update(counting_bytes({1, 1, 3}));
  GLint binding = 0, alignment = 0, row_length = 0;
  glGetIntegerv(GL_TEXTURE_BINDING_2D, &binding);
  glGetIntegerv(GL_UNPACK_ALIGNMENT, &alignment);
  glGetIntegerv(GL_UNPACK_ROW_LENGTH, &row_length);
  EXPECT_EQ(GLuint(binding), bound.id());
  EXPECT_EQ(alignment, 8);
  EXPECT_EQ(row_length, 17);
}

// OpenGL ES 3.0 as browsers have it cannot be told to show red as grey.
TEST(TextureInEs, OneChannelIsSeenAsGrey) {
  const EglContext context(ContextApi::es_30);
  Texture texture(counting_bytes({3, 5, 1}), {.mipmaps = false});
  ByteImage part(Shape{1, 1, 1});
  part.data[0] = 200;
  texture.update(part, 1, 2);
  GLuint id = 0;
  glGenFramebuffers(1, &id);
  const FramebufferHandle framebuffer(id);
  glBindFramebuffer(GL_FRAMEBUFFER, id);
  glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, texture.id(), 0);
  ASSERT_EQ(glCheckFramebufferStatus(GL_FRAMEBUFFER), GLenum(GL_FRAMEBUFFER_COMPLETE));
  std::vector<std::uint8_t> seen(3 * 5 * 4);
  glReadPixels(0, 0, 5, 3, GL_RGBA, GL_UNSIGNED_BYTE, seen.data());
  for (std::size_t i = 0; i < 15; ++i) {
    const int wanted = i == 2 * 5 + 1 ? 200 : int(i) + 1;
    for (std::size_t c = 0; c < 3; ++c) EXPECT_EQ(int(seen[4 * i + c]), wanted) << i << ' ' << c;
  }
}

}  // namespace
}  // namespace noiseglass::render
