#include "io/bytes.h"
#include "io/exif.h"
#include "io/formats/canvas.h"

#include "noiseglass/limits.h"

#include <csetjmp>
#include <cstdio>  // jpeglib.h needs it
#include <cstdlib>
#include <new>

#include <jerror.h>
#include <jpeglib.h>

namespace noiseglass {
namespace {

/// libjpeg-turbo over bytes in memory. Each call of the library is guarded on its own, so that its jumps cross no frame
/// of ours.
class JpegReader {
 public:
  explicit JpegReader(const PictureFile& file);
  ~JpegReader() { jpeg_destroy_decompress(&info_); }
  JpegReader(const JpegReader&) = delete;
  JpegReader& operator=(const JpegReader&) = delete;

  ByteImage read();

 private:
  template <class Work>
  void guarded(Work work) {
    if (setjmp(jump_)) fail();
    work();
  }
  [[noreturn]] void fail() const {
    if (file_.stop.stop_requested()) throw Cancelled();
    if (errors_.msg_code == JERR_OUT_OF_MEMORY) throw std::bad_alloc();
    if (ran_out_) throw cut_short(file_);
    throw unreadable(file_, why_);
  }
  static JpegReader& self(j_common_ptr info) { return *static_cast<JpegReader*>(info->client_data); }
  [[noreturn]] static void on_error(j_common_ptr info) {
    char text[JMSG_LENGTH_MAX];
    info->err->format_message(info, text);
    self(info).why_ = text;
    std::longjmp(self(info).jump_, 1);
  }
  static void on_message(j_common_ptr info, int level);
  static boolean on_empty(j_decompress_ptr info);
  static void on_skip(j_decompress_ptr info, long count);
  static void on_progress(j_common_ptr info);

  Stored read_header();
  ColourSpace colour_space();
  int orientation() const;
  bool every_scan_came() const;
  void invert_ink(std::vector<std::uint8_t>& row) const;

