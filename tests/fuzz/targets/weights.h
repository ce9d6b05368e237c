#pragma once

#include "fuzz/foreign.h"
#include "fuzz/targets.h"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <cstring>
#include <vector>

namespace noiseglass::fuzz {

/// A file of weights: the bytes as they are; or, where they are the text of a header, that header with its length
/// before it and as many numbers behind it as it speaks of, so that changes of the text reach what is behind the checks
/// of the file's size.
inline std::vector<char> weights_file(std::span<const char> bytes) {
  if (bytes.empty() || bytes.front() != '{') return {bytes.begin(), bytes.end()};
  constexpr std::string_view offsets = "\"data_offsets\":[";
  const std::string_view header(bytes.data(), bytes.size());
  std::size_t end = 0;
  for (auto at = header.find(offsets); at != header.npos; at = header.find(offsets, at + 1)) {
    std::size_t number = 0;
    const auto comma = std::min(header.find(',', at + offsets.size()), header.size());
    for (auto i = comma + 1;
         i < header.size() && std::isdigit(static_cast<unsigned char>(header[i])) && number < 1u << 20; ++i)
      number = 10 * number + std::size_t(header[i] - '0');
    end = std::max(end, number);
  }
  end = std::min<std::size_t>(end, 1u << 20);
  std::vector<char> file(8);
  const std::uint64_t length = header.size();
  for (int i = 0; i < 8; ++i) file[std::size_t(i)] = char(length >> (8 * i));
  file.insert(file.end(), bytes.begin(), bytes.end());
  for (std::size_t i = 0; i < end; ++i)  // small numbers of both signs, as float16 and as float32
    file.push_back(i % 2 == 0   ? char(i * 37)
                   : i % 4 == 1 ? char(0x30 | (i / 4 % 2) << 7)
                                : char(0x3C | (i / 8 % 2) << 7));
  return file;
}

}  // namespace noiseglass::fuzz
