#include "cli/options.h"

#include "cli/contact_sheet.h"

#include <algorithm>
#include <charconv>

namespace noiseglass::cli {
namespace {

double parse_value(const std::string& key, const std::string& text) {
  if (text == "true") return 1;
  if (text == "false") return 0;
  double value = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || rest != end)
    throw UsageError("--set " + key + " has the value \"" + text + "\"; it must be a number, true or false.");
  return value;
}

bool has_parameter(const RecordInfo& record, const std::string& id) {
  return std::ranges::any_of(record.parameters, [&](const Parameter& parameter) { return parameter.id == id; });
}

}  // namespace

bool is_npy(const std::string& path) { return path.ends_with(".npy") || path.ends_with(".NPY"); }

void SetOptions::add(CLI::App& command, const std::string& of_what) {
  command.add_option("--set", texts, "Set a parameter of " + of_what + "; may be repeated")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
}

Values SetOptions::values_for(const RecordInfo& record, const std::vector<const RecordInfo*>& others) const {
  Values values;
  for (const std::string& text : texts) {
    const std::size_t equals = text.find('=');
    if (equals == text.npos || equals == 0)
      throw UsageError("--set has \"" + text + "\"; it must be like beta_end=0.02.");
    const std::string key = text.substr(0, equals);
    const double value = parse_value(key, text.substr(equals + 1));
    const bool of_another = std::ranges::any_of(others, [&](const auto* other) { return has_parameter(*other, key); });
    if (has_parameter(record, key) || !of_another) values[key] = value;  // what nobody knows is refused by the record
  }
  return values;
}

void ScheduleOptions::add(CLI::App& command) {
  command.add_option("--schedule", name, "Noise schedule: " + names_of(schedule_records()))->capture_default_str();
  command.add_option("--steps", steps, "T, the number of steps of the schedule")->capture_default_str();
}

void SamplingOptions::add(CLI::App& command) {
  schedule.add(command);
  command.add_option("--sampler", sampler, "Sampler: " + names_of(sampler_records()))->capture_default_str();
  command.add_option("--spacing", spacing, "Spacing of the timesteps: " + names_of(spacing_records()))
      ->capture_default_str();
  command.add_option("--sample-steps", sample_steps,
                     "Number of sampling steps (default: 50, or all where there are fewer)");
  command.add_option("--eta", eta, "The same as --set eta=X: 0 is deterministic, 1 as noisy as DDPM (ddim)");
  set.add(command, "the schedule or the sampler");
  add_seed(command, seed);
}

void SamplingOptions::add_clip(CLI::App& command) {
  command.add_flag_function(
      "--clip,!--no-clip", [this](std::int64_t count) { clip = count > 0; },
      "Clip the estimate x̂₀ to −1 … 1 in each step, or not (default: by sampler; never with a guidance other than 1)");
}

Schedule SamplingOptions::make_schedule() const {
  return noiseglass::make_schedule(schedule.name, schedule.steps, set.values_for(schedule.record(), {&record()}));
}

std::vector<int> SamplingOptions::timesteps(int from) const {
  if (from < 1 || from > schedule.steps)
    throw UsageError("There is no way back from t = " + std::to_string(from) +
                     "; choose from 1 to T = " + std::to_string(schedule.steps) + ".");
  return make_timesteps(spacing, from, sample_steps.value_or(std::min(50, from)));
}

bool SamplingOptions::clips(double guidance) const { return clip.value_or(clips_as_usual(record(), guidance)); }

std::unique_ptr<Sampler> SamplingOptions::make_sampler(SamplerProblem problem) const {
  Values values = set.values_for(record(), {&schedule.record()});
  // The solvers of the deterministic ODE are what η = 0 asks for.
  const bool is_met_anyway = eta == 0.0 && record().order > 0 && !has_parameter(record(), "eta");
  if (eta && !is_met_anyway) values["eta"] = *eta;
  return noiseglass::make_sampler(sampler, std::move(problem), values);
}

void OutputOptions::add(CLI::App& command) {
  command.add_option("-o,--out", out, "Write a PNG file, or .npy if the name ends so (- for standard output)")
      ->type_name("FILE");
  command.add_option("--npy", npy, "Write float32 numbers, N×C×H×W, neither clipped nor rounded")->type_name("FILE");
}

void OutputOptions::check() const {
  if (out.empty() && npy.empty()) throw UsageError("Nothing would be written; name a file with --out or --npy.");
  if (out == "-" && npy == "-") throw UsageError("--out and --npy cannot both be standard output; name a file.");
}

void OutputOptions::write(const std::vector<Image>& images) const {
  if (!npy.empty()) write_npy(npy, images);
  if (is_npy(out)) {
    write_npy(out, images);
  } else if (!out.empty()) {
    write_png(out, to_bytes(contact_sheet(images)));
  }
}

void add_seed(CLI::App& command, std::uint64_t& seed) {
  const auto not_negative = [](const std::string& text) {
    return text.starts_with('-') ? "a seed is a whole number from 0 to 2^64 - 1" : "";
  };
  command.add_option("--seed", seed, "Seed of the noise: the same seed gives the same noise")
      ->check(CLI::Validator(not_negative, "", "seed"))
      ->capture_default_str();
}

void add_background(CLI::App& command, std::string& text) {
  command.add_option("--background", text, "What transparent pictures are laid over: white, grey, black or #rrggbb")
      ->capture_default_str();
}

Rgb parse_colour(const std::string& text) {
  if (text == "white") return {255, 255, 255};
  if (text == "grey") return {128, 128, 128};
  if (text == "black") return {0, 0, 0};
  unsigned value = 0;
  const char* end = text.data() + text.size();
  if (text.size() != 7 || text[0] != '#' || std::from_chars(text.data() + 1, end, value, 16).ptr != end)
    throw UsageError("\"" + text + "\" is no colour; it must be white, grey, black or like #3080ff.");
  return {std::uint8_t(value >> 16), std::uint8_t(value >> 8), std::uint8_t(value)};
}

}  // namespace noiseglass::cli
