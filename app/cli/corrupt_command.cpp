#include "cli/commands.h"
#include "cli/options.h"

#include "noiseglass/corruption.h"

namespace noiseglass::cli {

void add_corrupt(CLI::App& program) {
  struct Options {
    std::string picture, background = "white";
    ScheduleOptions schedule;
    SetOptions set;
    int t = 0;
    std::uint64_t seed = 0;
    bool chain = false;
    OutputOptions output;
  };
  auto options = std::make_shared<Options>();
  CLI::App* command = program.add_subcommand("corrupt", "Add the noise of step t to a picture");
  command->add_option("PICTURE", options->picture, "The clean picture")->required();
  command->add_option("--t", options->t, "The step: 0 is clean, T pure noise")
      ->required()
      ->check(whole_number_from("--t", 0, Schedule::max_steps));
  options->schedule.add(*command);
  options->set.add(*command, "the schedule");
  add_seed(*command, options->seed);
  command->add_flag("--chain", options->chain, "Follow the chain of single steps instead of going there in one shot");
  add_background(*command, options->background);
  options->output.add(*command);
  command->footer(
      "In one shot x_t = √ᾱ_t·x₀ + √(1−ᾱ_t)·ε. The chain x_t = √(1−β_t)·x_{t−1} + √β_t·ε_t has the same distribution, "
      "but\ndifferent values. The picture keeps its size.\n\nExamples:\n  noiseglass corrupt photo.jpg --schedule "
      "linear --t 250 --seed 1 --out noisy.png\n  noiseglass corrupt digit.png --t 999 --chain --npy noisy.npy");
  command->callback([options, command] {
    const Options& o = *options;
    o.output.check();
    const Schedule schedule = make_schedule(o.schedule.name, o.schedule.steps, o.set.values_for(o.schedule.record()));
    if (o.t < 0 || o.t > schedule.steps())
      throw UsageError("There is no step t = " + std::to_string(o.t) +
                       "; choose from 0 to T = " + std::to_string(schedule.steps()) + ".");
    const std::vector<char> file = read_input(o.picture);
    const Image x_0 = decode_image(file, o.picture, parse_colour(o.background));
    std::vector<std::string> notes;
    if (is_npy_data(file))
      note_without_effect(*command, "--background", "nothing in a .npy file is transparent", notes);
    say(notes);
    o.output.write({o.chain ? corrupt_chain(x_0, schedule, o.t, o.seed) : corrupt(x_0, schedule, o.t, o.seed)});
  });
}

}  // namespace noiseglass::cli
