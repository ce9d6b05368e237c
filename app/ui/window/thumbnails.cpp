#include "ui/window/thumbnails.h"

#include "session/view_sampling.h"

#include "noiseglass/files.h"

namespace noiseglass::app {
namespace {

ByteImage make_thumbnail(const std::filesystem::path& path, int side) {
  const ByteImage bytes = read_picture(path);
  ViewRect view;
  const double w = bytes.shape.width, h = bytes.shape.height;
  if (w > h) view.left = (1 - h / w) / 2, view.right = 1 - view.left;
  if (h > w) view.top = (1 - w / h) / 2, view.bottom = 1 - view.top;
  view.width = view.height = side;
  return to_bytes(sample_clean(bytes, view));
}

}  // namespace

unsigned Thumbnails::texture(const std::vector<BundledPicture>& pictures, std::size_t index, int side,
                             const std::function<void()>& wake) {
  if (side != side_ || all_.size() != pictures.size()) ask(pictures, side, wake);
  Thumbnail& thumbnail = all_[index];
  if (thumbnail.texture) return thumbnail.texture.id();
  const auto decoded = thumbnail.decoded.get();
  if (!decoded) return 0;
  // Black where it cannot be read; opening it will say why.
  thumbnail.texture = render::Texture(decoded.value ? *decoded.value : ByteImage(Shape{1, 1, 3}), {.mipmaps = false});
  return thumbnail.texture.id();
}

void Thumbnails::ask(const std::vector<BundledPicture>& pictures, int side, const std::function<void()>& wake) {
  side_ = side;
  all_.clear();
  all_.resize(pictures.size());
  std::vector<Job> jobs;
  for (std::size_t i = 0; i < pictures.size(); ++i)
    jobs.push_back(all_[i].decoded.job(
        ++last_id_, wake, [path = pictures[i].path, side](std::stop_token) { return make_thumbnail(path, side); }));
  worker_.want(std::move(jobs));
}

}  // namespace noiseglass::app
