#include "io/bytes.h"
#include "io/exif.h"
#include "io/formats/canvas.h"
#include "io/formats/cgbi.h"

#include <png.h>

#include <bit>
#include <cmath>
#include <csetjmp>
#include <cstring>
#include <string>

namespace noiseglass {
namespace {

/// libpng over bytes in memory. Each call of the library is guarded on its own, so that its jumps cross no frame of
/// ours.
class PngReader {
 public:
  PngReader(const PictureFile& file, std::span<const char> bytes) : file_(file), bytes_(bytes) {
    png_ = png_create_read_struct(PNG_LIBPNG_VER_STRING, this, on_error, [](png_structp, png_const_charp) {});
    info_ = png_ ? png_create_info_struct(png_) : nullptr;
    if (!info_) {
      png_destroy_read_struct(&png_, nullptr, nullptr);
      throw std::bad_alloc();
    }
    png_set_read_fn(png_, this, on_read);
    png_set_user_limits(png_, PNG_UINT_31_MAX, PNG_UINT_31_MAX);  // refused with a sentence of ours
    png_set_chunk_malloc_max(png_, png_alloc_size_t(16) << 20);
  }
  ~PngReader() { png_destroy_read_struct(&png_, &info_, nullptr); }
  PngReader(const PngReader&) = delete;
  PngReader& operator=(const PngReader&) = delete;

  ByteImage read(bool from_iphone);

 private:
  template <class Work>
  void guarded(Work work) {
    if (setjmp(jump_)) fail();
    work();
  }
  [[noreturn]] void fail() const {
    if (ran_out_) throw cut_short(file_);
    const bool checksum = why_.find("CRC") != why_.npos || why_.find("incorrect data check") != why_.npos;
    if (checksum) throw damaged(file_, "a checksum does not match its data");
    throw unreadable(file_, why_);
  }
  [[noreturn]] static void on_error(png_structp png, png_const_charp message) {
    auto& self = *static_cast<PngReader*>(png_get_error_ptr(png));
    self.why_ = message;
    std::longjmp(self.jump_, 1);
  }
  static void on_read(png_structp png, png_bytep out, png_size_t count) {
    auto& self = *static_cast<PngReader*>(png_get_io_ptr(png));
    if (count > self.bytes_.size() - self.at_) {
      self.ran_out_ = true;
      png_error(png, "ran out");
    }
    std::memcpy(out, self.bytes_.data() + self.at_, count);
    self.at_ += count;
  }

  Stored read_header();
  ColourSpace colour_space() const;
  void read_rows(Canvas& canvas, int height, bool interlaced, Samples samples, bool from_iphone);
  int orientation() const;

  const PictureFile& file_;
  std::span<const char> bytes_;
  std::size_t at_ = 0;
  png_structp png_ = nullptr;
  png_infop info_ = nullptr;
  std::jmp_buf jump_;
  std::string why_;
  bool ran_out_ = false;
};

Stored PngReader::read_header() {
  guarded([&] { png_read_info(png_, info_); });
  check_sides(file_, png_get_image_width(png_, info_), png_get_image_height(png_, info_));
  guarded([&] {
    png_set_expand(png_);  // palettes, fewer than 8 bits, transparent colours
    if (std::endian::native == std::endian::little) png_set_swap(png_);
    png_set_interlace_handling(png_);
    png_read_update_info(png_, info_);
  });
  Stored stored;
  stored.width = int(png_get_image_width(png_, info_));
  stored.height = int(png_get_image_height(png_, info_));
  stored.bits = png_get_bit_depth(png_, info_);
  const int type = png_get_color_type(png_, info_);
  stored.samples = type == PNG_COLOR_TYPE_GRAY         ? Samples::grey
                   : type == PNG_COLOR_TYPE_GRAY_ALPHA ? Samples::grey_alpha
                   : type == PNG_COLOR_TYPE_RGB        ? Samples::rgb
                                                       : Samples::rgba;
  stored.colour = colour_space();
  return stored;
}

ColourSpace PngReader::colour_space() const {
  ColourSpace space;
  png_charp name = nullptr;
  png_bytep profile = nullptr;
  png_uint_32 size = 0;
  int compression = 0;
  if (png_get_iCCP(png_, info_, &name, &compression, &profile, &size)) space.icc.assign(profile, profile + size);
  if (png_get_valid(png_, info_, PNG_INFO_sRGB)) return space;
  png_get_gAMA(png_, info_, &space.gamma);
  auto& c = space.chromaticities;
  png_get_cHRM(png_, info_, &c[0], &c[1], &c[2], &c[3], &c[4], &c[5], &c[6], &c[7]);
  return space;
}

void PngReader::read_rows(Canvas& canvas, int height, bool interlaced, Samples samples, bool from_iphone) {
  const std::size_t size = canvas.row_bytes();
  std::vector<std::uint8_t> rows(interlaced ? size * std::size_t(height) : size);
  if (interlaced) {
    std::vector<png_bytep> starts;
    for (int y = 0; y < height; ++y) starts.push_back(&rows[size * std::size_t(y)]);
    guarded([&] { png_read_image(png_, starts.data()); });
  }
  for (int y = 0; y < height; ++y) {
    std::uint8_t* row = &rows[interlaced ? size * std::size_t(y) : 0];
    if (!interlaced) guarded([&] { png_read_row(png_, row, nullptr); });
    if (from_iphone) restore_cgbi_row({row, size}, channels_of(samples));
    canvas.put_row(y, row);
  }
}

int PngReader::orientation() const {
  png_uint_32 size = 0;
  png_bytep block = nullptr;
  if (!png_get_eXIf_1(png_, info_, &size, &block)) return 1;
  return exif_orientation({reinterpret_cast<const char*>(block), size});
}

ByteImage PngReader::read(bool from_iphone) {
  const Stored stored = read_header();
  Canvas canvas(file_, stored);
  const bool interlaced = png_get_interlace_type(png_, info_) != PNG_INTERLACE_NONE;
  read_rows(canvas, stored.height, interlaced, stored.samples, from_iphone);
  try {  // the checksum of the last data, and EXIF data that stand behind the picture
    guarded([&] { png_read_end(png_, info_); });
  } catch (const Error&) {
    if (!ran_out_) throw;  // every pixel is there
  }
  canvas.set_orientation(orientation());
  return canvas.finish();
}

}  // namespace

bool is_png(std::span<const char> file) { return Bytes(file).has(0, "\x89PNG\r\n\x1A\n"); }

ByteImage decode_png(const PictureFile& file) {
  if (!is_cgbi(file.bytes)) return PngReader(file, file.bytes).read(false);
  return PngReader(file, png_from_cgbi(file)).read(true);
}

}  // namespace noiseglass
