#include "cli/commands.h"
#include "cli/options.h"
#include "session/csv.h"

#include "noiseglass/files.h"
#include "noiseglass/limits.h"

#include <nlohmann/json.hpp>

#include <charconv>
#include <cmath>

namespace noiseglass::cli {
namespace {

struct Options {
  std::string mixture;
  std::vector<std::string> starts;
  SamplingOptions sampling;
  std::string csv = "-";
};

GaussianMixture read_mixture(const std::string& path) {
  const std::vector<char> text = read_input(path);
  if (limits::nests_too_deep({text.data(), text.size()}))
    throw Error("\"" + path + "\" is not a mixture: it is nested too deep.");
  GaussianMixture mixture;
  try {
    const auto json = nlohmann::json::parse(text.begin(), text.end());
    for (const auto& entry : json.at("components")) {
      const auto mean = entry.at("mean").get<std::vector<double>>();
      mixture.components.push_back({entry.at("weight").get<double>(),
                                    Eigen::Map<const Eigen::ArrayXd>(mean.data(), Eigen::Index(mean.size())),
                                    entry.at("std").get<double>()});
    }
  } catch (const nlohmann::json::exception& error) {
    throw Error("\"" + path + "\" is not a mixture: " + error.what() +
                ". It must be like {\"components\": [{\"weight\": 1, \"mean\": [0, 0], \"std\": 1}]}.");
  }
  if (mixture.components.size() > limits::components)
    throw Error("\"" + path + "\" has more than " + std::to_string(limits::components) + " components.");
  if (mixture.components.empty()) throw Error("\"" + path + "\" holds no components; a mixture needs at least one.");
  const Eigen::Index dimensions = mixture.components.front().mean.size();
  if (dimensions < 1 || dimensions > 2)
    throw Error("\"" + path + "\" is in " + std::to_string(dimensions) +
                " dimensions; trajectories are drawn in 1 or 2.");
  return mixture;
}

State parse_start(const std::string& text, Eigen::Index dimensions) {
  std::vector<double> values;
  const char *at = text.data(), *end = at + text.size();
  constexpr double farthest = 1e6;
  while (true) {
    double value = 0;
    const auto [rest, error] = std::from_chars(at, end, value);
    if (error != std::errc()) break;
    if (!(std::abs(value) <= farthest))
      throw UsageError("--start is \"" + text + "\"; its numbers must be from -1000000 to 1000000.");
    values.push_back(value);
    at = rest;
    if (at == end || *at != ',') break;
    ++at;
  }
  if (at != end || Eigen::Index(values.size()) != dimensions)
    throw UsageError("--start is \"" + text + "\", but the mixture needs " +
                     (dimensions == 1 ? "one number." : "two numbers with a comma between, like 0.5,-1."));
  return {{1, 1, int(dimensions)}, Eigen::Map<const Eigen::ArrayXd>(values.data(), dimensions)};
}

void run(const Options& o) {
  const Schedule schedule = o.sampling.make_schedule();
  const std::vector<int> timesteps = o.sampling.timesteps(schedule, schedule.steps());
  const GaussianMixture mixture = read_mixture(o.mixture);
  const Eigen::Index dimensions = mixture.components.front().mean.size();
  if (!o.sampling.is_stochastic())
    refuse_without_effect(*o.sampling.owner, "--seed", "the sampler " + o.sampling.sampler + " adds no noise.");
  const auto denoiser = make_mixture_denoiser(mixture);

  Csv table(dimensions == 1 ? "start,step,t,alpha_bar,x" : "start,step,t,alpha_bar,x,y");
  for (std::size_t i = 0; i < o.starts.size(); ++i) {
    const State start = parse_start(o.starts[i], dimensions);
    const auto sampler =
        o.sampling.make_sampler({schedule, timesteps, denoiser, start, o.sampling.seed + i, /*clip=*/false});
    while (!sampler->done()) {
      const SamplerStep moment = sampler->step();
      std::vector<double> row = {double(i), double(moment.index), double(moment.t), moment.alpha_bar};
      row.insert(row.end(), moment.x_t.values.begin(), moment.x_t.values.end());
      table.add_row(row);
    }
  }
  write_whole(o.csv, table.text());
}

}  // namespace

void add_trajectory(CLI::App& program) {
  auto options = std::make_shared<Options>();
  CLI::App* command = program.add_subcommand(
      "trajectory", "Run a sampler in one or two dimensions, towards a known mixture of Gaussians");
  command->add_option("--mixture", options->mixture, "JSON file of the mixture")->required()->type_name("FILE");
  command->add_option("--start", options->starts, "x at the first t; may be repeated")
      ->required()
      ->type_name("X[,Y]")
      ->allow_extra_args(false);
  options->sampling.add(*command);
  command->add_option("--csv", options->csv, "Where to write the table")->type_name("FILE")->capture_default_str();
  command->footer(
      "The denoiser is exact (the posterior mean in closed form, float64) and nothing is clipped, so the numbers show "
      "the\nsampler alone. One row per start and step, both counted from 0; the last is at t = 0. Start i draws its "
      "noise, if\nthe sampler adds any, from seed S + i.\n\nA mixture: {\"components\": [{\"weight\": 1, \"mean\": "
      "[-1], \"std\": 0.2}, {\"weight\": 1, \"mean\": [1], \"std\": 0.2}]}\n\nExamples:\n  noiseglass trajectory "
      "--mixture two.json --start -0.3 --start 0.3 --sampler heun --sample-steps 20\n  noiseglass trajectory --mixture "
      "ring.json --start=-1,0.5 --schedule linear --csv paths.csv");
  command->callback([options] { run(*options); });
}

}  // namespace noiseglass::cli
