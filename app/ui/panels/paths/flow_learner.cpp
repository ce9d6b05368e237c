#include "ui/panels/paths/flow_learner.h"

#include "noiseglass/threads.h"

#include <algorithm>
#include <utility>

namespace noiseglass::app {
namespace {

constexpr int first_steps = 1200, later_steps = 1000;  // of training
constexpr int most_unseen = 20;
constexpr double publish_every = 0.25;  // seconds of work, so that a busy machine does not only measure

}  // namespace

struct FlowLearner::Bench {
  FlowChoice choice;
  std::shared_ptr<const PointModel> data;
  std::unique_ptr<FlowTrainer> trainer;  // of the last of the rounds
  std::vector<FlowRound> rounds;
  Points noise;

  void follow(const FlowChoice& wanted) {
    if (!trainer || wanted.dataset != choice.dataset || wanted.seed != choice.seed) {
      const auto points = make_learning_data(wanted.dataset);
      FittingOptions options;
      options.seed = wanted.seed;
      trainer = std::make_unique<FlowTrainer>(points, options);
      data = points;
      noise = gaussian_points({wanted.seed, streams::forward}, noises);
      Points paired(2, noises);  // by chance: the points lie along their shape, so not in their order
      for (int i = 0; i < noises; ++i)
        paired.col(i) = data->points().col(Eigen::Index(std::uint64_t(i + 1) * 2654435761u % data->points().cols()));
      rounds.clear();
      rounds.emplace_back().of = first_steps;
      rounds.back().paired = std::move(paired);
      measure(rounds.back(), wanted.count);
    }
    if (wanted.count != choice.count)
      for (FlowRound& round : rounds) step(round, wanted.count);
    choice = wanted;
  }

  void step(FlowRound& round, int count) {
    if (round.flow) {
      round.euler = euler_steps(learned_velocity(round.flow), noise, count);
      round.steps_off = mean_distance(round.euler.back(), round.path.back());
    }
  }

  void measure(FlowRound& round, int count) {
    round.flow = trainer->flow();
    round.steps = trainer->steps();
    round.path = flow_path(learned_velocity(round.flow), noise, places);
    round.bending = bending(round.path);
    step(round, count);
  }

  bool done() const { return int(rounds.size()) > choice.reflows && rounds[std::size_t(choice.reflows)].trained(); }

  /// Steps until it is time to show something, or this round is done.
  void train(std::stop_token stop) {
    if (rounds.back().trained()) {
      trainer->reflow(4096, stop);
      Points paired = rounds.back().path.back();
      rounds.emplace_back().of = later_steps;
      rounds.back().paired = std::move(paired);
    }
    const double start = seconds_worked();
    while (seconds_worked() - start < publish_every && trainer->steps() < rounds.back().of) {
      if (stop.stop_requested()) break;
      trainer->step();
    }
    measure(rounds.back(), choice.count);
  }

  FlowSnapshot snapshot() const {
    FlowSnapshot snapshot{choice, {}, data};
    for (std::size_t i = 0; i < std::min(rounds.size(), std::size_t(choice.reflows) + 1); ++i)
      snapshot.rounds.push_back(std::make_shared<const FlowRound>(rounds[i]));
    return snapshot;
  }
};

FlowLearner::FlowLearner(std::function<void()> wake)
    : wake_(std::move(wake)), unseen_(std::make_shared<std::atomic<int>>(0)), bench_(std::make_shared<Bench>()) {}
FlowLearner::~FlowLearner() = default;

void FlowLearner::want(const FlowChoice& choice) {
  if (asked_ && choice == wanted_) return;
  wanted_ = choice;
  asked_ = true;
  go_on();
}

Published<FlowSnapshot>::Outcome FlowLearner::latest() {
  const auto latest = published_.get();
  *unseen_ = 0;
  const bool over = latest.value && latest.value->choice == wanted_ && latest.value->done();
  if (asked_ && !over && latest.problem.empty() && !worker_.busy()) go_on();
  return latest;
}

void FlowLearner::go_on() {
  auto work = [bench = bench_, unseen = unseen_, wanted = wanted_](std::stop_token stop, const auto& show) {
    bench->follow(wanted);
    show(bench->snapshot());
    while (!bench->done() && *unseen < most_unseen) {
      bench->train(stop);
      ++*unseen;
      show(bench->snapshot());
    }
  };
  worker_.want({published_.steps(++last_id_, wake_, std::move(work))});
}

}  // namespace noiseglass::app
