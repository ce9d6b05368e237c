// The shader behind the slider and the core's formula are the same function: bytes agree within 1 of 255.
#include "render/noise_mixer.h"

#include "noiseglass/corruption.h"
#include "noiseglass/error.h"
#include "noiseglass/files.h"
#include "paths.h"
#include "tests/render/egl_context.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <optional>

namespace noiseglass::render {
namespace {

constexpr double alpha_bars[] = {0, 2.4288e-9, 4.0358e-5, 0.01, 0.078587, 0.25, 0.5, 0.75, 0.9, 0.999, 0.9999, 1};

/// Largest difference between an RGBA picture and a grey or RGB one, in steps of 255; alpha must be full.
int largest_difference(const ByteImage& rgba, const ByteImage& expected) {
  const Shape& shape = expected.shape;
  if (rgba.shape.height != shape.height || rgba.shape.width != shape.width) return 256;
  int largest = 0;
  for (std::size_t pixel = 0; pixel < std::size_t(shape.height) * shape.width; ++pixel) {
    for (int c = 0; c < 3; ++c) {
      const int wanted = expected.data[pixel * shape.channels + (shape.channels == 1 ? 0 : c)];
      largest = std::max(largest, std::abs(int(rgba.data[pixel * 4 + c]) - wanted));
    }
    if (rgba.data[pixel * 4 + 3] != 255) return 256;
  }
  return largest;
}

class NoiseMixerTest : public GlTest {
 protected:
  void SetUp() override {
    GlTest::SetUp();
    mixer_.emplace();
  }

  void expect_agreement(const Image& x_0, const Texture& x_0_texture, std::uint64_t seed) {
    const Image epsilon = gaussian_image({seed, streams::forward}, x_0.shape);
    const Texture epsilon_texture(epsilon);
    for (const double alpha_bar : alpha_bars) {
      mixer_->mix(target_, x_0_texture, epsilon_texture, alpha_bar);
      EXPECT_LE(largest_difference(target_.read(), to_bytes(corrupt(x_0, epsilon, alpha_bar))), 1)
          << "ᾱ = " << alpha_bar;
    }
  }

