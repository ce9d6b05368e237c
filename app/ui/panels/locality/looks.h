#pragma once

#include "session/key.h"
#include "session/published.h"
#include "ui/panels/shared/way.h"

#include "noiseglass/library.h"
#include "noiseglass/local_score.h"

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace noiseglass::app {

/// The radii that are compared with the network at every t. From the last one on a pixel sees the whole picture.
constexpr std::array<int, 10> compared_radii = {0, 1, 2, 3, 4, 6, 8, 12, 16, 31};

/// Pictures that the local denoiser weighs.
struct KnownPictures {
  std::string what;                                ///< "4,301 pictures of Noto Emoji and Twemoji"
  std::shared_ptr<const LocalPictures> all;        ///< for pixels that look at their own place
  std::shared_ptr<const LocalPictures> some, few;  ///< for those that look anywhere; for their first, quick answer
};

/// The sets that can be chosen, by the names of the networks that learned such pictures.
const std::vector<std::string>& locality_sets();
/// @throws Error when the set is missing
KnownPictures read_known_pictures(const std::string& set);

/// What pixels that see no farther than a radius say, beside the network.
struct LocalLook {
  Image x_t, x_0;
  double distance = 0;    ///< from the network's x̂₀ at this t: see shown_distance()
  std::size_t known = 0;  ///< how many pictures it weighs
};

LocalLook local_look(const std::shared_ptr<const LocalPictures>& known, Reach reach, const WayMoment& moment,
                     std::stop_token stop);

/// The training picture that an answer is nearest to.
struct Likeness {
  Image nearest;
  double distance = 0;          ///< of the local answer from it
  double learned_distance = 0;  ///< of the network's answer from the picture nearest to that
};

struct LocalityRequest {
  std::string set, model_path;
  std::shared_ptr<const Schedule> schedule;
  Key schedule_key;
  std::uint64_t seed = 0;
  bool anywhere = false;
  bool whole_way =
      false;  ///< the local denoiser goes its own way from the same noise; else it looks at the network's xₜ
  int radius = 3;
  double t = 0;
};

/// Computes what is wanted on a thread of its own, the most urgent first, and keeps it.
class LocalLooks {
 public:
  /// @param wake called from that thread when there is something new
  explicit LocalLooks(std::function<void()> wake) : wake_(std::move(wake)) {}

  void want(const LocalityRequest& request);

  // As far as it has been computed for the request:
  const Way& network() const { return network_; }
  std::shared_ptr<const KnownPictures> known() const { return known_; }
  int moment() const { return moment_; }     ///< the network's moment at the slider's t; −1: none yet
  Key key_of(int moment, int radius) const;  ///< of what it depends on
  /// Of one of the network's moments. Null: not yet.
  std::shared_ptr<const LocalLook> look(int moment, int radius) const;
  std::shared_ptr<const Likeness> likeness() const;
  /// The compared radius whose answer at this moment is nearest to the network's; nothing until all are there.
  std::optional<int> best(int moment) const;
  int looks() const;      ///< how many of all() are there
  int all_looks() const;  ///< moments times radii
  std::string problem() const;
  bool busy() const { return worker_.busy(); }

 private:
  using Looks = std::vector<std::shared_ptr<const LocalLook>>;  // of a whole way one for each moment, else one

  bool is_done(int moment, int radius) const;
  bool is_ready() const;  ///< what is looked at is there
  Job job_of(int moment, int radius);
  std::vector<Job> jobs();
  std::uint64_t id_of(const Key& key);

  std::function<void()> wake_;
  LocalityRequest request_;
  Key base_, listed_;
  std::shared_ptr<const KnownPictures> known_;
  Way network_;
  bool network_done_ = false;
  int moment_ = -1;
  std::map<std::string, Published<KnownPictures>> sets_;
  std::map<Key, Published<Way>> ways_;
  std::map<Key, Published<Looks>> looks_;
  std::map<Key, Published<Likeness>> likenesses_;
  std::map<Key, std::uint64_t> ids_;
  Worker worker_;  // last: it ends before what its jobs use
};

}  // namespace noiseglass::app
