#include "io/formats/canvas.h"

#include "io/exif.h"

#include <algorithm>

namespace noiseglass {
namespace {

/// To 8 bits, rounded to nearest.
std::uint8_t to_byte(std::uint8_t value) { return value; }
std::uint8_t to_byte(std::uint16_t value) { return std::uint8_t((value * 255u + 32767u) / 65535u); }

/// `value` with coverage `alpha` over `background`, on the stored values, rounded to nearest.
std::uint8_t over(std::uint8_t value, std::uint8_t alpha, std::uint8_t background) {
  return std::uint8_t((value * alpha + background * (255 - alpha) + 127) / 255);
}

/// Ink on white paper. What presses do is more than this, and is in the profile of files that care.
std::uint8_t without_ink(std::uint8_t ink, std::uint8_t black) {
  return std::uint8_t(((255 - ink) * (255 - black) + 127) / 255);
}

template <class Value>
void copy_colours(const Value* in, std::uint8_t* out, int pixels, int channels, int colours) {
  for (int i = 0; i < pixels; ++i, in += channels)
    for (int c = 0; c < colours; ++c) *out++ = to_byte(in[c]);
}

template <class Value>
std::uint8_t last_of(const void* samples, int pixel, int channels) {
  return to_byte(static_cast<const Value*>(samples)[std::size_t(pixel) * channels + channels - 1]);
}

}  // namespace

Canvas::Canvas(const PictureFile& file, const Stored& stored) : file_(file), stored_(stored) {
  check_sides(file, stored.width, stored.height);
  convert_ = ToSrgb::make(stored.colour, stored.samples, stored.bits);
  const Rgb& behind = file.background;
  const bool grey_background = behind[0] == behind[1] && behind[1] == behind[2];
  colours_ = is_grey(stored.samples) ? 1 : 3;
  const bool grey = colours_ == 1 && (!has_alpha(stored.samples) || grey_background);
  image_.shape = {stored.height, stored.width, grey ? 1 : 3};
  image_.data.reserve(image_.shape.size());
  row_.resize(std::size_t(stored.width) * std::size_t(colours_));
}

void Canvas::put_row(int y, const void* samples) {
  if (file_.stop.stop_requested()) throw Cancelled();
  const std::size_t size = std::size_t(stored_.width) * std::size_t(image_.shape.channels);
  const std::size_t at = std::size_t(y) * size;
  // Memory is touched as rows come: a small file that claims to be large costs nothing.
  if (image_.data.size() < at + size) image_.data.resize(at + size);
  std::uint8_t* out = image_.data.data() + at;
  if (has_alpha(stored_.samples)) {
    write_colours(samples, row_.data());
    lay_over(samples, out);
  } else {
    write_colours(samples, out);
  }
  ++rows_done_;
  if (file_.progress) file_.progress(double(rows_done_) / stored_.height);
}

void Canvas::write_colours(const void* samples, std::uint8_t* out) const {
  const int channels = channels_of(stored_.samples);
  if (convert_) {
    convert_->convert(samples, out, stored_.width);
  } else if (stored_.samples == Samples::cmyk) {
    const auto* ink = static_cast<const std::uint8_t*>(samples);
    for (int x = 0; x < stored_.width; ++x, ink += 4)
      for (int c = 0; c < 3; ++c) *out++ = without_ink(ink[c], ink[3]);
  } else if (stored_.bits == 16) {
    copy_colours(static_cast<const std::uint16_t*>(samples), out, stored_.width, channels, colours_);
  } else {
    copy_colours(static_cast<const std::uint8_t*>(samples), out, stored_.width, channels, colours_);
  }
}

void Canvas::lay_over(const void* samples, std::uint8_t* out) const {
  const int channels = channels_of(stored_.samples);
  for (int x = 0; x < stored_.width; ++x) {
    const std::uint8_t alpha =
        stored_.bits == 16 ? last_of<std::uint16_t>(samples, x, channels) : last_of<std::uint8_t>(samples, x, channels);
    for (int c = 0; c < image_.shape.channels; ++c)
      *out++ =
          over(row_[std::size_t(x * colours_ + std::min(c, colours_ - 1))], alpha, file_.background[std::size_t(c)]);
  }
}

ByteImage Canvas::finish() {
  if (file_.stop.stop_requested()) throw Cancelled();
  if (stored_.orientation == 1) return std::move(image_);
  return turn_upright(image_, stored_.orientation);
}

}  // namespace noiseglass
