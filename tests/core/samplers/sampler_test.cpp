#include "noiseglass/sampler.h"

#include "core/samplers/sampler_support.h"

#include <gmock/gmock.h>

namespace noiseglass {
namespace {

constexpr Shape shape{4, 4, 1};

/// Every sampler at every corner of its parameters, with a label for failures.
void for_every_sampler(const std::function<void(const SamplerRecord&, const Values&)>& check) {
  for (const SamplerRecord& record : sampler_records()) {
    for (const Values& values : parameter_corners(record)) {
      std::string label = record.id;
      for (const auto& [id, value] : values) label += ", " + id + " = " + std::to_string(double(value));
      SCOPED_TRACE(label);
      check(record, values);
    }
  }
}

SamplerProblem gaussian_problem(const Schedule& schedule, std::vector<int> timesteps) {
  const GaussianData data;
  const State start = data.draw(schedule, timesteps.front(), shape, 1);
  return {schedule, std::move(timesteps), data.denoiser(Eigen::Index(shape.size())), start, 7};
}

SamplerProblem gaussian_problem(const Schedule& schedule, int N) {
  return gaussian_problem(schedule, make_timesteps("trailing", schedule, N));
}

/// N + 1 moments at the asked times, the last at t = 0 with x̂₀ = x; x_t = √ᾱ·x̂₀ + √(1−ᾱ)·ε̂ at each; all finite.
void check_stream(const std::vector<SamplerStep>& moments, const Schedule& schedule,
                  const std::vector<int>& timesteps) {
  ASSERT_EQ(moments.size(), timesteps.size() + 1);
  for (std::size_t i = 0; i < moments.size(); ++i) {
    const SamplerStep& moment = moments[i];
    const int t = i < timesteps.size() ? timesteps[i] : 0;
    ASSERT_EQ(moment.index, int(i));
    ASSERT_EQ(moment.t, t);
    ASSERT_EQ(moment.alpha_bar, schedule.alpha_bar(t));
    ASSERT_EQ(moment.x_t.shape, shape);
    ASSERT_TRUE(moment.x_t.values.isFinite().all() && moment.x_0.isFinite().all() && moment.epsilon.isFinite().all());
    const Eigen::ArrayXd sum = std::sqrt(moment.alpha_bar) * moment.x_0 + schedule.sigma(t) * moment.epsilon;
    ASSERT_LT((sum - moment.x_t.values).abs().maxCoeff(), 1e-12);
  }
  EXPECT_EQ((moments.back().x_0 - moments.back().x_t.values).abs().maxCoeff(), 0);
  EXPECT_EQ(moments.back().epsilon.abs().maxCoeff(), 0);
}

/// Every sampler × schedule × spacing, with N = T, N = 1 and T = 1 among the sizes.
TEST(EverySampler, StreamsFiniteMomentsUnderEveryScheduleAndSpacing) {
  for_every_sampler([](const SamplerRecord& record, const Values& values) {
    for (const ScheduleRecord& schedule_record : schedule_records()) {
      for (const SpacingRecord& spacing : spacing_records()) {
        for (const auto& [T, N] : {std::pair{1, 1}, {2, 2}, {50, 50}, {1000, 1}, {1000, 2}, {1000, 7}, {10'000, 20}}) {
          SCOPED_TRACE(schedule_record.id + " " + spacing.id + " T = " + std::to_string(T) +
                       " N = " + std::to_string(N));
          const Schedule schedule = make_schedule(schedule_record.id, T);
          const std::vector<int> timesteps = make_timesteps(spacing.id, schedule, N);
          check_stream(run(record.id, gaussian_problem(schedule, timesteps), values), schedule, timesteps);
        }
      }
    }
  });
}

TEST(EverySampler, WithTheOracleRecoversThePicture) {
  const State x_0{shape, 0.5 * normals(11, 16)};
  for_every_sampler([&](const SamplerRecord& record, const Values& values) {
    for (const ScheduleRecord& schedule_record : schedule_records()) {
      const Schedule schedule = make_schedule(schedule_record.id, 100);
      for (const int N : {1, 9, 100}) {
        SamplerProblem problem{schedule, make_timesteps("trailing", schedule, N), make_oracle_denoiser(x_0),
                               State{shape, normals(12, 16)}};
        const Eigen::ArrayXd result = run(record.id, problem, values).back().x_0;
        EXPECT_LT((result - x_0.values).abs().maxCoeff(), 1e-12) << schedule_record.id << ' ' << N;
      }
    }
  });
}

TEST(EverySampler, TheSameSeedGivesTheSameRunAndOnlyStochasticOnesHeedIt) {
  for_every_sampler([](const SamplerRecord& record, const Values& values) {
    SamplerProblem problem = gaussian_problem(make_schedule("linear", 50), 10);
    const Eigen::ArrayXd first = run(record.id, problem, values).back().x_0;
    EXPECT_EQ((run(record.id, problem, values).back().x_0 - first).abs().maxCoeff(), 0);
    problem.seed += 1;
    EXPECT_EQ((run(record.id, problem, values).back().x_0 - first).abs().maxCoeff() > 1e-3, adds_noise(record, values));
  });
}

TEST(EverySampler, ClippingKeepsTheGuessWithinRangeAndLeavesTheNoiseAlone) {
  const State far{shape, Eigen::ArrayXd::Constant(16, 1.7)};
  for_every_sampler([&](const SamplerRecord& record, const Values& values) {
    const Schedule schedule = make_schedule("linear", 50);
    SamplerProblem problem{schedule, make_timesteps("trailing", schedule, 5), make_oracle_denoiser(far),
                           State{shape, normals(12, 16)}};
    problem.clip = true;
    const std::vector<SamplerStep> moments = run(record.id, problem, values);
    for (std::size_t i = 0; i + 1 < moments.size(); ++i) {
      EXPECT_EQ(moments[i].x_0.minCoeff(), 1);
      EXPECT_EQ(moments[i].x_0.maxCoeff(), 1);
      const Eigen::ArrayXd epsilon =
          (moments[i].x_t.values - std::sqrt(moments[i].alpha_bar) * 1.7) / schedule.sigma(moments[i].t);
      EXPECT_LT((moments[i].epsilon - epsilon).abs().maxCoeff(), 1e-10);
    }
    EXPECT_LT((moments.back().x_0 - 1).abs().maxCoeff(), 1e-12);
  });
}

/// Asks its stop_source to stop at the n-th call, as a user would while a step is computed.
class InterruptedDenoiser final : public Denoiser {
 public:
  InterruptedDenoiser(std::shared_ptr<const Denoiser> inner, int at) : inner_(std::move(inner)), countdown_(at) {}
  Prediction predict(const State& x_t, double log_snr, std::stop_token stop) const override {
    if (--countdown_ == 0) source.request_stop();
    if (stop.stop_requested()) throw Cancelled();
    return inner_->predict(x_t, log_snr, stop);
  }
  std::stop_source source;

 private:
  std::shared_ptr<const Denoiser> inner_;
  mutable int countdown_;
};

/// Cancelled at any call of the denoiser (the second one within a Heun step too), the run goes on as if nothing had
/// been.
TEST(EverySampler, CanBeCancelledAtAnyCallAndAskedAgain) {
  for_every_sampler([](const SamplerRecord& record, const Values& values) {
    const SamplerProblem problem = gaussian_problem(make_schedule("cosine", 50), 6);
    const Eigen::ArrayXd undisturbed = run(record.id, problem, values).back().x_0;
    for (int at = 1; at <= 6; ++at) {
      const auto interrupted = std::make_shared<InterruptedDenoiser>(problem.denoiser, at);
      SamplerProblem again = problem;
      again.denoiser = interrupted;
      const auto sampler = make_sampler(record.id, again, values);
      int cancelled = 0;
      Eigen::ArrayXd result;
      for (int moments = 0; moments < 7;) {
        try {
          result = sampler->step(cancelled ? std::stop_token() : interrupted->source.get_token()).x_0;
          ++moments;
        } catch (const Cancelled&) {
          ++cancelled;
        }
      }
      EXPECT_EQ(cancelled, 1);
      EXPECT_EQ((result - undisturbed).abs().maxCoeff(), 0);
    }
  });
}

TEST(EverySampler, CallsTheDenoiserAsOftenAsItsRecordSays) {
  class Counter final : public Denoiser {
   public:
    explicit Counter(std::shared_ptr<const Denoiser> inner) : inner_(std::move(inner)) {}
    Prediction predict(const State& x_t, double log_snr, std::stop_token stop) const override {
      ++calls;
      return inner_->predict(x_t, log_snr, stop);
    }
    mutable int calls = 0;

   private:
    std::shared_ptr<const Denoiser> inner_;
  };
  for_every_sampler([](const SamplerRecord& record, const Values& values) {
    SamplerProblem problem = gaussian_problem(make_schedule("linear", 1000), 20);
    const auto counter = std::make_shared<Counter>(problem.denoiser);
    problem.denoiser = counter;
    run(record.id, problem, values);
    EXPECT_EQ(counter->calls, 20 * record.evaluations - (record.evaluations - 1));  // one look in the step to t = 0
  });
}

TEST(Sampler, RefusesProblemsThatMakeNoSense) {
  const Schedule schedule = make_schedule("linear", 10);
  const SamplerProblem good = gaussian_problem(schedule, {10, 5, 1});
  const auto refuses = [&](auto&& spoil) {
    SamplerProblem problem = good;
    spoil(problem);
    EXPECT_THROW(make_sampler("ddim", problem), UsageError);
  };
  refuses([](SamplerProblem& p) { p.timesteps.clear(); });
  refuses([](SamplerProblem& p) { p.timesteps = {11, 5}; });
  refuses([](SamplerProblem& p) { p.timesteps = {5, 5}; });
  refuses([](SamplerProblem& p) { p.timesteps = {5, 0}; });
  refuses([](SamplerProblem& p) { p.denoiser = nullptr; });
  refuses([](SamplerProblem& p) { p.x_start = {}; });
  EXPECT_THROW(make_sampler("dimm", good), UsageError);
  EXPECT_THROW(make_sampler("ddim", good, {{"eta", 2}}), UsageError);
  const auto sampler = make_sampler("ddim", good);
  run_to_end(*sampler);
  EXPECT_THROW(sampler->step(), UsageError);
}

}  // namespace
}  // namespace noiseglass
