#include "session/view_sampling.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace noiseglass::app {
namespace {

struct Span {
  int begin, end;  // source pixels of one screen pixel, never empty
  int centre() const { return (begin + end - 1) / 2; }
};

/// Source pixels behind each of `count` screen pixels that together show the fractions from … to of `size` pixels.
std::vector<Span> spans(double from, double to, int count, int size) {
  std::vector<Span> out(count);
  for (int i = 0; i < count; ++i) {
    const double a = (from + (to - from) * i / count) * size, b = (from + (to - from) * (i + 1) / count) * size;
    const bool shrinks = b - a > 1.0;
    int begin = int(std::floor(shrinks ? a + 0.5 : (a + b) / 2));
    begin = std::clamp(begin, 0, size - 1);
    const int end = shrinks ? std::clamp(int(std::floor(b + 0.5)), begin + 1, size) : begin + 1;
    out[i] = {begin, end};
  }
  return out;
}

template <class Fetch>
Image sample(Shape shape, const ViewRect& view, bool mean, Fetch fetch) {
  const auto rows = spans(view.top, view.bottom, view.height, shape.height);
  const auto columns = spans(view.left, view.right, view.width, shape.width);
  Image out(Shape{view.height, view.width, 3});
  float* pixel = out.data.data();
  for (const Span& row : rows)
    for (const Span& column : columns) {
      const Span y = mean ? row : Span{row.centre(), row.centre() + 1};
      const Span x = mean ? column : Span{column.centre(), column.centre() + 1};
      for (int c = 0; c < 3; ++c) {
        const int channel = std::min(c, shape.channels - 1);
        float sum = 0;
        for (int yy = y.begin; yy < y.end; ++yy)
          for (int xx = x.begin; xx < x.end; ++xx)
            sum += fetch((std::size_t(yy) * shape.width + xx) * shape.channels + channel);
        *pixel++ = sum / float((y.end - y.begin) * (x.end - x.begin));
      }
    }
  return out;
}

}  // namespace

Image sample_clean(const Image& picture, const ViewRect& view) {
  return sample(picture.shape, view, true, [&](std::size_t i) { return picture.data[i]; });
}

Image sample_clean(const ByteImage& picture, const ViewRect& view) {
  return sample(picture.shape, view, true, [&](std::size_t i) { return float(picture.data[i]) / 127.5f - 1.0f; });
}

Image sample_clean(const HalfImage& picture, const ViewRect& view) {
  return sample(picture.shape, view, true, [&](std::size_t i) { return float(picture.data[i]); });
}

Image sample_noise(const Image& noise, const ViewRect& view) {
  return sample(noise.shape, view, false, [&](std::size_t i) { return noise.data[i]; });
}

Image sample_noise(const HalfImage& noise, const ViewRect& view) {
  return sample(noise.shape, view, false, [&](std::size_t i) { return float(noise.data[i]); });
}

Image sample_noise(NoiseKey key, Shape shape, const ViewRect& view) {
  const auto columns = spans(view.left, view.right, view.width, shape.width);
  const std::size_t channels = std::size_t(shape.channels);
  const std::size_t first = std::size_t(columns.front().centre()) * channels;
  const std::size_t count = (std::size_t(columns.back().centre()) + 1) * channels - first;
  if (count > 12 * columns.size())  // a number alone takes as long as that many in a row
    return sample(shape, view, false, [&](std::size_t i) { return gaussian(key, i); });
  std::vector<float> row(count);
  std::size_t filled = shape.size();  // where the row begins; none does there
  return sample(shape, view, false, [&](std::size_t i) {
    const std::size_t wanted = i - i % (std::size_t(shape.width) * channels) + first;
    if (wanted != filled) fill_gaussian(key, filled = wanted, row);
    return row[i - filled];
  });
}

Image NoiseSampler::sample(const NoiseSum& noise, Shape shape, const ViewRect& view) {
  if (noise.size() == 1 && noise[0].weight == 1) return sample_noise(noise[0].key, shape, view);
  Image sum(Shape{view.height, view.width, 3});
  if (noise.empty()) return sum;
  const Key of(shape.height, shape.width, shape.channels, key_of(view), noise[0].key.seed);
  std::map<std::uint64_t, Image> known = std::exchange(parts_, {});
  if (of != of_) known.clear();
  of_ = of;
  for (const NoiseTerm& term : noise) {
    const auto same = known.find(term.key.stream);
    Image& part = parts_[term.key.stream];
    part = same == known.end() ? sample_noise(term.key, shape, view) : std::move(same->second);
    const float weight = float(term.weight);
    std::transform(sum.data.begin(), sum.data.end(), part.data.begin(), sum.data.begin(),
                   [=](float all, float one) { return all + weight * one; });
  }
  return sum;
}

}  // namespace noiseglass::app
