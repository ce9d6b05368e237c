#include "session/measurements.h"

#include "noiseglass/error.h"
#include "noiseglass/files.h"
#include "noiseglass/limits.h"
#include "noiseglass/sampler.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <set>

namespace noiseglass::app {
namespace {

namespace fs = std::filesystem;
using json = nlohmann::json;

constexpr const char* format = "noiseglass-measurements-1";

json parse(const fs::path& path) {
  const std::vector<char> text = read_whole(path);
  if (limits::nests_too_deep({text.data(), text.size()})) return json();
  return json::parse(text.begin(), text.end(), nullptr, false);
}

/// A table, or something else that lies beside the tables.
bool is_table(const json& entry) { return entry.is_object() && entry.value("format", json()) == format; }

double share(const json& entry, const char* name) {
  const double value = entry.at(name).get<double>();
  if (!(value >= 0 && value <= 1)) throw UsageError(name);
  return value;
}

template <class Row>
void read_figures(const json& entry, Row& row) {
  row.accuracy = share(entry, "accuracy");
  row.precision = share(entry, "precision");
  row.recall = share(entry, "recall");
  row.frechet = entry.at("frechet").get<double>();
  if (!(row.frechet >= 0 && std::isfinite(row.frechet))) throw UsageError("frechet");
}

Measured to_measured(const json& entry) {
  Measured table;
  entry.at("model").get_to(table.model);
  table.guidance = entry.value("guidance", 1.0);
  for (const json& one : entry.at("rows")) {
    MeasuredRow row;
    one.at("schedule").get_to(row.schedule);
    one.at("sampler").get_to(row.sampler);
    one.at("steps").get_to(row.steps);
    one.at("samples").get_to(row.samples);
    if (row.steps < 1) throw UsageError("steps");
    read_figures(one, row);
    table.rows.push_back(row);
  }
  const json real_pictures = entry.value("real", json::object());
  for (const auto& [samples, one] : real_pictures.items()) {
    MeasuredReal real;
    real.samples = std::stoi(samples);
    read_figures(one, real);
    table.real.push_back(real);
  }
  return table;
}

Measured to_measured(const json& entry, const fs::path& path) {
  try {
    if (is_table(entry)) return to_measured(entry);
  } catch (const std::exception&) {  // a number that is missing, of another type, or out of its range
  }
  throw Error("\"" + path.string() + "\" is not a table of measurements.");
}

}  // namespace

const MeasuredRow* Measured::find(const std::string& schedule, const std::string& sampler, int steps) const {
  for (const MeasuredRow& row : rows)
    if (row.schedule == schedule && row.sampler == sampler && row.steps == steps) return &row;
  return nullptr;
}

std::vector<int> Measured::steps() const {
  std::set<int> all;
  for (const MeasuredRow& row : rows) all.insert(row.steps);
  return {all.begin(), all.end()};
}

std::vector<std::string> Measured::samplers() const {
  std::vector<std::string> found;
  for (const auto& record : sampler_records())
    if (std::ranges::any_of(rows, [&](const MeasuredRow& row) { return row.sampler == record.id; }))
      found.push_back(record.id);
  return found;
}

std::vector<Measured> read_all_measured(const fs::path& folder) {
  std::set<fs::path> files;
  std::error_code none;  // without the folder there are no tables
  for (const auto& file : fs::directory_iterator(folder, none))
    if (file.path().extension() == ".json") files.insert(file.path());
  std::vector<Measured> tables;
  for (const fs::path& file : files)
    if (const json entry = parse(file); is_table(entry)) tables.push_back(to_measured(entry, file));
  return tables;
}

}  // namespace noiseglass::app
