// The best denoiser of those that see only a window: see local_score.h. Blocks of pictures are swept in turn by a few
// threads, each with means of its own, which are put together in the end.

#include "noiseglass/local_score.h"

#include "base/processor.h"
#include "denoisers/denoisers.h"
#include "denoisers/local/sweep.h"
#include "noiseglass/error.h"
#include "noiseglass/noise_level.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdlib>
#include <system_error>
#include <thread>

namespace noiseglass {
namespace local {

namespace portable {
Sweep get();
}
#ifdef __x86_64__
namespace v3 {
Sweep get();
}
namespace v4 {
Sweep get();
}
#endif

std::vector<Sweep> available_sweeps() {
  std::vector<Sweep> all;
#ifdef __x86_64__
  if (has_x86_64_v4()) all.push_back(v4::get());
  if (has_x86_64_v3()) all.push_back(v3::get());
#endif
  all.push_back(portable::get());
  return all;
}

Means::Means(Shape shape)
    : largest(std::size_t(shape.height) * std::size_t(shape.width) * lanes, 2 * nothing),
      weight(largest.size()),
      sum(shape.size() * lanes) {}

Scratch::Scratch(Shape shape)
    : squares(std::size_t(shape.height) * std::size_t(shape.width) * lanes),
      columns(std::size_t(shape.width) * lanes) {}

namespace {

/// The mean over all lanes of all threads.
Eigen::ArrayXd together(const std::vector<Means>& parts, Shape shape) {
  Eigen::ArrayXd mean(Eigen::Index(shape.size()));
  const std::size_t channels = std::size_t(shape.channels), pixels = shape.size() / channels;
  std::vector<double> sum(channels);
  for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
    double largest = 2 * nothing, weight = 0;
    for (const Means& part : parts)
      for (std::size_t k = 0; k < lanes; ++k) largest = std::max(largest, part.largest[pixel * lanes + k]);
    std::ranges::fill(sum, 0);
    for (const Means& part : parts)
      for (std::size_t k = 0; k < lanes; ++k) {
        const double scale = std::exp(part.largest[pixel * lanes + k] - largest);
        weight += scale * double(part.weight[pixel * lanes + k]);
        for (std::size_t c = 0; c < channels; ++c)
          sum[c] += scale * double(part.sum[(pixel * channels + c) * lanes + k]);
      }
    for (std::size_t c = 0; c < channels; ++c) mean[Eigen::Index(pixel * channels + c)] = sum[c] / weight;
  }
  return mean;
}

class LocalDenoiser final : public Denoiser {
 public:
  LocalDenoiser(std::shared_ptr<const LocalPictures> pictures, Reach reach, int threads)
      : pictures_(std::move(pictures)), reach_(reach), threads_(threads) {
    if (!pictures_) throw UsageError("the local denoiser needs pictures to compare with");
    if (reach_.radius < 0) throw UsageError("a pixel cannot see less far than itself: the radius is at least 0");
  }

  Prediction predict(const State& x_t, double log_snr, std::stop_token stop) const override {
    const Shape shape = pictures_->shape();
    denoisers::check_size(x_t, Eigen::Index(shape.size()), "each of the local denoiser's pictures");
    const NoiseLevel level = NoiseLevel::from_log_snr(log_snr);
    const Eigen::ArrayXf asked = x_t.values.cast<float>();
    const Question question{shape,
                            std::min(reach_.radius, whole_reach(shape)),
                            reach_.anywhere,
                            asked.data(),
                            float(level.signal()),
                            1 / (2 * level.variance)};
    std::atomic<std::size_t> next{0};
    std::vector<Means> parts(std::size_t(std::max(1, threads_)), Means(shape));
    std::vector<Scratch> scratch(parts.size(), Scratch(shape));
    const int down = shifts(shape.height, question.radius, question.anywhere);
    const std::size_t rows = std::size_t(2 * down + 1), pieces = pictures_->blocks() * rows;
    const auto work = [&](std::size_t slot) {
      for (std::size_t i = next++; i < pieces && !stop.stop_requested(); i = next++) {
        const std::size_t block = i / rows;
        const int used = int(std::min<std::size_t>(lanes, pictures_->count() - block * lanes));
        sweep_(question, pictures_->block(block), used, int(i % rows) - down, parts[slot], scratch[slot]);
      }
    };
    {
      std::vector<std::jthread> helpers;
      try {
        for (std::size_t slot = 1; slot < parts.size(); ++slot) helpers.emplace_back(work, slot);
      } catch (const std::system_error&) {  // no thread to be had: the caller does it all
      }
      work(0);
    }
    if (stop.stop_requested()) throw Cancelled();
    return Prediction::from_x_0(x_t.values, log_snr, together(parts, shape));
  }

