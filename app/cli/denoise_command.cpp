#include "cli/commands.h"
#include "cli/denoiser_options.h"
#include "cli/options.h"

#include <cmath>
#include <utility>

namespace noiseglass::cli {
namespace {

struct Options {
  PictureOptions picture;
  double sigma = 0;
  DenoiserOptions denoiser;
  OutputOptions output;
};

/// y = x₀ + s·n with s = σ/127.5 is a scaled x_t: x_t = √ᾱ·y with ᾱ = 1/(1 + s²), whose log-SNR is −2·ln s.
void run(const Options& o) {
  o.output.check();
  const double s = o.sigma / 127.5, alpha_bar = 1 / (1 + s * s), log_snr = -2 * std::log(s);
  PreparedPictures noisy = prepare(o.picture, o.denoiser);
  const auto denoiser = o.denoiser.make(noisy.model, Image(), noisy.x.front().shape);
  say(noisy.notes);
  std::vector<Image> clean;
  for (Image& y : noisy.x) {
    State x = to_state(std::exchange(y, Image()));  // a large photograph is not held twice
    x.values *= std::sqrt(alpha_bar);
    x.values = denoiser->predict(x, log_snr).x_0;
    clean.push_back(with_channels(to_image(x), noisy.channels));  // grey stays grey, whatever the network sees
  }
  o.output.write(clean);
}

}  // namespace

void add_denoise(CLI::App& program) {
  auto options = std::make_shared<Options>();
  options->picture.working_size = 0;
  CLI::App* command = program.add_subcommand("denoise", "Estimate, in one step, the clean picture behind a noisy one");
  options->picture.add(*command, "The noisy picture");
  command->add_option("--sigma", options->sigma, "Standard deviation of its noise, on the 0–255 scale")
      ->required()
      ->check(number_from("--sigma", 0.001, 100000));
  options->denoiser.add(*command);
  options->output.add(*command);
  command->footer(
      "The picture is taken as it is, without adding noise, at its full size. The network is told the noise "
      "as\nlog-SNR = −2·ln(S/127.5). Noise that was clipped to 0 … 255 is no longer quite Gaussian: a .npy file avoids "
      "that.\nIt may hold several pictures, N×C×H×W: each is denoised. A grey picture would show a colour network the "
      "same noise\nin all three channels; it is first made independent across channels, and the result is "
      "grey.\n\nExamples:\n  noiseglass denoise grainy.jpg --sigma 15 --out clean.png\n  noiseglass denoise noisy.npy "
      "--sigma 25 --npy clean.npy");
  command->callback([options] { run(*options); });
}

}  // namespace noiseglass::cli
