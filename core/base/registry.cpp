#include "noiseglass/registry.h"

#include <algorithm>
#include <charconv>
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

void check_value(const RecordInfo& record, const Parameter& parameter, const Value& value) {
  std::ostringstream message;
  const bool is_list = !value.list().empty(), wants_list = parameter.kind == Parameter::Kind::points;
  if (is_list && wants_list) return;
  if (is_list != wants_list) {
    message << parameter.id << (wants_list ? " takes pairs such as 0:10,1:-10" : " takes one number") << " ("
            << record.id << ": " << parameter.help << ")";
    throw UsageError(message.str());
  }
  message << parameter.id << " = " << double(value) << " is ";
  if (!(value >= parameter.min && value <= parameter.max)) {  // so that NaN fails too
    message << "outside " << parameter.min << " … " << parameter.max;
  } else if (parameter.kind != Parameter::Kind::real && value != std::floor(double(value))) {
    message << "not a whole number";
  } else {
    return;
  }
  message << " (" << record.id << ": " << parameter.help << ")";
  throw UsageError(message.str());
}

}  // namespace

Value points_from_text(std::string_view text) {
  std::vector<double> list;
  const char *at = text.data(), *const end = at + text.size();
  while (at != end) {
    double number = 0;
    const auto [rest, error] = std::from_chars(at, end, number);
    const char separator = list.size() % 2 ? ',' : ':';
    const bool last = rest == end;
    if (error != std::errc() || !std::isfinite(number) || (last ? separator == ':' : *rest != separator)) break;
    list.push_back(number);
    at = last ? end : rest + 1;
    if (last) return list;
  }
  throw UsageError('"' + std::string(text) + "\" is no list of pairs such as 0:10,0.5:0,1:-10.");
}

std::string points_to_text(const Value& points) {
  std::string text;
  for (std::size_t i = 0; i < points.list().size(); ++i) {
    char digits[32];
    text += i == 0 ? "" : i % 2 ? ":" : ",";
    text.append(digits, std::to_chars(digits, digits + sizeof digits, points.list()[i]).ptr);
  }
  return text;
}

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
