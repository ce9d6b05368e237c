#include "io/jpeg.h"

#include "io/bytes.h"

namespace noiseglass {
namespace {

/// Markers that stand alone: fill bytes, stuffed zeros, restarts and the start and end of the image.
bool has_no_length(std::uint32_t marker) {
  return marker == 0xFF || marker <= 0x01 || (marker >= 0xD0 && marker <= 0xD9);
}

}  // namespace

std::vector<JpegSegment> jpeg_segments(std::span<const char> bytes) {
  const Bytes file(bytes);
  std::vector<JpegSegment> segments;
  if (!file.has(0, "\xFF\xD8\xFF")) return segments;
  for (std::size_t at = 2; at < file.size();) {
    const std::uint32_t marker = file.u8(at + 1);
    if (file.u8(at) != 0xFF || has_no_length(marker)) {  // within a scan's data, or between segments
      ++at;
      continue;
    }
    const std::size_t length = std::max(file.u16(at + 2), 2u);  // counts its own two bytes
    segments.push_back({marker, file.slice(at + 4, length - 2)});
    at += 2 + length;
  }
  return segments;
}

bool has_sound_huffman_tables(std::span<const JpegSegment> segments) {
  for (const JpegSegment& segment : segments) {
    if (segment.marker != JpegSegment::huffman_tables) continue;
    const Bytes tables(segment.payload);
    for (std::size_t at = 0; at < tables.size();) {  // class and number, 16 counts of code lengths, the symbols
      std::size_t symbols = 0;
      for (std::size_t i = 1; i <= 16; ++i) symbols += tables.u8(at + i);
      if (symbols > 256) return false;
      at += 17 + symbols;
    }
  }
  return true;
}

}  // namespace noiseglass
