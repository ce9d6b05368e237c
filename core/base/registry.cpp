#include "noiseglass/registry.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <sstream>

namespace noiseglass {
namespace {

/// Levenshtein's distance, one row of the table at a time.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0]++;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t substituted = diagonal + (a[i] != b[j]);
      diagonal = row[j + 1];
      row[j + 1] = std::min({substituted, row[j] + 1, diagonal + 1});
    }
  }
  return row.back();
}

std::string with_article(std::string_view noun) {
  const bool vowel = !noun.empty() && std::string_view("aeiou").find(noun.front()) != std::string_view::npos;
  return (vowel ? "an " : "a ") + std::string(noun);
}

void check_value(const RecordInfo& record, const Parameter& parameter, double value) {
  std::ostringstream message;
  message << parameter.id << " = " << value << " is ";
  if (!(value >= parameter.min && value <= parameter.max)) {  // so that NaN fails too
    message << "outside " << parameter.min << " … " << parameter.max;
  } else if (parameter.kind != Parameter::Kind::real && value != std::floor(value)) {
    message << "not a whole number";
  } else {
    return;
  }
  message << " (" << record.id << ": " << parameter.help << ")";
  throw UsageError(message.str());
}

}  // namespace

void throw_unknown(std::string_view what, std::string_view name, const std::vector<std::string>& known) {
  std::ostringstream message;
  message << '"' << name << "\" is not " << with_article(what);
  const auto nearest = std::min_element(known.begin(), known.end(), [&](const auto& a, const auto& b) {
    return edit_distance(a, name) < edit_distance(b, name);
  });
  // Beyond half of its letters a "nearest" name would be a guess out of the blue.
  const bool close =
      nearest != known.end() && 2 * edit_distance(*nearest, name) <= std::max<std::size_t>(nearest->size(), 2);
  if (close) message << "; did you mean \"" << *nearest << "\"?";
  message << (close ? " Known: " : ". Known: ");
  for (std::size_t i = 0; i < known.size(); ++i) message << (i ? ", " : "") << known[i];
  message << (known.empty() ? "none." : ".");
  throw UsageError(message.str());
}

Values resolve_values(const RecordInfo& record, const Values& chosen) {
  Values values;
  std::vector<std::string> known;
  for (const Parameter& parameter : record.parameters) {
    known.push_back(parameter.id);
    const auto found = chosen.find(parameter.id);
    values[parameter.id] = found == chosen.end() ? parameter.value : found->second;
    check_value(record, parameter, values[parameter.id]);
  }
  for (const auto& [id, value] : chosen) {
    if (!values.contains(id)) throw_unknown("parameter of " + record.id, id, known);
  }
  return values;
}

}  // namespace noiseglass
