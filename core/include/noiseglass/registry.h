#pragma once

#include "noiseglass/error.h"

#include <concepts>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace noiseglass {

/// What a parameter is set to: a number, or for a few kinds a list of them. A number is used as if it were a double.
class Value {
 public:
  Value(double number = 0) : number_(number) {}                // NOLINT(google-explicit-constructor)
  Value(std::vector<double> list) : list_(std::move(list)) {}  // NOLINT(google-explicit-constructor)
  operator double() const { return number_; }                  // NOLINT(google-explicit-constructor)
  const std::vector<double>& list() const { return list_; }    ///< empty for a number
  /// A template, so that `value != 0` compares numbers.
  template <std::same_as<Value> V>
  friend bool operator==(const V& a, const V& b) {
    return a.number_ == b.number_ && a.list_ == b.list_;
  }

 private:
  double number_ = 0;
  std::vector<double> list_;
};

/// One thing that a kind (a schedule, a sampler …) can be tuned by. Sliders, help texts,
/// `--set key=value` and tests are all made from this description.
struct Parameter {
  enum class Kind { real, integer, boolean, points };
  std::string id;     ///< as in `--set id=value`, e.g. "beta_start"
  std::string label;  ///< for people, e.g. "first β"
  std::string help;   ///< one sentence
  Value value = 0;    ///< the default, from the paper
  double min = 0;     ///< min and max: of a number
  double max = 1;
  Kind kind = Kind::real;  ///< points: a list x₀, y₀, x₁, y₁ …, written x₀:y₀,x₁:y₁
};

/// Chosen parameter values by id; a parameter that is missing has its default.
using Values = std::map<std::string, Value>;

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

/// 0:10,0.5:0,1:-10 as the list 0, 10, 0.5, 0, 1, −10. @throws UsageError for any other text
Value points_from_text(std::string_view text);
/// The same backwards, with as many digits as it takes to read the very same numbers again.
std::string points_to_text(const Value& points);

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
