#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

namespace noiseglass {

/// Foreign bytes that may end anywhere: reading beyond the end gives zeros.
class Bytes {
 public:
  explicit Bytes(std::span<const char> bytes, bool little_endian = false)
      : bytes_(bytes), little_endian_(little_endian) {}

  std::size_t size() const { return bytes_.size(); }
  std::uint32_t u8(std::size_t at) const { return at < bytes_.size() ? std::uint8_t(bytes_[at]) : 0u; }
  std::uint32_t u16(std::size_t at) const {
    return little_endian_ ? u8(at) | u8(at + 1) << 8 : u8(at) << 8 | u8(at + 1);
  }
  std::uint32_t u32(std::size_t at) const {
    return little_endian_ ? u16(at) | u16(at + 2) << 16 : u16(at) << 16 | u16(at + 2);
  }
  bool has(std::size_t at, std::string_view text) const {
    return at <= size() && text.size() <= size() - at && std::memcmp(bytes_.data() + at, text.data(), text.size()) == 0;
  }
  /// Clipped to what is there.
  std::span<const char> slice(std::size_t at, std::size_t count) const {
    at = std::min(at, size());
    return bytes_.subspan(at, std::min(count, size() - at));
  }

 private:
  std::span<const char> bytes_;
  bool little_endian_;
};

}  // namespace noiseglass
