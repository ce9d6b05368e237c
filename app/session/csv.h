#pragma once

#include <string>
#include <vector>

namespace noiseglass {

/// A table as text: numbers in 17 significant digits (which bring every float64 back), "inf" for infinity where it is
/// allowed.
class Csv {
 public:
  enum class Infinity { refused, allowed };
  explicit Csv(const std::string& header, Infinity infinity = Infinity::refused)
      : text_(header + "\n"), infinity_(infinity) {}
  /// @throws Error for NaN, and for an infinity unless allowed: nobody is helped by a table of nan
  void add_row(const std::vector<double>& numbers);
  const std::string& text() const { return text_; }

 private:
  std::string text_;
  Infinity infinity_;
};

/// Words as a field of a table: in quotes, those within doubled.
std::string csv_text(const std::string& words);

}  // namespace noiseglass
