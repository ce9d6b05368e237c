#include "cli/commands.h"
#include "cli/denoiser_options.h"
#include "cli/options.h"
#include "cli/run_samplers.h"

#include "noiseglass/files.h"
#include "noiseglass/noise.h"

#include <tuple>

namespace noiseglass::cli {
namespace {

struct Options {
  int count = 1;
  std::string size;
  DenoiserOptions denoiser;
  SamplingOptions sampling;
  std::string frames;
  OutputOptions output;
};

constexpr int max_count = 4096;

ModelInfo choose_model(const std::string& name) {
  if (!name.empty()) return find_model(name);
  const std::vector<ModelInfo> models = bundled_models();
  if (models.empty())
    throw Error("There is no trained network in the assets folder; name one with --model FILE.safetensors.");
  return models.front();
}

/// What the model makes, or for any-size models what is asked.
Shape choose_shape(const std::string& size, const ModelInfo& model) {
  Shape shape{model.size ? model.size : 64, model.size ? model.size : 64, model.channels};
  if (size.empty()) return shape;
  std::tie(shape.width, shape.height) = parse_size("--size", size, 1, max_picture_side);
  if (model.size && (shape.width != model.size || shape.height != model.size))
    throw UsageError("Model " + model.name + " makes pictures of " + std::to_string(model.size) + "x" +
                     std::to_string(model.size) + " only; leave --size out.");
  return shape;
}

void run(const Options& o) {
  o.output.check();
  const Schedule schedule = o.sampling.make_schedule();
  const std::vector<int> timesteps = o.sampling.timesteps(schedule, schedule.steps());
  const ModelInfo model = choose_model(o.denoiser.model);
  const Shape shape = choose_shape(o.size, model);
  const auto denoiser = o.denoiser.make(model, Image(), shape, int(timesteps.size()));

  std::vector<std::unique_ptr<Sampler>> samplers;
  for (int i = 0; i < o.count; ++i) {
    const std::uint64_t seed = o.sampling.seed + std::uint64_t(i);
    const State start = to_state(gaussian_image({seed, streams::forward}, shape));
    samplers.push_back(o.sampling.make_sampler(
        {schedule, timesteps, denoiser, start, seed, o.sampling.clips(o.denoiser.guidance_with(model))}));
  }
  if (timesteps.front() != schedule.steps())
    say(o.sampling.placed_by() + " starts at t = " + std::to_string(timesteps.front()) +
        ", below T = " + std::to_string(schedule.steps()) + ", but from pure noise all the same.");
  o.output.write(run_samplers(std::move(samplers), o.frames));
}

}  // namespace

void add_sample(CLI::App& program) {
  auto options = std::make_shared<Options>();
  CLI::App* command = program.add_subcommand("sample", "Generate pictures from pure noise");
  command->add_option("--count", options->count, "How many pictures")
      ->check(whole_number_from("--count", 1, max_count))
      ->capture_default_str();
  command->add_option("--size", options->size, "Size of the pictures, for models of any size (default: 64x64)")
      ->type_name("WxH");
  options->denoiser.add(*command);
  options->sampling.add(*command);
  options->sampling.add_clip(*command);
  command->add_option("--frames", options->frames, "Write every step to a folder: 000_t1000.png … and steps.csv")
      ->type_name("DIR");
  options->output.add(*command);
  command->footer(
      "Picture i starts from the noise of seed S + i, so it does not change with --count. Several pictures become "
      "one\ncontact sheet: row by row, in as many columns as the square root of their number, two pixels apart. "
      "Without --model,\nthe first that noiseglass models lists is used; the other denoisers take their size and "
      "channels from it too.\n\nExamples:\n  noiseglass sample --model digits --class 3 --guidance 2 --count 16 --out "
      "threes.png\n  noiseglass sample --model digits --count 100 --npy digits.npy");
  command->callback([options] { run(*options); });
}

}  // namespace noiseglass::cli
