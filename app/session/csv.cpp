#include "session/csv.h"

#include "noiseglass/error.h"

#include <charconv>
#include <cmath>
#include <cstddef>

namespace noiseglass {

void Csv::add_row(const std::vector<double>& numbers) {
  char buffer[32];
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (std::isnan(numbers[i]) || (std::isinf(numbers[i]) && infinity_ == Infinity::refused))
      throw Error("The result is not finite: intermediate values overflowed. Choose smaller values.");
    if (i > 0) text_ += ',';
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, numbers[i], std::chars_format::general, 17).ptr;
    text_.append(buffer, end);
  }
  text_ += '\n';
}

std::string csv_text(const std::string& words) {
  std::string out = "\"";
  for (const char c : words) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + '"';
}

}  // namespace noiseglass
