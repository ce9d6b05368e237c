#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace noiseglass::testing {

/// The CRC of PNG, bit by bit (its specification, annex D).
inline std::uint32_t crc_of(const std::vector<char>& bytes) {
  std::uint32_t crc = 0xFFFFFFFF;
  for (const char byte : bytes) {
    crc ^= std::uint8_t(byte);
    for (int bit = 0; bit < 8; ++bit) crc = crc & 1 ? 0xEDB88320 ^ crc >> 1 : crc >> 1;
  }
  return ~crc;
}

inline void append_u32(std::vector<char>& out, std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) out.push_back(char(value >> shift));
}

/// A PNG file with one more chunk behind its header.
inline std::vector<char> with_chunk(std::vector<char> png, const std::string& type, const std::vector<char>& data) {
  constexpr std::ptrdiff_t behind_header = 8 + 25;
  std::vector<char> checked(type.begin(), type.end()), chunk;
  checked.insert(checked.end(), data.begin(), data.end());
  append_u32(chunk, std::uint32_t(data.size()));
  chunk.insert(chunk.end(), checked.begin(), checked.end());
  append_u32(chunk, crc_of(checked));
  png.insert(png.begin() + behind_header, chunk.begin(), chunk.end());
  return png;
}

}  // namespace noiseglass::testing
