#include "io/formats/bmp_rle.h"

#include "io/bytes.h"

namespace noiseglass {
namespace {

class Unpacker {
 public:
  Unpacker(std::span<const char> data, std::uint32_t bits, int width, int height)
      : data_(data), bits_(bits), each_(bits == 24 ? 3 : 1), width_(std::size_t(width)), height_(std::size_t(height)) {
    pixels_.resize(width_ * height_ * each_);
  }

  bool run();
  std::vector<std::uint8_t> take() { return std::move(pixels_); }

 private:
  void repeat(std::size_t count);
  void literal(std::size_t count);
  void put(std::size_t at, std::size_t nibble);

  Bytes data_;
  std::uint32_t bits_;
  std::size_t each_, width_, height_, at_ = 0, x_ = 0, y_ = 0;
  std::vector<std::uint8_t> pixels_;
};

/// One pixel; what reaches beyond its row is dropped. @param at of its first byte @param nibble of two in a byte
void Unpacker::put(std::size_t at, std::size_t nibble) {
  if (x_ < width_ && y_ < height_) {
    std::uint8_t* out = &pixels_[(y_ * width_ + x_) * each_];
    for (std::size_t c = 0; c < each_; ++c) out[c] = std::uint8_t(data_.u8(at + c));
    if (bits_ == 4) out[0] = nibble == 0 ? out[0] >> 4 : out[0] & 15;
  }
  ++x_;
}

void Unpacker::repeat(std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) put(at_, i % 2);
  at_ += each_;
}

void Unpacker::literal(std::size_t count) {
  const std::size_t size = bits_ == 4 ? (count + 1) / 2 : count * each_;
  for (std::size_t i = 0; i < count; ++i) put(at_ + (bits_ == 4 ? i / 2 : i * each_), i % 2);
  at_ += size + size % 2;
}

bool Unpacker::run() {
  while (at_ + 1 < data_.size()) {
    const std::size_t count = data_.u8(at_), code = data_.u8(at_ + 1);
    if (count > 0) {
      ++at_;
      repeat(count);
      continue;
    }
    at_ += 2;
    if (code == 1) return true;
    if (code == 0) {
      x_ = 0;
      ++y_;
    } else if (code == 2) {
      x_ += data_.u8(at_);
      y_ += data_.u8(at_ + 1);
      at_ += 2;
    } else {
      literal(code);
    }
    if (y_ >= height_) return true;
  }
  return at_ <= data_.size() && (y_ + 1 == height_ && x_ >= width_);  // complete but for the end mark
}

}  // namespace

std::optional<std::vector<std::uint8_t>> unpack_bmp_rle(std::span<const char> data, std::uint32_t bits, int width,
                                                        int height) {
  Unpacker unpacker(data, bits, width, height);
  if (!unpacker.run()) return std::nullopt;
  return unpacker.take();
}

}  // namespace noiseglass
