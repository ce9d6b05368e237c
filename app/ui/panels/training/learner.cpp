#include "ui/panels/training/learner.h"

#include "noiseglass/sampler.h"
#include "noiseglass/threads.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace noiseglass::app {
namespace {

constexpr int sample_points = 400, sample_steps = 25;
constexpr int most_kept = 6, fewest_steps_kept = 50;
constexpr int most_unseen = 20;
constexpr double publish_every = 0.1, samples_every = 0.4;  // seconds

double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

}  // namespace

bool LearningChoice::same_task(const LearningChoice& other) const {
  return dataset == other.dataset && schedule == other.schedule && schedule_values == other.schedule_values &&
         steps == other.steps && seed == other.seed;
}

/// What all runs at the same data and noise share.
struct Learner::Task {
  explicit Task(const LearningChoice& choice)
      : data(make_learning_data(choice.dataset)),
        schedule(std::make_shared<Schedule>(make_schedule(choice.schedule, choice.steps, choice.schedule_values))),
        evaluation(*data, *schedule),
        exact(evaluation.of(*data)) {}

  std::shared_ptr<const PointModel> data;
  std::shared_ptr<const Schedule> schedule;
  EvaluationSet evaluation;
  DenoisingErrors exact;
};

struct Learner::Run {
  Run(std::shared_ptr<const Task> of, const LearningChoice& choice)
      : task(std::move(of)), trainer(task->data, *task->schedule, options(choice)) {
    record.choice = choice;
    measure();
    draw_samples();
  }

  static LearningOptions options(const LearningChoice& choice) {
    LearningOptions options;
    options.target = choice.target;
    options.learning_rate = choice.learning_rate;
    options.seed = choice.seed;
    return options;
  }

  void measure() {
    record.steps = trainer.steps();
    record.denoiser = trainer.denoiser();
    record.errors = task->evaluation.of(*record.denoiser);
    record.curve.push_back({record.steps, record.errors.epsilon, record.errors.x_0});
    next_measure = std::max(record.steps + 1, int(record.steps * 1.06));
  }

  void draw_samples() {
    const int T = task->schedule->steps();
    SamplerProblem problem{*task->schedule, make_timesteps("trailing", *task->schedule, std::min(sample_steps, T)),
                           record.denoiser,
                           to_state(gaussian_points({record.choice.seed, streams::forward}, sample_points))};
    const auto sampler = make_sampler("ddim", std::move(problem));
    while (!sampler->done()) record.samples = to_points(sampler->step().x_t);
    samples_at = now();
  }

  /// Steps until it is time to show something.
  void train(std::stop_token stop) {
    const double start = now(), worked_before = seconds_worked();
    double end = start;
    while (end - start < publish_every && !stop.stop_requested()) {
      trainer.step();
      if (trainer.steps() >= next_measure) measure();
      end = now();
    }
    record.seconds += seconds_worked() - worked_before;
    record.steps = trainer.steps();
    record.denoiser = trainer.denoiser();
    if (end - samples_at > samples_every) draw_samples();
  }

  std::shared_ptr<const Task> task;
  Trainer trainer;
  LearningRun record;
  int next_measure = 1;
  double samples_at = 0;
};

/// The run that is trained, and those that were put aside.
struct Learner::Bench {
  std::shared_ptr<Run> run;
  std::vector<std::shared_ptr<Run>> aside;  // the oldest first; all at the task of `run`

  int restarts = 0, forgets = 0;  // of those wanted, how many are done
  std::uint64_t last_snapshot = 0;

  void follow(const Wanted& wanted) {
    if (forgets != wanted.forgets) aside.clear(), forgets = wanted.forgets;
    const bool anew = restarts != wanted.restarts;
    if (!run || anew || wanted.choice != run->record.choice) take(wanted.choice, anew);
    restarts = wanted.restarts;
  }

  /// Puts the run aside for the one that is wanted: taken up again if it is there, unless it is to start anew. All is
  /// as it was when the one that is wanted cannot be made.
  void take(const LearningChoice& choice, bool anew) {
    const bool same_task = run && choice.same_task(run->record.choice);
    const auto task = same_task ? run->task : std::make_shared<const Task>(choice);
    const auto is_wanted = [&](const auto& other) { return other->record.choice == choice; };
    const auto found = std::ranges::find_if(aside, is_wanted);
    const bool again = same_task && found != aside.end() && !anew;
    const auto next = again ? *found : std::make_shared<Run>(task, choice);
    if (run && choice != run->record.choice && run->record.steps >= fewest_steps_kept) aside.push_back(run);
    if (!same_task) aside.clear();
    std::erase_if(aside, is_wanted);
    if (aside.size() > most_kept) aside.erase(aside.begin());
    run = next;
  }

  LearningSnapshot snapshot() {
    LearningSnapshot snapshot;
    snapshot.id = ++last_snapshot;
    snapshot.now = run->record;
    for (const auto& other : aside) snapshot.kept.push_back(std::make_shared<const LearningRun>(other->record));
    snapshot.data = run->task->data;
    snapshot.schedule = run->task->schedule;
    snapshot.exact = run->task->exact;
    return snapshot;
  }
};

Learner::Learner(std::function<void()> wake)
    : wake_(std::move(wake)), unseen_(std::make_shared<std::atomic<int>>(0)), bench_(std::make_shared<Bench>()) {}
Learner::~Learner() = default;

void Learner::want(const LearningChoice& choice, bool playing) {
  if (asked_ && choice == wanted_.choice && playing == wanted_.playing) return;
  wanted_.choice = choice, wanted_.playing = playing;
  asked_ = true;
  go_on();
}

void Learner::restart() {
  ++wanted_.restarts;
  if (asked_) go_on();
}

void Learner::forget_kept() {
  ++wanted_.forgets;
  if (asked_) go_on();
}

Published<LearningSnapshot>::Outcome Learner::latest() {
  const auto latest = published_.get();
  *unseen_ = 0;
  if (wanted_.playing && latest.problem.empty() && !worker_.busy()) go_on();
  return latest;
}

void Learner::go_on() {
  auto work = [bench = bench_, unseen = unseen_, wanted = wanted_](std::stop_token stop, const auto& show) {
    bench->follow(wanted);
    do {
      ++*unseen;
      show(bench->snapshot());
      if (wanted.playing) bench->run->train(stop);
    } while (wanted.playing && *unseen < most_unseen);
  };
  worker_.want({published_.steps(++last_id_, wake_, std::move(work))});
}

}  // namespace noiseglass::app
