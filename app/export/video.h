#pragma once

#include "noiseglass/image.h"

#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace noiseglass::exports {

/// A film, encoded by the program ffmpeg.
class Video {
 public:
  /// @param format webm or mp4  @param rate pictures a second
  /// @throws Error with a sentence when there is no ffmpeg
  Video(std::string format, double rate);
  ~Video();  ///< gives up what is not finished
  /// @param image RGB, all of one size with even sides
  void add(const ByteImage& image);
  std::vector<char> finish(std::stop_token stop = {});

 private:
  struct Encoder;

  std::string format_;
  double rate_;
  std::unique_ptr<Encoder> encoder_;
};

/// Whether the program ffmpeg is there.
bool has_ffmpeg();

}  // namespace noiseglass::exports