 private:
  std::shared_ptr<const LocalPictures> pictures_;
  Reach reach_;
  int threads_;
  Sweep sweep_ = available_sweeps().front();
};

/// Along one axis: how many places have a window that ends at the borders as that of `at` does.
std::size_t alike(int size, int radius, int at) {
  const bool inside = at - radius >= 0 && at + radius < size;
  return inside ? std::size_t(size - 2 * radius) : 1;
}

}  // namespace
}  // namespace local

int whole_reach(Shape shape) { return std::max(shape.height, shape.width) - 1; }

LocalPictures::LocalPictures(const std::vector<Image>& pictures) : count_(pictures.size()) {
  if (pictures.empty()) throw UsageError("the local denoiser needs at least one picture in its data set");
  shape_ = pictures.front().shape;
  values_.resize(blocks() * shape_.size() * lanes);
  for (std::size_t i = 0; i < count_; ++i) {
    if (pictures[i].shape != shape_ || pictures[i].data.size() != shape_.size())
      throw UsageError("all pictures of the local denoiser's data set must have the same size and channels");
    float* out = &values_[i / lanes * shape_.size() * lanes + i % lanes];
    for (std::size_t j = 0; j < shape_.size(); ++j) out[j * lanes] = pictures[i].data[j];
  }
}

Image LocalPictures::picture(std::size_t index) const {
  Image image(shape_);
  const float* from = block(index / lanes) + index % lanes;
  for (std::size_t j = 0; j < shape_.size(); ++j) image.data[j] = from[j * lanes];
  return image;
}

NearestPlace nearest_of(const LocalPictures& pictures, const Image& image) {
  const std::size_t size = pictures.shape().size();
  if (image.shape != pictures.shape()) throw UsageError("a picture of another size has no nearest one here");
  NearestPlace best{0, -1};
  for (std::size_t i = 0; i < pictures.blocks(); ++i) {
    float squares[LocalPictures::lanes] = {};
    const float* block = pictures.block(i);
    for (std::size_t j = 0; j < size; ++j) {
      const float value = std::clamp(image.data[j], -1.f, 1.f);
      for (std::size_t k = 0; k < LocalPictures::lanes; ++k) {
        const float difference = value - std::clamp(block[j * LocalPictures::lanes + k], -1.f, 1.f);
        squares[k] += difference * difference;
      }
    }
    for (std::size_t k = 0; k < LocalPictures::lanes && i * LocalPictures::lanes + k < pictures.count(); ++k)
      if (best.distance < 0 || double(squares[k]) < best.distance)
        best = {i * LocalPictures::lanes + k, double(squares[k])};
  }
  best.distance = 127.5 * std::sqrt(best.distance / double(size));
  return best;
}

std::size_t patches_seen(const LocalPictures& pictures, Reach reach, int y, int x) {
  if (!reach.anywhere) return pictures.count();
  return pictures.count() * local::alike(pictures.shape().height, reach.radius, y) *
         local::alike(pictures.shape().width, reach.radius, x);
}

std::shared_ptr<const Denoiser> make_local_denoiser(std::shared_ptr<const LocalPictures> pictures, Reach reach,
                                                    int threads) {
  return std::make_shared<local::LocalDenoiser>(std::move(pictures), reach, threads);
}

}  // namespace noiseglass
