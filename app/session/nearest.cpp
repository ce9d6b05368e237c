#include "session/nearest.h"

#include <algorithm>
#include <cmath>

namespace noiseglass::app {

double shown_distance(const Image& a, const Image& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.data.size(); ++i) {
    const double difference = double(std::clamp(a.data[i], -1.f, 1.f)) - double(std::clamp(b.data[i], -1.f, 1.f));
    sum += difference * difference;
  }
  return a.data.empty() ? 0 : 127.5 * std::sqrt(sum / double(a.data.size()));
}

std::string about_nearest(double distance, double unseen_distance) {
  if (unseen_distance <= 0) return "";
  if (distance < unseen_distance / 3) return "Nearly the same picture: the network has memorised this one.";
  if (distance < 0.8 * unseen_distance) return "Closer than unseen real pictures usually come: it leans on this one.";
  return "No closer than unseen real pictures usually come: not a copy.";
}

void NearestSearch::want(std::uint64_t key, const std::filesystem::path& set, Image sample) {
  if (key == wanted_) return;
  wanted_ = key;
  auto search = [this, set, sample = std::move(sample)](std::stop_token) { return find(set, sample); };
  worker_.want({found_.job(key, wake_, std::move(search))});
}

Published<NearestPicture>::Outcome NearestSearch::result() const {
  const auto found = found_.get();
  return found.id == wanted_ ? found : Published<NearestPicture>::Outcome();
}

NearestPicture NearestSearch::find(const std::filesystem::path& path, Image sample) {
  if (path != path_) {
    set_ = read_picture_set(path);
    path_ = path;
  }
  const Nearest nearest = nearest_in_set(sample, set_);
  return {std::move(sample),         moved(set_.pictures[nearest.index], nearest),
          set_.names[nearest.index], set_.title,
          nearest.distance,          set_.unseen_distance};
}

}  // namespace noiseglass::app
