#include "session/base64.h"

#include "noiseglass/error.h"

#include <cstdint>
#include <string_view>

namespace noiseglass::app {
namespace {

constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

}  // namespace

std::string base64(std::span<const char> bytes) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t three = 0;
    for (std::size_t j = 0; j < 3; ++j)
      three = three << 8 | (i + j < bytes.size() ? static_cast<unsigned char>(bytes[i + j]) : 0u);
    for (std::size_t j = 0; j < 4; ++j) text += i + j > bytes.size() ? '=' : digits[three >> (18 - 6 * j) & 63];
  }
  return text;
}

std::vector<char> from_base64(const std::string& text) {
  std::vector<char> bytes;
  std::uint32_t gathered = 0;
  int bits = 0;
  for (const char c : text) {
    if (c == '=') break;
    const auto digit = digits.find(c);
    if (digit == digits.npos) throw Error("the bytes of a picture in this session are damaged.");
    gathered = gathered << 6 | std::uint32_t(digit);
    if ((bits += 6) >= 8) bytes.push_back(char(gathered >> (bits -= 8) & 255));
  }
  return bytes;
}

}  // namespace noiseglass::app
