#include "session/text.h"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace noiseglass::app {
namespace {
std::string with_true_minus(const char* text) {
  std::string out;
  for (const char* c = text; *c; ++c) out += *c == '-' ? std::string("−") : std::string(1, *c);
  return out;
}

std::string raised(int exponent) {
  static const char* digits[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  std::string out = exponent < 0 ? "⁻" : "";
  for (const char digit : std::to_string(std::abs(exponent))) out += digits[digit - '0'];
  return out;
}
}  // namespace

std::string number(double value, int digits) {
  if (std::isinf(value)) return value > 0 ? "∞" : "−∞";
  char text[64];
  std::snprintf(text, sizeof text, "%.*g", digits, value);
  char* exponent = std::strchr(text, 'e');
  if (!exponent) return with_true_minus(text);
  const std::string power = "10" + raised(std::atoi(exponent + 1));
  *exponent = 0;
  const std::string factor = with_true_minus(text);
  return factor == "1" ? power : factor + "·" + power;
}

std::string share(double value) { return value > 0 && value < 0.00095 ? number(value, 2) : fixed(value, 4); }

std::string fixed(double value, int decimals) {
  if (std::isinf(value)) return value > 0 ? "∞" : "−∞";
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", decimals, value);
  if (std::strtod(text, nullptr) == 0) std::snprintf(text, sizeof text, "%.*f", decimals, 0.0);  // not −0.0
  return with_true_minus(text);
}

}  // namespace noiseglass::app
