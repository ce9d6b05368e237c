#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace noiseglass {

/// A marker segment of a JPEG file (ITU-T T.81, annex B).
struct JpegSegment {
  static constexpr std::uint32_t huffman_tables = 0xC4, start_of_scan = 0xDA, app1 = 0xE1;
  std::uint32_t marker = 0;
  std::span<const char> payload;  ///< behind the length, clipped to what is there
};

/// The segments in order, those between scans too; empty for what is no JPEG file.
std::vector<JpegSegment> jpeg_segments(std::span<const char> file);

/// Whether every Huffman table has at most the 256 symbols that there can be.
bool has_sound_huffman_tables(std::span<const JpegSegment> segments);

}  // namespace noiseglass
