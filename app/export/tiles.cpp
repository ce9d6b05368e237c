#include "export/tiles.h"

#include "noiseglass/corruption.h"

#include <algorithm>
#include <cmath>

namespace noiseglass::exports {
namespace {

constexpr int small_side = 512;  // where pixels become squares

/// The part of the picture that the window shows, in whole pixels, and how large it is drawn.
app::ViewRect shown_view(const app::AppState& state, Shape shape, int size) {
  const double side = 1 / state.zoom;
  const auto cut = [&](double centre, int pixels, double& from, double& to) {
    const int count = std::max(1, int(std::lround(side * pixels)));
    const int first = std::clamp(int(std::lround(centre * pixels - count / 2.0)), 0, pixels - count);
    from = double(first) / pixels, to = double(first + count) / pixels;
    return count;
  };
  app::ViewRect view;
  const int width = cut(state.centre_x, shape.width, view.left, view.right);
  const int height = cut(state.centre_y, shape.height, view.top, view.bottom);
  const app::ViewRect drawn = whole_view({height, width, shape.channels}, size);
  view.width = drawn.width, view.height = drawn.height;
  return view;
}

/// x_t of the forward process at the picture's own size, which no network has to see.
ByteImage forward_tile(const Source& source, int lane, int size) {
  const Image clean = source.original(lane);
  const int t = source.lane_t(lane, source.state().position);
  const app::ViewRect view = shown_view(source.state(), clean.shape, size);
  const Image noise = app::NoiseSampler().sample(source.noise(lane, t), clean.shape, view);
  return to_bytes(corrupt(app::sample_clean(clean, view), noise, source.lane(lane).schedule->alpha_bar(t)));
}

/// Numbers as the tile `id` shows them.
ByteImage drawn(const Source& source, const std::string& id, const Image& image, int size) {
  const app::ViewRect view = shown_view(source.state(), image.shape, size);
  const bool noise = id == "epsilon" || id == "epsilon_hat", noisy = noise || id == "x_t";
  const Image seen = noisy ? app::sample_noise(image, view) : app::sample_clean(image, view);
  return to_bytes(noise ? noise_as_picture(seen) : seen);
}

}  // namespace

const std::vector<TileKind>& tile_kinds() {
  static const std::vector<TileKind> kinds = {
      {"x_t", "xₜ", "noisy picture"},
      {"x0_hat", "x̂₀", "estimated picture"},
      {"epsilon_hat", "ε̂", "predicted noise"},
      {"original", "x₀", "original picture"},
      {"epsilon", "ε", "noise"},
  };
  return kinds;
}

const TileKind& tile_kind(const std::string& id) {
  std::vector<std::string> known;
  for (const TileKind& kind : tile_kinds()) {
    if (kind.id == id) return kind;
    known.push_back(kind.id);
  }
  throw_unknown("picture of a lane", id, known);
}

Image noise_as_picture(Image epsilon) {
  for (float& value : epsilon.data) value /= 3;
  return epsilon;
}

Image tensor(const Source& source, int lane, const std::string& id, const Work& work) {
  tile_kind(id);
  if (id == "original") return *source.lane(lane).x_0;
  const int t = source.lane_t(lane, source.state().position);
  if (id == "epsilon") return noise_image(source.noise(lane, t), source.lane(lane).x_0->shape);
  if (id == "x_t" && !source.shows_run()) return source.noised(lane, t);
  const Moment now = source.now(lane, work);
  return id == "x_t" ? now.x_t : id == "x0_hat" ? now.x_0_hat : now.epsilon_hat;
}

ByteImage tile(const Source& source, int lane, const std::string& id, int size, const Work& work) {
  tile_kind(id);
  if (id == "x_t" && !source.shows_run()) return forward_tile(source, lane, size);
  return drawn(source, id, id == "original" ? source.original(lane) : tensor(source, lane, id, work), size);
}

std::array<ByteImage, 3> shown_tiles(const Source& source, int lane, int size, const Work& work) {
  const Moment now = source.now(lane, work);
  return {source.shows_run() ? drawn(source, "x_t", now.x_t, size) : forward_tile(source, lane, size),
          drawn(source, "x0_hat", now.x_0_hat, size), drawn(source, "epsilon_hat", now.epsilon_hat, size)};
}

app::ViewRect whole_view(Shape shape, int size) {
  app::ViewRect view;
  const int longest = std::max(shape.width, shape.height);
  const int wanted = size > 0 ? size : std::max(longest, small_side);
  if (longest * 2 <= wanted) {
    const int factor = wanted / longest;
    view.width = shape.width * factor, view.height = shape.height * factor;
    return view;
  }
  const int drawn = size > 0 ? size : longest;  // no small picture, and no size that was asked for: as it is
  view.width = std::max(1, int(std::lround(double(shape.width) * drawn / longest)));
  view.height = std::max(1, int(std::lround(double(shape.height) * drawn / longest)));
  return view;
}

ByteImage x_t_picture(const Moment& moment, const app::ViewRect& view) {
  if (moment.t == 0) return x_0_picture(moment, view);
  const Image clean = app::sample_clean(moment.x_0_hat, view), noise = app::sample_noise(moment.epsilon_hat, view);
  return to_bytes(corrupt(clean, noise, moment.alpha_bar));
}

ByteImage x_0_picture(const Moment& moment, const app::ViewRect& view) {
  return to_bytes(app::sample_clean(moment.x_0_hat, view));
}

}  // namespace noiseglass::exports
