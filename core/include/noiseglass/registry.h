#pragma once

#include "noiseglass/error.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace noiseglass {

/// One number that a kind (a schedule, a sampler …) can be tuned by. Sliders, help texts,
/// `--set key=value` and tests are all made from this description.
struct Parameter {
  enum class Kind { real, integer, boolean };
  std::string id;     ///< as in `--set id=value`, e.g. "beta_start"
  std::string label;  ///< for people, e.g. "first β"
  std::string help;   ///< one sentence
  double value = 0;   ///< the default, from the paper
  double min = 0;
  double max = 1;
  Kind kind = Kind::real;
};

/// Chosen parameter values by id; a parameter that is missing has its default.
using Values = std::map<std::string, double>;

/// What every registered kind says of itself. Concrete records derive from it and add `make`.
struct RecordInfo {
  std::string id;       ///< stable name on the command line and in files: "linear"
  std::string label;    ///< name in the window: "Linear"
  std::string summary;  ///< one line of plain words
  std::string formula;  ///< plain-text formula, e.g. "β_t = …"
  std::string source;   ///< paper and equation
  std::vector<Parameter> parameters;
};

/// The values with every default filled in.
/// @throws UsageError for an unknown key (the nearest is suggested) or a value out of range.
Values resolve_values(const RecordInfo& record, const Values& chosen);

/// "linaer" is not a schedule; did you mean "linear"? Known: linear, cosine, …
[[noreturn]] void throw_unknown(std::string_view what, std::string_view name, const std::vector<std::string>& known);

/// The record called `id`. @throws UsageError that suggests the nearest name.
template <class Record>
const Record& find_record(std::string_view what, const std::vector<Record>& registry, std::string_view id) {
  std::vector<std::string> known;
  for (const Record& record : registry) {
    if (record.id == id) return record;
    known.push_back(record.id);
  }
  throw_unknown(what, id, known);
}

}  // namespace noiseglass
