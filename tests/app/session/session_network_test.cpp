#include "session/actions.h"
#include "session/groups.h"
#include "session/session.h"
#include "session/wall.h"

#include "noiseglass/files.h"
#include "noiseglass/fitting.h"
#include "noiseglass/library.h"
#include "noiseglass/network_denoiser.h"
#include "noiseglass/noise.h"
#include "noiseglass/sampler.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <thread>

namespace noiseglass::app {
namespace {

/// What the core makes of the same request, without any session.
Image generate(const ModelInfo& model, int class_index, double guidance, int steps, std::uint64_t seed) {
  const Schedule schedule = make_schedule("linear", 1000);
  const auto denoiser = make_network_denoiser(Network::load(model.path), class_index, guidance);
  State start = to_state(gaussian_image({seed, streams::forward}, Shape{model.size, model.size, model.channels}));
  const auto sampler = make_sampler(
      "ddim", {schedule, make_timesteps("trailing", schedule, steps), denoiser, std::move(start), seed, guidance == 1});
  SamplerStep step;
  while (!sampler->done()) step = sampler->step();
  return to_image(step.x_t);
}

// The window and the command line must show the same picture for the same seed, with and without a class.
TEST(SessionWithNetwork, GeneratesWhatTheCoreGenerates) {
  Session session([] {});
  AppState state = session.state();
  state.picture = session.library().pictures.front().path;
  state.position = 300;
  session.apply(state);
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  for (const BundledPicture& picture : session.library().pictures)
    if (picture.kind == "digit") state.picture = picture.path;
  state.lanes[0].sample_steps = state.lanes[1].sample_steps = 25;
  session.apply(state);
  ASSERT_TRUE(session.wait_for_picture(60));
  ASSERT_NE(session.lane(0).model, nullptr);
  for (int class_index : {-1, 4, 7}) {
    state = session.state();
    state.position = 300, state.view = View::forward;
    for (LaneState& lane : state.lanes) lane.class_index = class_index, lane.guidance = class_index < 0 ? 1 : 2;
    session.apply(state);
    perform("generate", session, state);
    session.apply(state);
    for (int i = 0; i < 60000 && session.computing(); ++i) {
      session.tick(0.001);
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    session.tick(0);
    ASSERT_NE(session.lane(0).run, nullptr);
    ASSERT_EQ(session.lane(0).run_problem, "");
    const Image shown = to_image(session.lane(0).run->frames.back()->x_0);
    const int asked = class_index < 0 ? class_by_chance(state.seed, 10) : class_index;
    const Image expected = generate(*session.lane(0).model, asked, 2, 25, state.seed);
    EXPECT_LT(mean_squared_error(shown, expected), 1e-6) << "class " << class_index;
  }
}

/// Threes that were asked for are read as threes, whoever asks for the reading; asked for nothing, nothing is read.
TEST(SessionWithNetwork, AWallIsReadByAJudge) {
  Session session([] {});
  AppState state = session.state();
  for (const BundledPicture& picture : session.library().pictures)
    if (picture.kind == "digit") state.picture = picture.path;
  state.lane_count = 1;
  state.lanes[0].sample_steps = 4, state.lanes[0].class_index = 3, state.lanes[0].schedule = "cosine";
  state.view = View::reverse, state.origin = Origin::noise, state.run_from = state.steps, state.wall = true;
  session.apply(state);
  ASSERT_TRUE(session.wait_for_picture(60));
  EXPECT_FALSE(asked_wall(session, 0)) << "it has not come to its end";
  for (int i = 0; i < 60000 && !session.run_done(); ++i) {
    session.tick(0.001);
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  const auto wall = asked_wall(session, 0);
  ASSERT_TRUE(wall);
  const WallReading reading = read_wall(*wall);
  EXPECT_EQ(reading.of, 64);
  EXPECT_GT(reading.as_asked, 56);
  EXPECT_GT(reading.accuracy, 0.98);
  AskedWall other = *wall;
  other.class_index = 7;
  EXPECT_LT(read_wall(other).as_asked, 4);
  WallReader reader([] {});
  std::shared_ptr<const WallReading> found;
  for (int i = 0; i < 60000 && !found; ++i) {
    found = reader.want(*wall);
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(found->as_asked, reading.as_asked);
  state = session.state();
  state.lanes[0].class_index = -1;
  session.apply(state);
  EXPECT_FALSE(asked_wall(session, 0));
}

}  // namespace
// Copied into three channels, grey noise is nothing that the network learned to see: it took off hardly any of it.
TEST(SessionWithNetwork, DenoisesGreyPictures) {
  const Session session([] {});
  const ModelInfo& photo = *std::ranges::find(session.library().models, "photo", &ModelInfo::name);
  const ByteImage picture =
      read_picture(std::ranges::find(session.library().pictures, "Budgerigar", &BundledPicture::title)->path);
  const Image x_0 = with_channels(fit_to_model(picture, photo, 192).x_0, 1);
  const auto network = Network::load(photo.path);
  const auto denoiser = make_network_denoiser(network, -1, 1);
  for (const auto& [sigma, least] : {std::pair{15.0, 32.0}, {25.0, 29.4}, {50.0, 26.2}}) {
    const double s = sigma / 127.5, alpha_bar = 1 / (1 + s * s), log_snr = -2 * std::log(s);
    const Image noise = gaussian_image({1, streams::forward}, x_0.shape);
    State x_t = to_state(x_0);
    x_t.values = std::sqrt(alpha_bar) * (x_t.values + s * to_state(noise).values);
    const auto psnr = [&](const Image& answer) { return 10 * std::log10(4 / mean_squared_error(answer, x_0)); };
    const double grey = psnr(to_image(State{x_t.shape, denoiser->predict(x_t, log_snr).x_0}));
    const State copied = to_state(with_channels(to_image(x_t), 3));
    const double naive = psnr(with_channels(to_image(State{copied.shape, denoiser->predict(copied, log_snr).x_0}), 1));
    EXPECT_GT(grey, least) << "sigma " << sigma;
    EXPECT_GT(grey, naive + 3.5) << "sigma " << sigma;
  }
}

}  // namespace noiseglass::app
