#include "noiseglass/image.h"

#include "noiseglass/error.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>
#include <string>

namespace noiseglass {
namespace {

std::uint8_t to_byte(float byte_value) {
  if (!(byte_value > 0)) return 0;  // NaN too
  return std::uint8_t(std::min(byte_value, 255.0f) + 0.5f);
}

/// One output sample of a resize along one axis: weights of the input samples from `first` on; they sum to 1.
struct Tap {
  int first = 0;
  std::vector<float> weights;
};

/// The share of each input sample in the interval that the output sample covers.
Tap area_tap(int position, int from, int to) {
  // In units of 1/to of an input sample everything is a whole number, so that weights are exact to rounding.
  const std::int64_t begin = std::int64_t(position) * from, end = begin + from;
  Tap tap{int(begin / to), {}};
  for (std::int64_t i = tap.first; i * to < end; ++i) {
    const std::int64_t overlap = std::min(end, (i + 1) * to) - std::max(begin, i * to);
    tap.weights.push_back(float(double(overlap) / from));
  }
  return tap;
}

/// Linear between the centres of the two nearest input samples; beyond the outermost centres, constant.
Tap linear_tap(int position, int from, int to) {
  const double centre = std::clamp((position + 0.5) * from / to - 0.5, 0.0, from - 1.0);
  const int first = std::min(int(centre), std::max(from - 2, 0));
  const float second = float(centre - first);
  return from == 1 ? Tap{0, {1.0f}} : Tap{first, {1 - second, second}};
}

std::vector<Tap> make_taps(int from, int to) {
  std::vector<Tap> taps;
  taps.reserve(to);
  for (int i = 0; i < to; ++i) taps.push_back(to <= from ? area_tap(i, from, to) : linear_tap(i, from, to));
  return taps;
}

template <class Value>
void resize_row(const Value* in, int channels, const std::vector<Tap>& taps, float* out) {
  for (const Tap& tap : taps) {
    for (int c = 0; c < channels; ++c) {
      float sum = 0;
      const Value* sample = in + std::size_t(tap.first) * channels + c;
      for (const float weight : tap.weights) {
        sum += weight * float(*sample);
        sample += channels;
      }
      *out++ = sum;
    }
  }
}

/// Works row by row, so that a large picture is never held a second time in float32. Neighbouring output rows
/// share at most two input rows: the last two that were narrowed are kept.
template <class AnyImage, class Store>
AnyImage resize_image(const AnyImage& image, int width, int height, Store store) {
  if (width < 1 || height < 1) {
    throw UsageError("a picture cannot be resized to " + std::to_string(width) + "×" + std::to_string(height));
  }
  if (image.empty()) throw UsageError("an empty picture cannot be resized");
  const int channels = image.shape.channels;
  const std::vector<Tap> columns = make_taps(image.shape.width, width), rows = make_taps(image.shape.height, height);
  AnyImage out(Shape{height, width, channels});
  const std::size_t in_stride = std::size_t(image.shape.width) * channels, out_stride = std::size_t(width) * channels;
  std::vector<float> kept[2] = {std::vector<float>(out_stride), std::vector<float>(out_stride)};
  int kept_row[2] = {-1, -1};
  std::vector<float> sum(out_stride);
  for (int y = 0; y < height; ++y) {
    std::fill(sum.begin(), sum.end(), 0.0f);
    for (std::size_t k = 0; k < rows[y].weights.size(); ++k) {
      const int row = rows[y].first + int(k), slot = row % 2;
      if (kept_row[slot] != row) {
        resize_row(image.data.data() + std::size_t(row) * in_stride, channels, columns, kept[slot].data());
        kept_row[slot] = row;
      }
      std::transform(sum.begin(), sum.end(), kept[slot].begin(), sum.begin(),
                     [weight = rows[y].weights[k]](float all, float one) { return all + weight * one; });
    }
    std::ranges::transform(sum, out.data.begin() + std::ptrdiff_t(y) * std::ptrdiff_t(out_stride), store);
  }
  return out;
}

}  // namespace

Image to_image(const ByteImage& bytes) {
  Image image(bytes.shape);
  std::ranges::transform(bytes.data, image.data.begin(), [](std::uint8_t byte) { return float(byte) / 127.5f - 1.0f; });
  return image;
}

ByteImage to_bytes(const Image& image) {
  ByteImage bytes(image.shape);
  std::ranges::transform(image.data, bytes.data.begin(), [](float value) { return to_byte((value + 1.0f) * 127.5f); });
  return bytes;
}

Image with_channels(const Image& image, int channels) {
  const int own = image.shape.channels;
  if (own == channels) return image;
  if (!((own == 1 && channels == 3) || (own == 3 && channels == 1))) {
    throw UsageError("pictures are grey (1 channel) or RGB (3): " + std::to_string(own) + " cannot become " +
                     std::to_string(channels));
  }
  Image out(Shape{image.shape.height, image.shape.width, channels});
  const std::size_t pixels = std::size_t(image.shape.height) * image.shape.width;
  for (std::size_t p = 0; p < pixels; ++p) {
    if (channels == 3) {
      std::fill_n(&out.data[3 * p], 3, image.data[p]);
    } else {
      const float* rgb = &image.data[3 * p];
      out.data[p] = 0.2126f * rgb[0] + 0.7152f * rgb[1] + 0.0722f * rgb[2];
    }
  }
  return out;
}

Image resize(const Image& image, int width, int height) { return resize_image(image, width, height, std::identity()); }

ByteImage resize(const ByteImage& image, int width, int height) { return resize_image(image, width, height, to_byte); }

Shape fit_longest_side(Shape shape, int longest) {
  if (longest < 1) throw UsageError("the longest side of a picture must be at least 1 pixel");
  const int side = std::max(shape.height, shape.width);
  if (side <= longest) return shape;
  const auto fit = [&](int length) { return std::max(1, int(std::lround(double(length) * longest / side))); };
  return {fit(shape.height), fit(shape.width), shape.channels};
}

double mean_squared_error(const Image& a, const Image& b) {
  if (a.shape != b.shape) throw UsageError("pictures of different size cannot be compared");
  if (a.empty()) throw UsageError("empty pictures cannot be compared");
  const auto square = [](float one, float other) {
    return (double(one) - double(other)) * (double(one) - double(other));
  };
  return std::inner_product(a.data.begin(), a.data.end(), b.data.begin(), 0.0, std::plus(), square) /
         double(a.data.size());
}

double psnr_db(const Image& a, const Image& b) {
  const double error = mean_squared_error(a, b);
  return error == 0 ? std::numeric_limits<double>::infinity() : 10 * std::log10(4 / error);
}

}  // namespace noiseglass
