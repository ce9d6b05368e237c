#pragma once

#include <string>
#include <vector>

namespace noiseglass {

/// A table as text: numbers in 17 significant digits (which bring every float64 back), "inf" for infinity.
class Csv {
 public:
  explicit Csv(const std::string& header) : text_(header + "\n") {}
  void add_row(const std::vector<double>& numbers);
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

}  // namespace noiseglass
