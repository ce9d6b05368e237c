// Numbers as people read them.
#include "session/text.h"

#include "session/lane_words.h"
#include "session/measures.h"
#include "session_fixture.h"

#include <gmock/gmock.h>

#include <cmath>

namespace noiseglass::app {
namespace {

TEST(Text, WritesNumbersAsTheyAreWrittenByHand) {
  EXPECT_EQ(number(0.25), "0.25");
  EXPECT_EQ(number(-2.5), "−2.5");
  EXPECT_EQ(number(4.9e-5, 2), "4.9·10⁻⁵");
  EXPECT_EQ(number(1e-5), "10⁻⁵");
  EXPECT_EQ(number(-1e-12), "−1·10⁻¹²");
  EXPECT_EQ(number(INFINITY), "∞");
  EXPECT_EQ(fixed(-0.00001, 3), "0.000");
}

TEST(Text, AShareThatIsNotZeroIsNotWrittenAsZero) {
  EXPECT_EQ(share(1), "1.0000");
  EXPECT_EQ(share(0.0786), "0.0786");
  EXPECT_EQ(share(4.04e-5), "4·10⁻⁵");
  EXPECT_EQ(share(0.00041), "0.00041");
  EXPECT_EQ(share(0), "0.0000");
}

TEST(Text, OfALanesSwitchesIsSaidInWords) {
  LaneState lane;
  lane.schedule = "linear", lane.schedule_values["scale_to_steps"] = 0;
  lane.sampler = "ddpm", lane.sampler_values["variance_large"] = 1;
  const std::vector<std::string> words = lane_words(lane, nullptr);
  EXPECT_EQ(words[0], "Linear, not scaled to T");
  EXPECT_THAT(words[2], ::testing::EndsWith(", large variance"));
  lane.schedule_values = {{"beta_end", 0.04}};
  EXPECT_EQ(lane_words(lane, nullptr)[0], "Linear, last β 0.04");
}

TEST_F(SessionTest, OnlyPureNoiseIsCalledSo) {
  edit([](AppState& s) { s.steps = 50, s.lane_count = 1, s.lanes[0].schedule = "linear"; });
  EXPECT_EQ(noisy_end(session), "pure noise (t = 50)");
  edit([](AppState& s) { s.lanes[0].schedule_values["scale_to_steps"] = 0; });
  EXPECT_EQ(noisy_end(session), "last step (t = 50)") << "ᾱ is 0.60 there";
}

}  // namespace
}  // namespace noiseglass::app
