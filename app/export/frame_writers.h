#pragma once

#include "export/animation.h"

#include <memory>
#include <string>

namespace noiseglass::exports {

/// Where an animation goes, picture by picture. Unless it is finished, nothing of it is left.
class FrameWriter {
 public:
  virtual ~FrameWriter() = default;
  virtual void add(const AnimationFrame& frame) = 0;
  virtual void finish(const Work& work) = 0;
};

/// @param format gif, webm, mp4 or folder  @param rate beats a second
/// @throws Error with a sentence where the format needs a program that is not there
std::unique_ptr<FrameWriter> make_frame_writer(const std::string& format, const std::string& out, double rate);

}  // namespace noiseglass::exports