  std::optional<NoiseMixer> mixer_;
  Framebuffer target_;
};

TEST_F(NoiseMixerTest, AgreesWithTheCoreOnEveryBundledPicture) {
  int pictures = 0;
  for (const auto& entry : std::filesystem::directory_iterator(TEST_ASSETS "/pictures")) {
    if (entry.path().extension() == ".json") continue;
    SCOPED_TRACE(entry.path().filename());
    const ByteImage bytes = read_picture(entry.path());
    expect_agreement(to_image(bytes), Texture(bytes), 11);
    ++pictures;
  }
  EXPECT_GE(pictures, 8);
}

TEST_F(NoiseMixerTest, AgreesOnFloatPicturesOfAnySizeWithValuesBeyondOne) {
  for (const Shape shape : {Shape{1, 1, 1}, Shape{1, 1, 3}, Shape{1, 63, 3}, Shape{17, 1, 1}, Shape{33, 47, 3},
                            Shape{64, 64, 1}, Shape{129, 255, 3}}) {
    SCOPED_TRACE(testing::Message() << shape.width << "x" << shape.height << "x" << shape.channels);
    const Image x_0 = gaussian_image({5, 99}, shape);
    expect_agreement(x_0, Texture(x_0), 3);
  }
}

TEST_F(NoiseMixerTest, AtTheEndsThereIsJustThePictureAndJustTheNoise) {
  ByteImage picture(Shape{4, 64, 1});
  for (std::size_t i = 0; i < picture.data.size(); ++i) picture.data[i] = std::uint8_t(i);
  const Image epsilon = gaussian_image({8, 0}, picture.shape);
  mixer_->mix(target_, Texture(picture), Texture(epsilon), 1);
  EXPECT_EQ(largest_difference(target_.read(), picture), 0);
  mixer_->mix(target_, Texture(picture), Texture(epsilon), 0);
  EXPECT_LE(largest_difference(target_.read(), to_bytes(epsilon)), 1);
}

// Golden pictures were made by tests/golden/make_golden.py, which shares no code with the core.
TEST_F(NoiseMixerTest, AgreesWithTheGoldenPictures) {
  struct Golden {
    const char *picture, *schedule;
    int t;
  };
  for (const Golden& golden :
       {Golden{"digit-3", "linear", 250}, Golden{"butterfly", "cosine", 500}, Golden{"butterfly", "linear", 1000}}) {
    const std::string name = std::string(golden.picture) + "-" + golden.schedule + "-" + std::to_string(golden.t);
    SCOPED_TRACE(name);
    const ByteImage expected = read_picture(std::string(TEST_GOLDEN "/") + name + ".png");
    const ByteImage bytes = read_picture(std::string(TEST_ASSETS "/pictures/") + golden.picture + ".png");
    const Schedule schedule = make_schedule(golden.schedule, 1000);
    const Image epsilon = gaussian_image({2020, streams::forward}, bytes.shape);
    mixer_->mix(target_, Texture(bytes), Texture(epsilon), schedule.alpha_bar(golden.t));
    EXPECT_LE(largest_difference(target_.read(), expected), 1);
    EXPECT_LE(largest_difference(target_.read(), to_bytes(corrupt(to_image(bytes), schedule, golden.t, 2020))), 1);
  }
}

TEST_F(NoiseMixerTest, LeavesTheStateOfOtherDrawingAlone) {
  const Image x_0(Shape{8, 8, 3});
  const Texture picture(x_0), noise(x_0);
  Framebuffer other(5, 5);
  const Program program("fullscreen.vert", "noise_mix.frag");
  const auto state = [] {
    std::vector<GLint> values;
    for (const GLenum name : {GL_DRAW_FRAMEBUFFER_BINDING, GL_READ_FRAMEBUFFER_BINDING, GL_CURRENT_PROGRAM,
                              GL_VERTEX_ARRAY_BINDING, GL_ACTIVE_TEXTURE, GL_TEXTURE_BINDING_2D, GL_BLEND,
                              GL_SCISSOR_TEST, GL_CULL_FACE, GL_DEPTH_TEST, GL_STENCIL_TEST}) {
      GLint value = -1;
      glGetIntegerv(name, &value);
      values.push_back(value);
    }
    for (const GLenum name : {GL_VIEWPORT, GL_COLOR_WRITEMASK, GL_SCISSOR_BOX}) {
      GLint four[4];
      glGetIntegerv(name, four);
      values.insert(values.end(), four, four + 4);
    }
    return values;
  };
  glBindFramebuffer(GL_FRAMEBUFFER, other.id());
  program.use();
  glActiveTexture(GL_TEXTURE1);
  glBindTexture(GL_TEXTURE_2D, other.texture_id());
  for (const GLenum name : {GL_BLEND, GL_SCISSOR_TEST, GL_CULL_FACE, GL_DEPTH_TEST, GL_STENCIL_TEST}) glEnable(name);
  glViewport(1, 2, 3, 4);
  glScissor(0, 0, 1, 1);
  glColorMask(GL_FALSE, GL_TRUE, GL_FALSE, GL_TRUE);
  const std::vector<GLint> before = state();

  mixer_->mix(target_, picture, noise, 0.5);
  EXPECT_EQ(state(), before);
  // … nor does that state touch the mix: mid-grey everywhere, in spite of scissor and colour mask.
  const ByteImage drawn = target_.read();
  EXPECT_THAT(drawn.data, testing::Each(testing::Ge(127)));
  EXPECT_EQ(state(), before);
}

TEST_F(NoiseMixerTest, WrongRequestsAreRefused) {
  const Texture rgb(Image(Shape{8, 8, 3})), grey(Image(Shape{8, 8, 1}));
  EXPECT_THROW(mixer_->mix(target_, rgb, grey, 0.5), UsageError);
  EXPECT_THROW(mixer_->mix(target_, Texture(), Texture(), 0.5), UsageError);
  EXPECT_THROW(mixer_->mix(target_, rgb, rgb, 1.01), UsageError);
  EXPECT_THROW(mixer_->mix(target_, rgb, rgb, std::nan("")), UsageError);
}

}  // namespace
}  // namespace noiseglass::render