  const PictureFile& file_;
  jpeg_decompress_struct info_{};
  jpeg_error_mgr errors_{};
  jpeg_source_mgr source_{};
  jpeg_progress_mgr progress_{};
  std::jmp_buf jump_;
  std::string why_;
  bool ran_out_ = false, data_damaged_ = false;
};

/// Some warnings change nothing (bytes too many, odd markers); after the others pixels are guesses.
void JpegReader::on_message(j_common_ptr info, int level) {
  if (level >= 0) return;
  switch (info->err->msg_code) {
    case JWRN_ADOBE_XFORM:
    case JWRN_BOGUS_PROGRESSION:
    case JWRN_EXTRANEOUS_DATA:
    case JWRN_JFIF_MAJOR:
    case JWRN_JPEG_EOF:  // what is missing shows in other warnings
    case JWRN_NOT_SEQUENTIAL:
    case JWRN_TOO_MUCH_DATA:
      break;
    default:
      self(info).data_damaged_ = true;
  }
}

/// Where the bytes end an end marker is made up: whether pixels are missing then shows in warnings.
boolean JpegReader::on_empty(j_decompress_ptr info) {
  static const JOCTET end[] = {0xFF, JPEG_EOI};
  self(reinterpret_cast<j_common_ptr>(info)).ran_out_ = true;
  info->src->next_input_byte = end;
  info->src->bytes_in_buffer = sizeof end;
  return TRUE;
}

void JpegReader::on_skip(j_decompress_ptr info, long count) {
  jpeg_source_mgr& source = *info->src;
  if (count <= 0) return;
  const std::size_t skipped = std::min(std::size_t(count), source.bytes_in_buffer);
  if (skipped < std::size_t(count)) self(reinterpret_cast<j_common_ptr>(info)).ran_out_ = true;
  source.next_input_byte += skipped;
  source.bytes_in_buffer -= skipped;
}

void JpegReader::on_progress(j_common_ptr info) {
  JpegReader& reader = self(info);
  const bool stopped = reader.file_.stop.stop_requested();
  if (!stopped && reader.info_.input_scan_number <= limits::jpeg_scans) return;
  reader.why_ = "more than " + std::to_string(limits::jpeg_scans) + " scans";
  std::longjmp(reader.jump_, 1);
}

JpegReader::JpegReader(const PictureFile& file) : file_(file) {
  info_.err = jpeg_std_error(&errors_);
  info_.client_data = this;
  errors_.error_exit = on_error;
  errors_.emit_message = on_message;
  guarded([&] {
    jpeg_create_decompress(&info_);  // keeps err and client_data
    info_.mem->max_memory_to_use = limits::jpeg_bytes;
    source_.init_source = [](j_decompress_ptr) {};
    source_.fill_input_buffer = on_empty;
    source_.skip_input_data = on_skip;
    source_.resync_to_restart = jpeg_resync_to_restart;
    source_.term_source = [](j_decompress_ptr) {};
    source_.next_input_byte = reinterpret_cast<const JOCTET*>(file_.bytes.data());
    source_.bytes_in_buffer = file_.bytes.size();
    info_.src = &source_;
    progress_.progress_monitor = on_progress;
    info_.progress = &progress_;
    jpeg_save_markers(&info_, JPEG_APP0 + 1, 0xFFFF);  // EXIF
    jpeg_save_markers(&info_, JPEG_APP0 + 2, 0xFFFF);  // ICC
  });
}

Stored JpegReader::read_header() {
  guarded([&] { jpeg_read_header(&info_, TRUE); });
  check_sides(file_, info_.image_width, info_.image_height);
  Stored stored;
  stored.width = int(info_.image_width);
  stored.height = int(info_.image_height);
  switch (info_.jpeg_color_space) {
    case JCS_GRAYSCALE:
      info_.out_color_space = JCS_GRAYSCALE;
      stored.samples = Samples::grey;
      break;
    case JCS_RGB:
    case JCS_YCbCr:
      info_.out_color_space = JCS_RGB;
      stored.samples = Samples::rgb;
      break;
    case JCS_CMYK:
    case JCS_YCCK:
      info_.out_color_space = JCS_CMYK;
      stored.samples = Samples::cmyk;
      break;
    default:
      throw unreadable(file_, std::to_string(info_.num_components) + " channels of an unknown kind");
  }
  stored.colour = colour_space();
  stored.orientation = orientation();
  return stored;
}

ColourSpace JpegReader::colour_space() {
  ColourSpace space;
  JOCTET* profile = nullptr;
  unsigned size = 0;
  guarded([&] { jpeg_read_icc_profile(&info_, &profile, &size); });
  data_damaged_ = false;  // a bad profile is left out, and the picture is none the worse
  if (!profile) return space;
  const std::unique_ptr<JOCTET, void (*)(void*)> owner(profile, std::free);
  space.icc.assign(profile, profile + size);
  return space;
}

int JpegReader::orientation() const {
  for (const jpeg_marker_struct* marker = info_.marker_list; marker; marker = marker->next) {
    const std::span<const char> data(reinterpret_cast<const char*>(marker->data), marker->data_length);
    if (marker->marker == JPEG_APP0 + 1 && Bytes(data).has(0, std::string_view("Exif\0\0", 6)))
      return exif_orientation(data);
  }
  return 1;
}

/// For a picture in several scans whose end marker is missing: progressive files say how exact each coefficient is by
/// now.
bool JpegReader::every_scan_came() const {
  if (!info_.coef_bits) return false;
  for (int component = 0; component < info_.num_components; ++component)
    for (int k = 0; k < DCTSIZE2; ++k)
      if (info_.coef_bits[component][k] != 0) return false;
  return true;
}

/// By Adobe's convention, which files without Adobe's marker follow too, CMYK is stored as light and not as ink.
void JpegReader::invert_ink(std::vector<std::uint8_t>& row) const {
  if (info_.out_color_space != JCS_CMYK) return;
  for (std::uint8_t& value : row) value = std::uint8_t(255 - value);
}

ByteImage JpegReader::read() {
  const Stored stored = read_header();
  Canvas canvas(file_, stored);
  guarded([&] { jpeg_start_decompress(&info_); });
  if (ran_out_ && jpeg_has_multiple_scans(&info_) && !every_scan_came()) throw cut_short(file_);
  std::vector<std::uint8_t> row(canvas.row_bytes());
  for (int y = 0; y < stored.height && !data_damaged_; ++y) {
    JSAMPROW rows[] = {row.data()};
    guarded([&] { jpeg_read_scanlines(&info_, rows, 1); });
    invert_ink(row);
    canvas.put_row(y, row.data());
  }
  if (data_damaged_) throw ran_out_ ? cut_short(file_) : damaged(file_, "its compressed data do not fit together");
  return canvas.finish();
}

}  // namespace

bool is_jpeg(std::span<const char> file) { return Bytes(file).has(0, "\xFF\xD8\xFF"); }

ByteImage decode_jpeg(const PictureFile& file) { return JpegReader(file).read(); }

}  // namespace noiseglass
