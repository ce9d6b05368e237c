#include "cli/options.h"

#include "cli/contact_sheet.h"
#include "session/state_rows.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <iostream>
#include <limits>
#include <string_view>

namespace noiseglass::cli {
namespace {

/// The whole text as one number, or nothing.
template <class Number>
std::optional<Number> parse_number(std::string_view text) {
  Number value{};
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || rest != end) return std::nullopt;
  return value;
}

Value parse_value(const RecordInfo& record, const std::string& key, const std::string& text) {
  const auto points = [&](const Parameter& p) { return p.id == key && p.kind == Parameter::Kind::points; };
  if (std::ranges::any_of(record.parameters, points)) return points_from_text(text);
  if (text == "true") return 1;
  if (text == "false") return 0;
  if (const auto value = parse_number<double>(text)) return *value;
  throw UsageError("--set " + key + " has the value \"" + text + "\"; it must be a number, true or false.");
}

bool has_parameter(const RecordInfo& record, const std::string& id) {
  return std::ranges::any_of(record.parameters, [&](const Parameter& parameter) { return parameter.id == id; });
}

/// In lower case, with its point.
std::string extension_of(const std::string& path) {
  std::string extension = std::filesystem::path(path).extension().string();
  std::ranges::transform(extension, extension.begin(), [](unsigned char c) { return char(std::tolower(c)); });
  return extension;
}

bool is_jpeg(const std::string& path) {
  const std::string extension = extension_of(path);
  return extension == ".jpg" || extension == ".jpeg";
}

/// Names that promise something else than a PNG.
constexpr std::array not_written = {".gif",  ".webp", ".bmp", ".tga", ".hdr", ".tif", ".tiff", ".avif",
                                    ".heic", ".jxl",  ".jp2", ".svg", ".pdf", ".ppm", ".pgm",  ".exr"};

/// With no more digits than it takes: 0.01, not 0.010000000000000000208.
template <class Number>
std::string shortest(Number value) {
  char buffer[32];
  return {buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr};
}

template <class Number>
CLI::Validator in_range(const std::string& option, Number least, Number most, const std::string& what) {
  const auto check = [=](const std::string& text) {
    const std::optional<Number> value = parse_number<Number>(text);
    if (value && *value >= least && *value <= most) return std::string();  // so that NaN fails too
    throw UsageError(option + " is \"" + text + "\"; it must be " + what + " from " + shortest(least) + " to " +
                     shortest(most) + ".");
  };
  return CLI::Validator(check, "", option);
}

}  // namespace

CLI::Validator number_from(const std::string& option, double least, double most) {
  return in_range(option, least, most, "a number");
}

CLI::Validator whole_number_from(const std::string& option, std::uint64_t least, std::uint64_t most) {
  return in_range(option, least, most, "a whole number");
}

std::pair<int, int> parse_size(const std::string& option, const std::string& text, int least, int most) {
  const std::size_t cross = std::min(text.find('x'), text.size());
  const auto width = parse_number<int>(std::string_view(text).substr(0, cross));
  const auto height = parse_number<int>(std::string_view(text).substr(std::min(cross + 1, text.size())));
  const auto fits = [&](const std::optional<int>& side) { return side && *side >= least && *side <= most; };
  if (!fits(width) || !fits(height))
    throw UsageError(option + " is \"" + text + "\"; it must be like 1280x800, with sides from " +
                     std::to_string(least) + " to " + std::to_string(most) + ".");
  return {*width, *height};
}

void say(const std::string& note) { std::cerr << "noiseglass: note: " << note << std::endl; }

void say(const std::vector<std::string>& notes) {
  for (const std::string& note : notes) say(note);
}

void refuse_without_effect(const CLI::App& command, const std::string& option, const std::string& why) {
  if (command.count(option) > 0) throw UsageError(option + " has no effect here: " + why + " Leave it out.");
}

void note_without_effect(const CLI::App& command, const std::string& option, const std::string& why,
                         std::vector<std::string>& notes) {
  if (command.count(option) > 0) notes.push_back(option + " has no effect here: " + why + ".");
}

void check_finite(const std::vector<Image>& images) {
  for (const Image& image : images)
    if (!std::ranges::all_of(image.data, [](float value) { return std::isfinite(value); }))
      throw Error(
          "The result is not finite: intermediate values overflowed. Check the input's values and the network's "
          "weights.");
}

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
    const bool of_another = std::ranges::any_of(others, [&](const auto* other) { return has_parameter(*other, key); });
    if (of_another && !has_parameter(record, key)) continue;
    // What nobody knows is refused by the record.
    values[key] = has_parameter(record, key) ? parse_value(record, key, text.substr(equals + 1)) : Value();
  }
  return values;
}

void ScheduleOptions::add(CLI::App& command) {
  command.add_option("--schedule", name, "Noise schedule: " + names_of(schedule_records()))->capture_default_str();
  command.add_option("--steps", steps, "T, the number of steps of the schedule")
      ->check(whole_number_from("--steps", 1, Schedule::max_steps))
      ->capture_default_str();
}

