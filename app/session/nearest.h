#pragma once

#include "session/published.h"

#include "noiseglass/picture_set.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace noiseglass::app {

/// How far apart two pictures of one shape look: the root mean square difference of what is shown, on the 0–255 scale.
double shown_distance(const Image& a, const Image& b);

/// The training picture that a sample is most like.
struct NearestPicture {
  Image sample, found;  ///< `found` as it was compared: mirrored and shifted
  std::string name, set_title;
  double distance = 0, unseen_distance = 0;  ///< root mean square on the 0–255 scale; see PictureSet
};

/// What a distance says about whether the sample was learned by heart, in one or two sentences.
std::string about_nearest(double distance, double unseen_distance);

/// Looks for nearest pictures on a thread of its own; the set is read when first wanted.
class NearestSearch {
 public:
  /// @param wake called from the thread when there is a result
  explicit NearestSearch(std::function<void()> wake) : wake_(std::move(wake)) {}

  /// Starts looking for `sample`, unless that key (not 0) was the last one wanted.
  void want(std::uint64_t key, const std::filesystem::path& set, Image sample);
  /// The answer to the last key wanted; nothing while looking.
  Published<NearestPicture>::Outcome result() const;

 private:
  NearestPicture find(const std::filesystem::path& path, Image sample);

  std::function<void()> wake_;
  Published<NearestPicture> found_;
  std::uint64_t wanted_ = 0;    // key
  std::filesystem::path path_;  // of set_; the thread's own, as is set_
  PictureSet set_;
  Worker worker_;  // last: it ends before what it uses
};

}  // namespace noiseglass::app
