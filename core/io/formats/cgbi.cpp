#include "io/formats/cgbi.h"

#include "io/bytes.h"

#include <zlib.h>

#include <algorithm>

namespace noiseglass {
namespace {

constexpr std::size_t signature_size = 8, around_chunk = 12;  // length, type and checksum

void put_u32(std::vector<char>& out, std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) out.push_back(char(value >> shift));
}

void put_chunk(std::vector<char>& out, std::string_view type, std::span<const char> data) {
  put_u32(out, std::uint32_t(data.size()));
  const std::size_t start = out.size();
  out.insert(out.end(), type.begin(), type.end());
  out.insert(out.end(), data.begin(), data.end());
  put_u32(out, std::uint32_t(crc32(0, reinterpret_cast<const Bytef*>(&out[start]), uInt(out.size() - start))));
}

/// The checksum that zlib's format has at its end, of what `deflated` holds.
std::uint32_t checksum_of(const PictureFile& file, std::span<const char> deflated) {
  z_stream stream{};
  if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) throw std::bad_alloc();
  const std::unique_ptr<z_stream, int (*)(z_stream*)> end(&stream, inflateEnd);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(deflated.data()));
  stream.avail_in = uInt(deflated.size());
  std::uint32_t sum = std::uint32_t(adler32(0, nullptr, 0));
  std::vector<Bytef> block(1 << 16);
  for (int state = Z_OK; state != Z_STREAM_END;) {
    if (file.stop.stop_requested()) throw Cancelled();
    stream.next_out = block.data();
    stream.avail_out = uInt(block.size());
    state = inflate(&stream, Z_NO_FLUSH);
    if (state == Z_BUF_ERROR) throw cut_short(file);
    if (state != Z_OK && state != Z_STREAM_END) throw damaged(file, "its compressed data do not fit together");
    sum = std::uint32_t(adler32(sum, block.data(), uInt(block.size() - stream.avail_out)));
  }
  return sum;
}

}  // namespace

bool is_cgbi(std::span<const char> png) { return Bytes(png).has(signature_size + 4, "CgBI"); }

std::vector<char> png_from_cgbi(const PictureFile& picture) {
  const Bytes file(picture.bytes);
  std::vector<char> out(picture.bytes.begin(), picture.bytes.begin() + signature_size);
  std::vector<char> data = {0x78, 0x01};  // zlib's header
  bool end = false;
  for (std::size_t at = signature_size; !end && at < file.size();) {
    const std::size_t length = file.u32(at);
    if (around_chunk > file.size() - at || length > file.size() - at - around_chunk) throw cut_short(picture);
    const std::span<const char> type = file.slice(at + 4, 4), content = file.slice(at + 8, length);
    end = file.has(at + 4, "IEND");
    if (file.has(at + 4, "IDAT"))
      data.insert(data.end(), content.begin(), content.end());
    else if (!end && !file.has(at + 4, "CgBI"))
      put_chunk(out, {type.data(), type.size()}, content);
    at += around_chunk + length;
  }
  if (!end) throw cut_short(picture);
  put_u32(data, checksum_of(picture, std::span<const char>(data).subspan(2)));
  put_chunk(out, "IDAT", data);
  put_chunk(out, "IEND", {});
  return out;
}

void restore_cgbi_row(std::span<std::uint8_t> row, int channels) {
  if (channels < 3) return;
  for (std::size_t at = 0; at + std::size_t(channels) <= row.size(); at += std::size_t(channels)) {
    std::swap(row[at], row[at + 2]);
    const unsigned alpha = channels == 4 ? row[at + 3] : 255;
    if (alpha == 0 || alpha == 255) continue;
    for (std::size_t c = 0; c < 3; ++c)
      row[at + c] = std::uint8_t(std::min((row[at + c] * 255 + alpha / 2) / alpha, 255u));
  }
}

}  // namespace noiseglass
