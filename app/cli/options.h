#pragma once

#include "noiseglass/files.h"
#include "noiseglass/sampler.h"
#include "noiseglass/schedule.h"

#include <CLI/CLI.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace noiseglass::cli {

/// "linear, cosine, …" from a registry, for help texts: there is no second list of names.
template <class Record>
std::string names_of(const std::vector<Record>& registry) {
  std::string names;
  for (const Record& record : registry) names += (names.empty() ? "" : ", ") + record.id;
  return names;
}

/// Every number is read and checked here, once. @throws UsageError that names the option and its range
CLI::Validator number_from(const std::string& option, double least, double most);
CLI::Validator whole_number_from(const std::string& option, std::uint64_t least, std::uint64_t most);

/// "1280x800" as {1280, 800}. @throws UsageError that names the option and its range
std::pair<int, int> parse_size(const std::string& option, const std::string& text, int least, int most);

/// Notes for the user, on standard error.
void say(const std::string& note);
void say(const std::vector<std::string>& notes);

/// For where an option would do nothing. @throws UsageError if the person gave it
void refuse_without_effect(const CLI::App& command, const std::string& option, const std::string& why);
/// The same where it depends on the picture, so that one command line serves many: a note is added, if it was given.
void note_without_effect(const CLI::App& command, const std::string& option, const std::string& why,
                         std::vector<std::string>& notes);

/// `--set key=value`, for every kind that a command chooses.
struct SetOptions {
  std::vector<std::string> texts;

  void add(CLI::App& command, const std::string& of_what);
  /// The values that are for `record`. Each must be known to it or to one of `others`.
  /// @throws UsageError for a value that cannot be read, or an unknown key
  Values values_for(const RecordInfo& record, const std::vector<const RecordInfo*>& others = {}) const;
};

/// Which schedule, and how many steps T it has.
struct ScheduleOptions {
  std::string name = "cosine";
  int steps = 1000;

  void add(CLI::App& command);
  const ScheduleRecord& record() const { return find_record("schedule", schedule_records(), name); }
};

/// How a reverse process is walked.
struct SamplingOptions {
  ScheduleOptions schedule;
  SetOptions set;
  std::string sampler = "ddim", spacing = "trailing";
  std::string times = "none";  ///< steps placed by hand
  std::optional<int> sample_steps;
  std::optional<double> eta;
  std::optional<bool> clip;
  std::uint64_t seed = 0;
  const CLI::App* owner = nullptr;  ///< that they were added to

  void add(CLI::App& command);
  void add_clip(CLI::App& command);
  /// Whether the sampler adds fresh noise to its steps.
  bool is_stochastic() const;
  Schedule make_schedule() const;
  /// Spaced over 1…from, or where they were placed. @throws UsageError if `from` is no step of the schedule
  std::vector<int> timesteps(const Schedule& schedule, int from) const;
  std::string placed_by() const { return times == "none" ? spacing + " spacing" : "--times"; }
  /// Whether x̂₀ is clipped: as asked, else as usual (see clips_as_usual).
  bool clips(double guidance) const;
  std::unique_ptr<Sampler> make_sampler(SamplerProblem problem) const;

 private:
  Values sampler_values() const;
  const SamplerRecord& record() const { return find_record("sampler", sampler_records(), sampler); }
};

/// Where pictures are written: to a PNG, JPEG or .npy file, by extension, and to a .npy file.
struct OutputOptions {
  std::string out, npy;

  void add(CLI::App& command);
  /// @throws UsageError if no place to write to is named, or standard output twice, or a format that is not written
  void check() const;
  /// Several pictures become one contact sheet in the PNG or JPEG, and N in the .npy file.
  /// @throws Error for a result that is not finite
  void write(const std::vector<Image>& images) const;
};

/// @throws Error if a result holds NaN or an infinity: before it is written, in whatever form
void check_finite(const std::vector<Image>& images);

/// Whether a file of this name holds numbers rather than an encoded picture.
bool is_npy(const std::string& path);

/// "#rrggbb", white, grey or black. @throws UsageError
Rgb parse_colour(const std::string& text);

void add_seed(CLI::App& command, std::uint64_t& seed);
void add_background(CLI::App& command, std::string& text);

}  // namespace noiseglass::cli
