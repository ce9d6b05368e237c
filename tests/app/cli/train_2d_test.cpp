#include "program.h"

namespace noiseglass {
namespace {

using testing::parse_csv;
using Train2d = testing::CommandLine;

TEST_F(Train2d, TheErrorFallsTowardsTheExactOne) {
  const auto rows = parse_csv(output_of({"train-2d", "--updates", "150"}));
  ASSERT_GE(rows.size(), 3u);
  EXPECT_EQ(rows[0], (std::vector<std::string>{"seconds", "updates", "epsilon_mse", "exact_epsilon_mse", "ratio",
                                               "x_0_mse", "exact_x_0_mse"}));
  EXPECT_EQ(rows[1][1], "0");
  EXPECT_EQ(rows.back()[1], "150");
  const auto ratio = [&](std::size_t row) { return std::stod(rows[row][4]); };
  EXPECT_GT(ratio(1), 2);
  EXPECT_LT(ratio(rows.size() - 1), 1.5);
  EXPECT_NEAR(std::stod(rows.back()[2]) / std::stod(rows.back()[3]), ratio(rows.size() - 1), 1e-12);
}

TEST_F(Train2d, UnknownNamesAreRefusedWithTheNearestOne) {
  EXPECT_THAT(run({"train-2d", "--target", "epsilom"}).err, testing::IsOneSentenceWith("epsilon"));
  EXPECT_THAT(run({"train-2d", "--data", "two_moon"}).err, testing::IsOneSentenceWith("two_moons"));
}

}  // namespace
}  // namespace noiseglass
