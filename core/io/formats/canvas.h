#pragma once

#include "io/formats/colour.h"
#include "io/formats/formats.h"

#include <memory>
#include <vector>

namespace noiseglass {

/// How a picture is stored.
struct Stored {
  int width = 0, height = 0;
  Samples samples = Samples::rgb;
  int bits = 8;  ///< or 16, in the machine's order
  ColourSpace colour;
  int orientation = 1;  ///< EXIF
};

/// Rows as a decoder yields them become the picture that is shown: sRGB, 8 bits, alpha over the background, upright. No
/// whole copy in the file's own format is ever held.
class Canvas {
 public:
  /// @throws Error when a picture of that size is not taken
  Canvas(const PictureFile& file, const Stored& stored);

  /// Each row once, in any order. @param samples of the kind that was announced
  /// @throws Cancelled
  void put_row(int y, const void* samples);
  std::size_t row_bytes() const { return std::size_t(stored_.width) * channels_of(stored_.samples) * stored_.bits / 8; }

  /// EXIF; some files tell it behind the picture.
  void set_orientation(int orientation) { stored_.orientation = orientation; }
  ByteImage finish();

 private:
  void write_colours(const void* samples, std::uint8_t* out) const;
  void lay_over(const void* samples, std::uint8_t* out) const;

  const PictureFile& file_;
  Stored stored_;
  std::unique_ptr<const ToSrgb> convert_;
  int colours_ = 3;  ///< channels of a row without its alpha
  std::vector<std::uint8_t> row_;
  ByteImage image_;
  int rows_done_ = 0;
};

}  // namespace noiseglass
