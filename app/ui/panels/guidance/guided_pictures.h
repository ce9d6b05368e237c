#pragma once

#include "session/key.h"
#include "session/published.h"

#include "noiseglass/image.h"
#include "noiseglass/schedule.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace noiseglass::app {

/// One picture to be made from noise by a network that knows classes: DDIM over trailing timesteps, x̂₀ clipped as
/// usual, so the same picture as in the lanes and on the command line.
struct GuidedRequest {
  std::string model_path;
  Shape shape;
  int class_index = 0;
  double guidance = 1;
  std::shared_ptr<const Schedule> schedule;
  Key schedule_key;
  int steps = 25;
  std::uint64_t seed = 0;
  bool detailed = false;  ///< also keeps each moment with the two predictions that guidance combines

  Key key() const;  ///< equal keys, equal pictures
};

/// A moment on the way, and what the network says about it without and with the class.
struct GuidedMoment {
  int t = 0;
  Image x_t;
  Image epsilon_free, epsilon_class, epsilon;  ///< ε̂ without class, with it, and combined by the weight
  Image x_0_free, x_0_class, x_0;              ///< the same for x̂₀
};

struct GuidedPicture {
  Image picture;  ///< the guess x̂₀ so far; when done, the picture
  double progress = 0;
  bool done = false;
  std::vector<std::shared_ptr<const GuidedMoment>> moments;  ///< by falling t; only of detailed requests

  /// The moment at t, or the next noisier one there is; null before there is any.
  const GuidedMoment* at(double t) const;
};

/// Makes pictures on a thread of its own, in the order in which they are wanted, and keeps those that were made lately.
class GuidedPictures {
 public:
  /// @param wake called from that thread when there is something new
  explicit GuidedPictures(std::function<void()> wake);

  /// What is wanted now, the most urgent first; anything else that is under way is given up.
  void want(const std::vector<GuidedRequest>& requests);

  /// What has been made of it so far, or why there is nothing.
  Published<GuidedPicture>::Outcome find(const GuidedRequest& request) const;
  bool busy() const { return worker_.busy(); }

 private:
  void forget_old(const std::vector<Key>& wanted);
  Job job(const GuidedRequest& request, const Key& key);

  std::function<void()> wake_;
  std::map<Key, Published<GuidedPicture>> made_;
  std::vector<Key> wanted_;
  std::vector<Key> recent_;           // keys, the latest last
  std::map<Key, std::uint64_t> ids_;  // of jobs
  Worker worker_;                     // last: it ends before what its jobs use
};

}  // namespace noiseglass::app
