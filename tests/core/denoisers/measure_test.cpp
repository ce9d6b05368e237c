#include "noiseglass/measure.h"

#include "core/states.h"
#include "noiseglass/corruption.h"

#include <gtest/gtest.h>

#include <cmath>

namespace noiseglass {
namespace {

Image picture(Shape shape) {
  Image image(shape);
  for (std::size_t i = 0; i < image.data.size(); ++i) image.data[i] = std::sin(0.37f * float(i));
  return image;
}

/// Answers with one and the same picture, whatever it is shown.
class Stubborn final : public Denoiser {
 public:
  explicit Stubborn(Eigen::ArrayXd x_0) : x_0_(std::move(x_0)) {}
  Prediction predict(const State& x_t, double log_snr, std::stop_token) const override {
    return Prediction::from_x_0(x_t.values, log_snr, x_0_);
  }

 private:
  Eigen::ArrayXd x_0_;
};

TEST(DenoisingError, OfTheOracleIsZeroAtEveryT) {
  const Image x_0 = picture({6, 5, 3});
  const auto oracle = make_oracle_denoiser(to_state(x_0));
  for (const ScheduleRecord& record : schedule_records()) {
    const Schedule schedule = make_schedule(record.id, 200);
    for (int t = 0; t <= 200; t += 20) {
      const DenoisingError error = denoising_error(*oracle, x_0, schedule, t, 3);
      EXPECT_EQ(error.x_0, 0);
      EXPECT_LT(error.epsilon, 1e-24) << record.id << " t = " << t;
    }
  }
}

// For x₀ ~ N(μ, s²) the ideal guess leaves the posterior variance: s²·(1−ᾱ)/(ᾱ·s² + 1 − ᾱ) in x₀.
TEST(DenoisingError, OfTheIdealDenoiserIsThePosteriorVarianceForGaussianData) {
  const int n = 400'000;
  const double mean = 0.3, std = 0.6;
  const State x_0{{1, 1, n}, mean + std * normals(1, n)};
  const Eigen::ArrayXd epsilon = normals(2, n);
  const auto ideal = make_mixture_denoiser({{{1.0, Eigen::ArrayXd::Constant(n, mean), std}}});
  for (const double log_snr : {-6.0, -1.0, 0.0, 2.0, 6.0}) {
    const double alpha_bar = 1 / (1 + std::exp(-log_snr)), total = alpha_bar * std * std + 1 - alpha_bar;
    const DenoisingError error = denoising_error(*ideal, x_0, epsilon, log_snr);
    const double tolerance = 6 * std::sqrt(2.0 / n);  // relative: squares of n normals
    EXPECT_NEAR(error.x_0 / (std * std * (1 - alpha_bar) / total), 1, tolerance) << log_snr;
    EXPECT_NEAR(error.epsilon / (alpha_bar * std * std / total), 1, tolerance) << log_snr;
  }
}

TEST(DenoisingError, OfAKnownAnswerIsComputedByHand) {
  const State x_0 = point({0.5, -0.25, 1});
  const Stubborn guess(point({0.25, 0.25, 1}).values);
  // λ = 0: ᾱ = 1/2, so both errors agree: (0.0625 + 0.25 + 0)/3
  const DenoisingError error = denoising_error(guess, x_0, point({1, -2, 0.5}).values, 0);
  EXPECT_NEAR(error.x_0, 0.3125 / 3, 1e-15);
  EXPECT_NEAR(error.epsilon, 0.3125 / 3, 1e-15);
}

// One error seen in two ways: the ratio is the signal-to-noise ratio.
TEST(DenoisingError, InNoiseAndInPictureDifferByTheSnr) {
  const Image x_0 = picture({4, 4, 1});
  const Stubborn guess(Eigen::ArrayXd::Constant(16, 0.1));
  const Schedule schedule = make_schedule("linear", 1000);
  for (int t : {1, 100, 500, 1000}) {
    const DenoisingError error = denoising_error(guess, x_0, schedule, t, 9);
    EXPECT_NEAR(error.epsilon / error.x_0 / std::exp(schedule.log_snr(t)), 1, 1e-9) << t;
  }
}

// What is measured is what the window shows: the same x_t, from the same seed.
TEST(DenoisingError, UsesTheNoiseThatIsShown) {
  class Recorder final : public Denoiser {
   public:
    mutable State seen;
    Prediction predict(const State& x_t, double log_snr, std::stop_token) const override {
      seen = x_t;
      return Prediction::from_x_0(x_t.values, log_snr, x_t.values);
    }
  } recorder;
  const Image x_0 = picture({5, 4, 3});
  const Schedule schedule = make_schedule("cosine", 100);
  denoising_error(recorder, x_0, schedule, 40, 11);
  const State shown = to_state(corrupt(x_0, schedule, 40, 11));
  EXPECT_LT((recorder.seen.values - shown.values).abs().maxCoeff(), 1e-6);
}

TEST(DenoisingError, RefusesWhatDoesNotFitAndStopsWhenAsked) {
  const Prediction answer{Eigen::ArrayXd::Zero(3), Eigen::ArrayXd::Zero(3)};
  EXPECT_THROW(denoising_error(answer, Eigen::ArrayXd::Zero(4), Eigen::ArrayXd::Zero(4)), UsageError);
  const auto oracle = make_oracle_denoiser(point({1, 2}));
  EXPECT_THROW(denoising_error(*oracle, point({1, 2}), Eigen::ArrayXd::Zero(3), 0), UsageError);
  EXPECT_THROW(denoising_error(*oracle, picture({1, 1, 2}), make_schedule("linear", 10), 11, 1), UsageError);
  std::stop_source stop;
  stop.request_stop();
  EXPECT_THROW(denoising_error(*oracle, point({1, 2}), Eigen::ArrayXd::Zero(2), 0, stop.get_token()), Cancelled);
}

}  // namespace
}  // namespace noiseglass