void SamplingOptions::add(CLI::App& command) {
  owner = &command;
  schedule.add(command);
  command.add_option("--sampler", sampler, "Sampler: " + names_of(sampler_records()))->capture_default_str();
  command.add_option("--spacing", spacing, "Spacing of the timesteps: " + names_of(spacing_records()))
      ->capture_default_str();
  command
      .add_option("--sample-steps", sample_steps,
                  "Number of sampling steps (default: 50, or all where there are fewer)")
      ->check(whole_number_from("--sample-steps", 1, Schedule::max_steps));
  command.add_option("--times", times,
                     "Steps placed by hand, instead of --spacing and --sample-steps: falling shares of the t that the "
                     "run starts from, such as 1,0.7,0.2");
  command.add_option("--eta", eta, "The same as --set eta=X: 0 is deterministic, 1 as noisy as DDPM (ddim)")
      ->check(number_from("--eta", 0, 1));
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

std::vector<int> SamplingOptions::timesteps(const Schedule& schedule, int from) const {
  if (from < 1 || from > schedule.steps())
    throw UsageError("The reverse process cannot start at t = " + std::to_string(from) +
                     "; choose from 1 to T = " + std::to_string(schedule.steps()) + ".");
  if (sample_steps.value_or(1) > from)
    throw UsageError(std::to_string(*sample_steps) + " sampling steps do not fit between t = " + std::to_string(from) +
                     " and 0; choose --sample-steps from 1 to " + std::to_string(from) + ".");
  if (const std::vector<double> shares = app::times_in(times); !shares.empty()) {
    for (const char* option : {"--spacing", "--sample-steps"})
      refuse_without_effect(*owner, option, "--times says where the steps are.");
    if (shares.size() > std::size_t(from))
      throw UsageError(std::to_string(shares.size()) + " steps do not fit between t = " + std::to_string(from) +
                       " and 0; name fewer in --times.");
    return timesteps_at(shares, from);
  }
  return make_timesteps(spacing, schedule, from, sample_steps.value_or(std::min(50, from)));
}

bool SamplingOptions::clips(double guidance) const { return clip.value_or(clips_as_usual(record(), guidance)); }

std::unique_ptr<Sampler> SamplingOptions::make_sampler(SamplerProblem problem) const {
  return noiseglass::make_sampler(sampler, std::move(problem), sampler_values());
}

Values SamplingOptions::sampler_values() const {
  Values values = set.values_for(record(), {&schedule.record()});
  if (!has_parameter(record(), "eta")) {
    refuse_without_effect(*owner, "--eta", "the sampler " + sampler + " has no η; ddim has.");
  } else if (eta) {
    if (values.contains("eta")) throw UsageError("--eta and --set eta say the same thing twice; leave one out.");
    values["eta"] = *eta;
  }
  return values;
}

bool SamplingOptions::is_stochastic() const {
  const Values values = resolve_values(record(), sampler_values());
  const auto found = values.find("eta");
  return found == values.end() ? record().order == 0 : found->second > 0;
}

void OutputOptions::add(CLI::App& command) {
  command.add_option("-o,--out", out, "Write a PNG file, or .jpg or .npy if the name ends so (- for standard output)")
      ->type_name("FILE");
  command.add_option("--npy", npy, "Write float32 values, N×C×H×W, neither clipped nor rounded")->type_name("FILE");
}

void OutputOptions::check() const {
  if (out.empty() && npy.empty()) throw UsageError("Nothing would be written; name a file with --out or --npy.");
  if (out == "-" && npy == "-") throw UsageError("--out and --npy cannot both be standard output; name a file.");
  if (std::ranges::find(not_written, extension_of(out)) != not_written.end())
    throw UsageError("--out is \"" + out + "\", but pictures are written as .png, .jpg or .npy only.");
}

void OutputOptions::write(const std::vector<Image>& images) const {
  check_finite(images);
  if (!npy.empty()) write_npy(npy, images);
  if (is_npy(out)) {
    write_npy(out, images);
  } else if (is_jpeg(out)) {
    write_jpeg(out, to_bytes(contact_sheet(images)));
  } else if (!out.empty()) {
    write_png(out, to_bytes(contact_sheet(images)));
  }
}

void add_seed(CLI::App& command, std::uint64_t& seed) {
  command.add_option("--seed", seed, "Seed of the noise: the same seed gives the same noise")
      ->check(whole_number_from("--seed", 0, std::numeric_limits<std::uint64_t>::max()))
      ->capture_default_str();
}

void add_background(CLI::App& command, std::string& text) {
  command.add_option("--background", text, "Background of transparent pictures: white, grey, black or #rrggbb")
      ->capture_default_str();
}

Rgb parse_colour(const std::string& text) {
  if (text == "white") return {255, 255, 255};
  if (text == "grey") return {128, 128, 128};
  if (text == "black") return {0, 0, 0};
  unsigned value = 0;
  const char* end = text.data() + text.size();
  if (text.size() != 7 || text[0] != '#' || std::from_chars(text.data() + 1, end, value, 16).ptr != end)
    throw UsageError("\"" + text + "\" is not a colour; it must be white, grey, black or like #3080ff.");
  return {std::uint8_t(value >> 16), std::uint8_t(value >> 8), std::uint8_t(value)};
}

}  // namespace noiseglass::cli
