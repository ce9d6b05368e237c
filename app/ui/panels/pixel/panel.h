#pragma once

#include "ui/panels/panel.h"
#include "ui/panels/shared/axes.h"

#include "noiseglass/one_dimension.h"
#include "noiseglass/pixel.h"

namespace noiseglass::app {

/// The picture that the panel looks into: at its own size, or as the network gets it.
struct PixelSource {
  Shape shape;
  const ByteImage* bytes = nullptr;  ///< one of the two
  const Image* image = nullptr;

  double x_0(std::size_t element) const {
    return bytes ? double(bytes->data[element]) / 127.5 - 1 : double(image->data[element]);
  }
  std::size_t element(int row, int column, int channel) const {
    return (std::size_t(row) * std::size_t(shape.width) + std::size_t(column)) * std::size_t(shape.channels) +
           std::size_t(channel);
  }
};

/// What one frame of the panel shows.
struct PixelScene {
  PixelSource source;
  const Schedule& schedule;
  int t;
  std::uint64_t seed;
  int row, column, channel;
  PixelParts parts;
};

/// x_t of any value of the picture.
double x_t_of(const PixelScene& scene, int row, int column, int channel);
std::string channel_name(const PixelScene& scene);

constexpr double pixel_reach = 3.5;  ///< axes of x_t go from −pixel_reach to pixel_reach
constexpr int loupe_radius = 5;      ///< pixels around the one looked at

// Parts of the panel.
void draw_pixel_sum(Ui& ui, const PixelScene& scene, const Rect& rect);
void draw_pixel_paths(Ui& ui, const PixelScene& scene, const Rect& rect);
void draw_pixel_histogram(Ui& ui, const Histogram* histogram, int row_stride, const PixelScene& scene,
                          const Rect& rect);

}  // namespace noiseglass::app
