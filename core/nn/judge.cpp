#include "noiseglass/judge.h"

#include "nn/safetensors.h"
#include "noiseglass/error.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace noiseglass {
namespace {

/// Channels one after another, each in rows.
struct Planes {
  int channels, side;
  std::vector<float> data;

  float at(int c, int y, int x) const {
    if (y < 0 || x < 0 || y >= side || x >= side) return 0;
    return data[std::size_t((c * side + y) * side + x)];
  }
};

Planes planes_of(const Image& picture) {
  const Shape shape = picture.shape;
  Planes planes{shape.channels, shape.width, {}};
  for (int c = 0; c < shape.channels; ++c)
    for (int y = 0; y < shape.height; ++y)
      for (int x = 0; x < shape.width; ++x) planes.data.push_back(picture.at(y, x, c));
  return planes;
}

/// 3×3 with a border of zeros, ReLU, and the largest of each 2×2.
Planes convolve(const Planes& in, const std::vector<float>& weight, const std::vector<float>& bias) {
  Planes out{int(bias.size()), in.side / 2, {}};
  out.data.assign(std::size_t(out.channels) * std::size_t(out.side) * std::size_t(out.side), 0);  // ReLU: none is below
  for (int k = 0; k < out.channels; ++k)
    for (int y = 0; y < 2 * out.side; ++y)
      for (int x = 0; x < 2 * out.side; ++x) {
        float sum = bias[std::size_t(k)];
        const float* w = weight.data() + std::size_t(k * in.channels) * 9;
        for (int c = 0; c < in.channels; ++c)
          for (int dy = -1; dy <= 1; ++dy)
            for (int dx = -1; dx <= 1; ++dx) sum += *w++ * in.at(c, y + dy, x + dx);
        float& largest = out.data[std::size_t((k * out.side + y / 2) * out.side + x / 2)];
        largest = std::max(largest, sum);
      }
  return out;
}

std::vector<float> multiply(const std::vector<float>& in, const std::vector<float>& weight,
                            const std::vector<float>& bias) {
  std::vector<float> out = bias;
  for (std::size_t k = 0; k < out.size(); ++k)
    for (std::size_t i = 0; i < in.size(); ++i) out[k] += weight[k * in.size() + i] * in[i];
  return out;
}

std::int64_t rows_of(const nn::Safetensors& file, const std::string& name) {
  const auto found = file.entries().find(name);
  if (found == file.entries().end() || found->second.shape.empty())
    throw Error("\"" + file.path() + "\" cannot judge pictures: it has no tensor " + name + ".");
  return found->second.shape[0];
}

}  // namespace

Judge Judge::load(const std::string& path) {
  nn::Safetensors file(path);
  Judge judge;
  const auto number = [&](const std::string& name) {
    const auto found = file.metadata().find(name);
    double value = 0;
    if (found != file.metadata().end())
      std::from_chars(found->second.data(), found->second.data() + found->second.size(), value);
    return value >= 0 && value <= 1e6 ? value : 0;  // what no integer holds is none of these numbers
  };
  const int side = int(number("size"));
  std::int64_t from = std::int64_t(number("channels"));
  judge.accuracy_ = number("accuracy");
  judge.shape_ = {side, side, int(from)};
  const int convolutions = 3;
  if (side < 8 || side > 256 || side % 8 != 0 || from < 1 || from > 3)
    throw Error("\"" + path + "\" cannot judge pictures: it does not say of what size they are.");
  const auto layer = [&](const std::string& name, std::vector<std::int64_t> inputs) {
    const std::int64_t rows = rows_of(file, name + ".bias");
    inputs.insert(inputs.begin(), rows);
    from = rows;
    return Layer{file.read(name + ".weight", inputs), file.read(name + ".bias", {rows})};
  };
  for (int i = 0; i < convolutions; ++i)
    judge.convolutions_.push_back(layer("convs." + std::to_string(i), {from, 3, 3}));
  judge.dense_ = layer("dense", {from * (side / 8) * (side / 8)});
  judge.last_ = layer("last", {from});
  return judge;
}

int Judge::class_of(const Image& picture) const {
  if (!(picture.shape == shape_)) throw UsageError("this judge looks at pictures of another size");
  Planes planes = planes_of(picture);
  for (const Layer& layer : convolutions_) planes = convolve(planes, layer.weight, layer.bias);
  std::vector<float> features = multiply(planes.data, dense_.weight, dense_.bias);
  for (float& value : features) value = std::max(value, 0.f);
  const std::vector<float> scores = multiply(features, last_.weight, last_.bias);
  return int(std::ranges::max_element(scores) - scores.begin());
}

}  // namespace noiseglass
