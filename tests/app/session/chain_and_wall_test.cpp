// What lanes can show beside one picture under one ε: the chain of steps, the ratio of powers, a wall of samples.
#include "session_fixture.h"

#include "noiseglass/corruption.h"

#include <cmath>
#include <tuple>

namespace noiseglass::app {
namespace {

/// The oracle knows the noise that it is shown: at each t another one of the chain, and with one ε always the same.
TEST_F(SessionTest, TheChainIsWhatIsGuessedAtAndDenoised) {
  edit([](AppState& s) { s.position = 999, s.epsilon = Epsilon::chain; });
  wait();
  const LaneView& cosine = session.lane(1);
  const auto shown = [&] { return cosine.preview->epsilon; };
  const Image before = shown();
  EXPECT_LT(mean_squared_error(before, noise_image(chain_epsilon(*cosine.schedule, 999, 7), cosine.x_0->shape)), 1e-5);
  edit([](AppState& s) { s.position = 1000; });
  wait();
  EXPECT_NEAR(mean_squared_error(before, shown()), 2, 0.3) << "β = 0.999: as good as independent";
  edit([](AppState& s) { s.position = 400; });
  act("play_reverse");
  wait();
  ASSERT_FALSE(session.lane(0).run->frames.empty());
  const RunFrame& start = *session.lane(0).run->frames.front();
  const Image noise = noise_image(chain_epsilon(*session.lane(0).schedule, 400, 7), cosine.x_0->shape);
  EXPECT_LT(mean_squared_error(to_image(start.epsilon), noise), 1e-4);
  edit([](AppState& s) { s.panel = "noise"; });
  EXPECT_EQ(session.state().shown_epsilon(), Epsilon::one) << "other panels say that they have one";
}

/// The slider left where the run began: what is shown is corruption again, of which there is no wall.
TEST_F(SessionTest, AWallEndsWithItsRun) {
  edit([](AppState& s) {
    s.origin = Origin::noise, s.view = View::reverse, s.run_from = 500, s.wall = true, s.position = 900;
  });
  EXPECT_EQ(session.state().view, View::forward);
  AppState in_range = session.state();
  bring_into_range(in_range);
  EXPECT_EQ(in_range, session.state());
}

/// Each of a wall's pictures is the run of a seed of its own.
TEST_F(SessionTest, AWallIsManyRunsSideBySide) {
  edit([](AppState& s) {
    s.lane_count = 1, s.origin = Origin::noise, s.view = View::reverse, s.run_from = 1000, s.wall = true;
    s.lanes[0].denoiser = "exact", s.lanes[0].sample_steps = 2;
  });
  const auto run_to_end = [&] {
    for (int i = 0; i < 60000 && !session.run_done(); ++i) {
      session.tick(0);
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    EXPECT_EQ(session.lane(0).run_problem, "");
    return to_image(session.lane(0).run->frames.back()->x_0);
  };
  const Image wall = run_to_end();
  const Shape one = session.lane(0).x_0->shape;
  ASSERT_EQ(wall.shape.width, 8 * one.width);
  ASSERT_EQ(wall.shape.height, 8 * one.height);
  EXPECT_EQ(session.shown_shape(0), wall.shape);
  for (const int index : {0, 1, 9, 63}) {
    edit([&](AppState& s) { s.wall = false, s.seed = 7 + std::uint64_t(index); });
    const Image alone = run_to_end();
    ASSERT_EQ(alone.shape, one);
    for (int y = 0; y < one.height; ++y)
      for (int x = 0; x < one.width; ++x)
        ASSERT_EQ(alone.at(y, x, 0), wall.at(index / 8 * one.height + y, index % 8 * one.width + x, 0)) << index;
  }
}

/// 0.11 for the kitten, 0.30 for the Colosseum: at 0 dB of the weights their own ratios are −9.5 and −5.2 dB.
TEST_F(SessionTest, APicturesOwnSnrIsThatOfItsPower) {
  for (const auto& [name, variance, own] :
       {std::tuple{"kitten-on-lawn", 0.11, -9.5}, {"roman-colosseum", 0.30, -5.2}}) {
    for (const BundledPicture& picture : session.library().pictures)
      if (picture.path.stem() == name) edit([&](AppState& s) { s.picture = picture.path, s.position = 260; });
    wait();
    const LaneView& lane = session.lane(0);
    EXPECT_NEAR(lane.variance, variance, 0.005) << name;
    EXPECT_NEAR(own_snr_db(lane), lane.schedule->snr_db(260) + 10 * std::log10(lane.variance), 1e-9);
    EXPECT_NEAR(own_snr_db(lane), own, 0.3) << name;
  }
}

}  // namespace
}  // namespace noiseglass::app
