#include "session/nearest.h"

#include "noiseglass/error.h"

namespace noiseglass::app {

std::string about_nearest(double distance, double unseen_distance) {
  if (unseen_distance <= 0) return "";
  if (distance < unseen_distance / 3) return "Nearly the same picture: the network has memorised this one.";
  if (distance < 0.8 * unseen_distance)
    return "Nearer than real pictures that the network never saw usually come: it leans on this one.";
  return "No nearer than real pictures that the network never saw usually come: not a copy.";
}

void NearestSearch::want(std::uint64_t key, const std::filesystem::path& set, Image sample) {
  if (key == wanted_) return;
  wanted_ = key;
  worker_.want({{key, [this, key, set, sample = std::move(sample)](std::stop_token) {
                   auto found = std::make_shared<const NearestPicture>(find(set, sample));
                   {
                     const std::lock_guard lock(mutex_);
                     result_ = std::move(found);
                     found_ = key;
                   }
                   wake_();
                 }}});
}

std::shared_ptr<const NearestPicture> NearestSearch::result() const {
  const std::lock_guard lock(mutex_);
  return found_ == wanted_ ? result_ : nullptr;
}

NearestPicture NearestSearch::find(const std::filesystem::path& path, Image sample) {
  NearestPicture out;
  try {
    if (path != path_) {
      set_ = read_picture_set(path);
      path_ = path;
    }
    const Nearest nearest = nearest_in_set(sample, set_);
    out.found = moved(set_.pictures[nearest.index], nearest);
    out.name = set_.names[nearest.index];
    out.set_title = set_.title;
    out.distance = nearest.distance;
    out.unseen_distance = set_.unseen_distance;
  } catch (const Error& error) {
    out.error = error.what();
  }
  out.sample = std::move(sample);
  return out;
}

}  // namespace noiseglass::app
