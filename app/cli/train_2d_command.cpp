#include "cli/commands.h"
#include "cli/options.h"
#include "session/csv.h"

#include "noiseglass/learning.h"

#include <ctime>

namespace noiseglass::cli {
namespace {

constexpr std::pair<const char*, Target> target_names[] = {
    {"epsilon", Target::epsilon}, {"x_0", Target::x_0}, {"v", Target::v}};

Target find_target(const std::string& name) {
  std::vector<std::string> known;
  for (const auto& [id, target] : target_names) {
    if (name == id) return target;
    known.push_back(id);
  }
  throw_unknown("target", name, known);
}

struct TrainOptions {
  std::string data = "two_moons", target = "epsilon", csv = "-";
  ScheduleOptions schedule{.name = "linear"};
  SetOptions set;
  double seconds = 20;
  int updates = 0;
  LearningOptions learning;
};

/// This process's, so that a busy machine does not count.
double processor_seconds() { return double(std::clock()) / CLOCKS_PER_SEC; }

std::string train(const TrainOptions& options) {
  const auto data = make_learning_data(options.data);
  const Schedule schedule =
      make_schedule(options.schedule.name, options.schedule.steps, options.set.values_for(options.schedule.record()));
  const EvaluationSet evaluation(*data, schedule);
  const DenoisingErrors exact = evaluation.of(*data);
  LearningOptions learning = options.learning;
  learning.target = find_target(options.target);
  Trainer trainer(data, schedule, learning);
  Csv table("seconds,updates,epsilon_mse,exact_epsilon_mse,ratio,x_0_mse,exact_x_0_mse");
  const double start = processor_seconds();
  double seconds = 0, next = 0;
  const auto enough = [&] {
    return options.updates > 0 ? trainer.steps() >= options.updates : seconds >= options.seconds;
  };
  while (true) {
    seconds = processor_seconds() - start;
    if (const bool last = enough(); last || seconds >= next) {
      const DenoisingErrors errors = evaluation.of(*trainer.denoiser());
      table.add_row({seconds, double(trainer.steps()), errors.epsilon, exact.epsilon, errors.epsilon / exact.epsilon,
                     errors.x_0, exact.x_0});
      if (last) return table.text();
      next += 0.5;
    }
    trainer.step();
  }
}

}  // namespace

void add_train_2d(CLI::App& program) {
  auto options = std::make_shared<TrainOptions>();
  CLI::App* command =
      program.add_subcommand("train-2d", "Train a small network on points in the plane, and measure it");
  command->add_option("--data", options->data, "One of " + names_of(dataset_records()))->capture_default_str();
  command->add_option("--target", options->target, "What it predicts: epsilon, x_0 or v")->capture_default_str();
  options->schedule.add(*command);
  options->set.add(*command, "the schedule");
  CLI::Option* seconds =
      command->add_option("--seconds", options->seconds, "How long to train, in seconds on one processor core");
  seconds->check(number_from("--seconds", 0.01, 86400))->capture_default_str();
  command->add_option("--updates", options->updates, "Train for this many steps of Adam instead")
      ->check(whole_number_from("--updates", 1, 100'000'000))
      ->excludes(seconds);
  command->add_option("--learning-rate", options->learning.learning_rate, "Learning rate of Adam")
      ->check(number_from("--learning-rate", 1e-6, 1))
      ->capture_default_str();
  add_seed(*command, options->learning.seed);
  command->add_option("--csv", options->csv, "Where to write the table")->type_name("FILE")->capture_default_str();
  command->footer(
      "A row for each half second: mean squared errors of the averaged network and of the exact denoiser, on 4,096 "
      "fixed\n(x₀, ε, t) with t spread evenly over 1 … T. The seconds count measuring too.\n\nExamples:\n  noiseglass "
      "train-2d --seconds 20\n  noiseglass train-2d --target x_0 --schedule cosine --csv x_0.csv");
  command->callback([options] { write_whole(options->csv, train(*options)); });
}

}  // namespace noiseglass::cli
