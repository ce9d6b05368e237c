#include "cli/commands.h"
#include "cli/denoiser_options.h"
#include "cli/options.h"
#include "cli/run_samplers.h"

#include "noiseglass/corruption.h"
#include "noiseglass/network_denoiser.h"

namespace noiseglass::cli {
namespace {

struct Options {
  PictureOptions picture;
  int from = 0;
  DenoiserOptions denoiser;
  SamplingOptions sampling;
  std::string frames;
  OutputOptions output;
};

void run(const Options& o) {
  o.output.check();
  const Schedule schedule = o.sampling.make_schedule();
  const std::vector<int> timesteps = o.sampling.timesteps(schedule, o.from);
  const int whole_way = steps_of_whole_way(int(timesteps.size()), o.from, schedule.steps());
  const PreparedPictures pictures = prepare(o.picture, o.denoiser);
  std::shared_ptr<const Denoiser> denoiser;
  std::vector<std::unique_ptr<Sampler>> samplers;
  for (std::size_t i = 0; i < pictures.x.size(); ++i) {
    const Image& x_0 = pictures.x[i];
    const std::uint64_t seed = o.sampling.seed + i;
    if (!denoiser || o.denoiser.is_told_x_0()) denoiser = o.denoiser.make(pictures.model, x_0, x_0.shape, whole_way);
    State start = to_state(corrupt(x_0, schedule, timesteps.front(), seed));
    samplers.push_back(o.sampling.make_sampler({schedule, timesteps, denoiser, std::move(start), seed,
                                                o.sampling.clips(o.denoiser.guidance_with(pictures.model))}));
  }

  say(pictures.notes);
  if (timesteps.front() != o.from)
    say("the picture was noised to t = " + std::to_string(timesteps.front()) + ", where " + o.sampling.placed_by() +
        " starts, not to t = " + std::to_string(o.from) + ".");
  o.output.write(run_samplers(std::move(samplers), o.frames));
}

}  // namespace

void add_reverse(CLI::App& program) {
  auto options = std::make_shared<Options>();
  CLI::App* command = program.add_subcommand("reverse", "Add noise to a picture and denoise it");
  options->picture.add(*command, "The clean picture");
  command->add_option("--from", options->from, "The step t to noise the picture to, from 1 to T")
      ->required()
      ->check(whole_number_from("--from", 1, Schedule::max_steps));
  options->denoiser.add(*command);
  options->sampling.add(*command);
  options->sampling.add_clip(*command);
  command->add_option("--frames", options->frames, "Write every step to a folder: 000_t0400.png … and steps.csv")
      ->type_name("DIR");
  options->output.add(*command);
  command->footer(
      "The picture is noised in one shot to the first t of the run, with the same noise as corrupt --seed makes.\n"
      "Without --model, grey digits go with the digits network and all else with the photo network. A picture that "
      "the\n"
      "network cannot take is cropped, resized or made grey, and a note says so. A .npy file is never resized; it may\n"
      "hold several pictures, N×C×H×W, of which picture i gets the noise of seed S + i.\n\n"
      "Examples:\n"
      "  noiseglass reverse photo.jpg --from 400 --out back.png\n"
      "  noiseglass reverse digit.png --from 700 --sampler ddpm --sample-steps 250 --frames steps --out back.png");
  command->callback([options] { run(*options); });
}

}  // namespace noiseglass::cli
