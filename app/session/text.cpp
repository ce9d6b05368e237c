#include "session/text.h"

#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace noiseglass::app {
namespace {
std::string with_true_minus(const char* text) {
  std::string out;
  for (const char* c = text; *c; ++c) out += *c == '-' ? std::string("−") : std::string(1, *c);
  return out;
}
}  // namespace

std::string number(double value, int digits) {
  if (std::isinf(value)) return value > 0 ? "∞" : "−∞";
  char text[64];
  std::snprintf(text, sizeof text, "%.*g", digits, value);
  return with_true_minus(text);
}

std::string fixed(double value, int decimals) {
  if (std::isinf(value)) return value > 0 ? "∞" : "−∞";
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", decimals, value);
  if (std::strtod(text, nullptr) == 0) std::snprintf(text, sizeof text, "%.*f", decimals, 0.0);  // not −0.0
  return with_true_minus(text);
}

}  // namespace noiseglass::app
