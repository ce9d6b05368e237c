#include "io/bytes.h"
#include "io/exif.h"
#include "io/formats/canvas.h"

#include <webp/decode.h>
#include <webp/demux.h>

#include <memory>

namespace noiseglass {
namespace {

using Demuxer = std::unique_ptr<WebPDemuxer, decltype(&WebPDemuxDelete)>;

std::vector<char> chunk(const WebPDemuxer* demuxer, const char* name) {
  WebPChunkIterator found;
  std::vector<char> content;
  if (WebPDemuxGetChunk(demuxer, name, 1, &found))
    content.assign(found.chunk.bytes, found.chunk.bytes + found.chunk.size);
  WebPDemuxReleaseChunkIterator(&found);
  return content;
}

/// RGBA of the whole canvas: an animation's first frame may cover a part of it.
class FirstFrame {
 public:
  FirstFrame(const PictureFile& file, const WebPDemuxer* demuxer, int width, int height);
  bool has_alpha() const { return alpha_; }
  const std::uint8_t* row(int y) const { return &pixels_[std::size_t(y) * row_bytes_]; }

 private:
  std::vector<std::uint8_t> pixels_;
  std::size_t row_bytes_;
  bool alpha_ = false;
};

FirstFrame::FirstFrame(const PictureFile& file, const WebPDemuxer* demuxer, int width, int height) {
  WebPIterator frame;
  const int found = WebPDemuxGetFrame(demuxer, 1, &frame);
  const std::unique_ptr<WebPIterator, void (*)(WebPIterator*)> owner(&frame, WebPDemuxReleaseIterator);
  if (!found || !frame.complete) throw cut_short(file);
  const bool inside = frame.x_offset >= 0 && frame.y_offset >= 0 && frame.width <= width - frame.x_offset &&
                      frame.height <= height - frame.y_offset;
  WebPBitstreamFeatures features;
  if (!inside || WebPGetFeatures(frame.fragment.bytes, frame.fragment.size, &features) != VP8_STATUS_OK ||
      features.width != frame.width || features.height != frame.height)
    throw damaged(file, "its frames do not fit together");
  alpha_ = features.has_alpha || frame.width < width || frame.height < height;
  const std::size_t channels = alpha_ ? 4 : 3;
  row_bytes_ = std::size_t(width) * channels;
  pixels_.resize(row_bytes_ * std::size_t(height));
  std::uint8_t* start = &pixels_[std::size_t(frame.y_offset) * row_bytes_ + std::size_t(frame.x_offset) * channels];
  const std::size_t room = pixels_.size() - std::size_t(start - pixels_.data());
  const auto decode = alpha_ ? WebPDecodeRGBAInto : WebPDecodeRGBInto;
  if (!decode(frame.fragment.bytes, frame.fragment.size, start, room, int(row_bytes_)))
    throw damaged(file, "its compressed data do not fit together");
}

}  // namespace

bool is_webp(std::span<const char> bytes) {
  const Bytes file(bytes);
  return file.has(0, "RIFF") && file.has(8, "WEBP");
}

ByteImage decode_webp(const PictureFile& file) {
  const WebPData data{reinterpret_cast<const std::uint8_t*>(file.bytes.data()), file.bytes.size()};
  WebPDemuxState state;
  const Demuxer demuxer(WebPDemuxPartial(&data, &state), WebPDemuxDelete);
  if (!demuxer && state == WEBP_DEMUX_PARSE_ERROR) throw damaged(file, "its parts do not fit together");
  if (!demuxer || state < WEBP_DEMUX_PARSED_HEADER) throw cut_short(file);
  Stored stored;
  stored.width = int(WebPDemuxGetI(demuxer.get(), WEBP_FF_CANVAS_WIDTH));
  stored.height = int(WebPDemuxGetI(demuxer.get(), WEBP_FF_CANVAS_HEIGHT));
  check_sides(file, stored.width, stored.height);
  const FirstFrame frame(file, demuxer.get(), stored.width, stored.height);
  stored.samples = frame.has_alpha() ? Samples::rgba : Samples::rgb;
  stored.colour.icc = chunk(demuxer.get(), "ICCP");
  const std::vector<char> exif = chunk(demuxer.get(), "EXIF");
  stored.orientation = exif_orientation(exif);
  Canvas canvas(file, stored);
  for (int y = 0; y < stored.height; ++y) canvas.put_row(y, frame.row(y));
  return canvas.finish();
}

}  // namespace noiseglass
