#include "fuzz/foreign.h"
#include "fuzz/targets.h"

#include <zlib.h>

#include <cstdint>
#include <vector>

// A PNG's chunks are length, name, data and CRC. Few changes of a file keep its CRCs right; here they are put right, so
// that changes reach what is behind them.

void noiseglass::fuzz::run_png(std::span<const char> bytes) {
  constexpr std::string_view signature = "\x89PNG\r\n\x1a\n";
  std::vector<char> file(signature.begin(), signature.end());
  file.insert(file.end(), bytes.begin(), bytes.end());
  const auto byte = [&](std::size_t at) { return std::uint32_t(std::uint8_t(file[at])); };
  for (std::size_t at = signature.size(); at + 12 <= file.size();) {
    const std::size_t length = byte(at) << 24 | byte(at + 1) << 16 | byte(at + 2) << 8 | byte(at + 3);
    if (length > file.size() - at - 12) break;
    const auto* name = reinterpret_cast<const Bytef*>(file.data() + at + 4);
    const auto sum = std::uint32_t(crc32(0, name, uInt(length + 4)));
    for (int i = 0; i < 4; ++i) file[at + 8 + length + std::size_t(i)] = char(sum >> (24 - 8 * i));
    at += length + 12;
  }
  run_picture(file);
}
