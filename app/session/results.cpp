#include "session/results.h"

#include "session/text.h"

#include "noiseglass/similarity.h"

#include <algorithm>

namespace noiseglass::app {

HalfImage to_half(const Image& image) {
  HalfImage half{image.shape, std::vector<Eigen::half>(image.data.size())};
  std::transform(image.data.begin(), image.data.end(), half.data.begin(), [](float v) { return Eigen::half(v); });
  return half;
}

Image to_image(const HalfImage& half) {
  Image image(half.shape);
  std::transform(half.data.begin(), half.data.end(), image.data.begin(), [](Eigen::half v) { return float(v); });
  return image;
}

Quality compare(const Image& image, const Image& original) {
  Quality quality;
  quality.psnr = psnr_db(image, original);
  if (std::min(image.shape.height, image.shape.width) >= ssim_window) quality.ssim = ssim(image, original);
  return quality;
}

std::string to_string(const Quality& quality) {
  return "PSNR " + fixed(quality.psnr, 1) + " dB" + (quality.ssim ? ", SSIM " + fixed(*quality.ssim, 2) : "");
}

const RunFrame* Run::at(double t) const {
  const RunFrame* found = nullptr;
  for (const auto& frame : frames)
    if (!found || frame->t >= t) found = frame.get();
  return found;
}

const RunFrame* Run::after(const RunFrame& frame) const {
  for (const auto& other : frames)
    if (other->t < frame.t) return other.get();
  return nullptr;
}

}  // namespace noiseglass::app
