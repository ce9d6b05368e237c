#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace noiseglass::app {

/// What was measured on samples of one network with one schedule, sampler and number of steps; docs/measurements.md
/// says how.
struct MeasuredRow {
  std::string schedule, sampler;  ///< ids
  int steps = 0;
  int samples = 0;
  double accuracy = 0;  ///< 0 … 1
  double frechet = 0;
  double precision = 0, recall = 0;  ///< 0 … 1
};

/// What as many real pictures score in the samples' place.
struct MeasuredReal {
  int samples = 0;
  double accuracy = 0, frechet = 0, precision = 0, recall = 0;
};

/// The table of one network.
struct Measured {
  std::string model;  ///< its name
  double guidance = 1;
  std::vector<MeasuredRow> rows;
  std::vector<MeasuredReal> real;

  const MeasuredRow* find(const std::string& schedule, const std::string& sampler, int steps) const;
  std::vector<int> steps() const;             ///< all that occur, rising
  std::vector<std::string> samplers() const;  ///< all that occur, as sampler_records() has them
};

/// All tables in a folder, by their files' names; other files are passed over. @throws Error naming a broken table
std::vector<Measured> read_all_measured(const std::filesystem::path& folder);

}  // namespace noiseglass::app
