#include "export/video.h"

#include "noiseglass/error.h"
#include "noiseglass/files.h"
#include "noiseglass/platform.h"

#include <chrono>
#include <filesystem>
#include <sstream>
#include <thread>
#include <utility>

namespace noiseglass::exports {
namespace {

namespace fs = std::filesystem;

/// A folder that goes with all that is in it.
class TemporaryFolder {
 public:
  TemporaryFolder() try : path_(platform::make_temporary_folder()) {
  } catch (const fs::filesystem_error&) {
    throw Error("Temporary files cannot be written: check the system's folder for them.");
  }
  ~TemporaryFolder() {
    std::error_code error;
    fs::remove_all(path_, error);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  std::string file(const std::string& name) const { return (path_ / name).string(); }

 private:
  fs::path path_;
};

std::string last_line(const std::string& file) {
  std::string last = "it gave no reason";
  try {
    const std::vector<char> bytes = read_whole(file);
    std::istringstream lines(std::string(bytes.begin(), bytes.end()));
    for (std::string line; std::getline(lines, line);)
      if (!line.empty()) last = line;
  } catch (const Error&) {
  }
  return last;
}

std::vector<std::string> arguments(const std::string& format, double rate, Shape shape, const std::string& out) {
  const std::string size = std::to_string(shape.width) + "x" + std::to_string(shape.height);
  std::vector<std::string> all = {"ffmpeg",
                                  "-hide_banner",
                                  "-loglevel",
                                  "error",
                                  "-y",
                                  "-f",
                                  "rawvideo",
                                  "-pix_fmt",
                                  "rgb24",
                                  "-s",
                                  size,
                                  "-r",
                                  std::to_string(rate),
                                  "-i",
                                  "pipe:0",
                                  "-an",
                                  "-vf",
                                  "scale=out_color_matrix=bt709:out_range=tv"};
  const std::vector<std::string> webm = {"-c:v",      "libvpx-vp9", "-crf",      "24", "-b:v",    "0",
                                         "-deadline", "good",       "-cpu-used", "4",  "-row-mt", "1"};
  const std::vector<std::string> mp4 = {"-c:v",    "libx264", "-crf",      "18",
                                        "-preset", "medium",  "-movflags", "+faststart"};
  for (const std::string& one : format == "webm" ? webm : mp4) all.push_back(one);
  for (const char* one :
       {"-pix_fmt", "yuv420p", "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-f"})
    all.emplace_back(one);
  all.push_back(format);
  all.push_back(out);
  return all;
}

}  // namespace

bool has_ffmpeg() { return platform::has_program("ffmpeg"); }

/// The program at work: raw pictures go in.
struct Video::Encoder {
  TemporaryFolder folder;
  Shape shape;
  platform::Process process;

  Encoder(const std::string& format, double rate, Shape of)
      : shape(of), process(arguments(format, rate, of, folder.file("film." + format)), folder.file("log")) {}
  [[noreturn]] void fail() const {
    throw Error("ffmpeg could not encode this video: " + last_line(folder.file("log")) + ".");
  }
  /// Until the program has ended. @returns whether all went well
  bool wait(const std::stop_token& stop = {}) {
    process.end_of_input();
    std::optional<bool> ended;
    for (bool killed = false; !(ended = process.ended());) {
      if (stop.stop_requested() && !std::exchange(killed, true)) process.kill();
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return *ended;
  }
};

Video::Video(std::string format, double rate) : format_(std::move(format)), rate_(rate) {
  if (!has_ffmpeg())
    throw Error("A ." + format_ +
                " needs the program ffmpeg, which is not installed (Debian: apt-get install ffmpeg); "
                "a .gif needs nothing.");
}

Video::~Video() = default;

void Video::add(const ByteImage& image) {
  if (!encoder_) encoder_ = std::make_unique<Encoder>(format_, rate_, image.shape);
  if (!encoder_->process.started()) encoder_->fail();
  if (image.shape != encoder_->shape) throw Error("All pictures of a video must have the same size.");
  if (encoder_->process.give(image.data)) return;
  encoder_->wait();  // what it has to say is in its log by then
  encoder_->fail();
}

std::vector<char> Video::finish(std::stop_token stop) {
  if (!encoder_->wait(stop)) {
    if (stop.stop_requested()) throw Cancelled();
    encoder_->fail();
  }
  return read_whole(encoder_->folder.file("film." + format_));
}

}  // namespace noiseglass::exports
