#include "export/frame_writers.h"

#include "export/gif.h"
#include "export/video.h"
#include "export/whole_folder.h"

#include "noiseglass/files.h"

#include <cstdio>
#include <optional>

namespace noiseglass::exports {
namespace {

class GifWriter : public FrameWriter {
 public:
  GifWriter(std::string out, double rate) : out_(std::move(out)), rate_(rate) {}

  void add(const AnimationFrame& frame) override {
    if (!gif_) gif_.emplace(frame.picture.shape.width, frame.picture.shape.height);
    gif_->add(frame.picture, frame.beats / rate_);
  }
  void finish(const Work&) override { write_whole(out_, gif_->finish()); }

 private:
  std::string out_;
  double rate_;
  std::optional<Gif> gif_;
};

/// 000_t1000.png …
class FolderWriter : public FrameWriter {
 public:
  explicit FolderWriter(const std::string& out) : folder_(out) {}

  void add(const AnimationFrame& frame) override {
    char name[32];
    std::snprintf(name, sizeof name, "%03d_t%04d.png", count_++, frame.t);
    write_png(folder_.file(name), frame.picture);
  }
  void finish(const Work&) override { folder_.finish(); }

 private:
  WholeFolder folder_;
  int count_ = 0;
};

class VideoWriter : public FrameWriter {
 public:
  VideoWriter(std::string format, std::string out, double rate)
      : out_(std::move(out)), video_(std::move(format), rate) {}

  void add(const AnimationFrame& frame) override {
    for (int i = 0; i < frame.beats; ++i) video_.add(frame.picture);
  }
  void finish(const Work& work) override { write_whole(out_, video_.finish(work.stop)); }

 private:
  std::string out_;
  Video video_;
};

}  // namespace

std::unique_ptr<FrameWriter> make_frame_writer(const std::string& format, const std::string& out, double rate) {
  if (format == "gif") return std::make_unique<GifWriter>(out, rate);
  if (format == "folder") return std::make_unique<FolderWriter>(out);
  return std::make_unique<VideoWriter>(format, out, rate);
}

}  // namespace noiseglass::exports
