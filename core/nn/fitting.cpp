#include "noiseglass/fitting.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace noiseglass {
namespace {

std::string size_text(Shape shape) { return std::to_string(shape.width) + "×" + std::to_string(shape.height); }

ByteImage middle_square(const ByteImage& picture) {
  const int side = std::min(picture.shape.width, picture.shape.height), channels = picture.shape.channels;
  const int top = (picture.shape.height - side) / 2, left = (picture.shape.width - side) / 2;
  ByteImage out(Shape{side, side, channels});
  for (int y = 0; y < side; ++y)
    std::memcpy(&out.data[std::size_t(y) * side * channels],
                &picture.data[(std::size_t(top + y) * picture.shape.width + left) * channels],
                std::size_t(side) * channels);
  return out;
}

bool is_grey(const ByteImage& picture) {
  if (picture.shape.channels == 1) return true;
  for (std::size_t i = 0; i + 2 < picture.data.size(); i += picture.shape.channels)
    if (picture.data[i] != picture.data[i + 1] || picture.data[i] != picture.data[i + 2]) return false;
  return true;
}

}  // namespace

ByteImage without_equal_channels(ByteImage picture) {
  if (picture.shape.channels != 3 || !is_grey(picture)) return picture;
  const std::size_t pixels = picture.data.size() / 3;
  for (std::size_t i = 0; i < pixels; ++i) picture.data[i] = picture.data[3 * i];
  picture.data.resize(pixels);
  picture.shape.channels = 1;
  return picture;
}

Fitted fit(const ByteImage& picture, int channels, int size, int working_size) {
  std::vector<std::string> done;
  ByteImage made;  // where the picture itself will not do
  const ByteImage* fitted = &picture;
  if (size > 0) {
    if (picture.shape.width != picture.shape.height) {
      made = middle_square(picture);
      fitted = &made;
      done.push_back("cropped to its middle square");
    }
    if (fitted->shape.width != size) {
      done.push_back(std::string(fitted->shape.width > size ? "reduced" : "enlarged") + " to " +
                     size_text({size, size}));
      made = resize(*fitted, size, size);
      fitted = &made;
    }
  } else if (working_size > 0 && std::max(picture.shape.width, picture.shape.height) > working_size) {
    const Shape shape = fit_longest_side(picture.shape, working_size);
    made = resize(picture, shape.width, shape.height);
    fitted = &made;
    done.push_back("reduced to " + size_text(shape));
  }
  Image x_0 = to_image(*fitted);
  if (x_0.shape.channels > channels) {
    done.push_back("made grey");
    x_0 = with_channels(x_0, channels);
  }
  std::string note;
  for (const std::string& step : done) note += (note.empty() ? "" : ", ") + step;
  return {std::move(x_0), std::move(note)};
}

Fitted fit_to_model(const ByteImage& picture, const ModelInfo& model, int working_size) {
  return fit(picture, model.channels, model.size, working_size);
}

bool looks_like_digit(const ByteImage& picture) {
  const int longest = std::max(picture.shape.width, picture.shape.height);
  if (picture.shape.width != picture.shape.height || longest < 16 || longest > 128 || !is_grey(picture)) return false;
  double mean = 0;
  for (std::uint8_t value : picture.data) mean += value;
  return mean / double(picture.data.size()) < 96;  // strokes cover little of a black ground
}

int choose_model(const ByteImage& picture, const std::vector<ModelInfo>& models) {
  if (looks_like_digit(picture))
    for (std::size_t i = 0; i < models.size(); ++i)
      if (models[i].name == "digits") return int(i);
  for (std::size_t i = 0; i < models.size(); ++i)
    if (models[i].size == 0 && models[i].channels == 3) return int(i);
  return models.empty() ? -1 : 0;
}

}  // namespace noiseglass
