#pragma once

#include "session/few_or_many.h"
#include "session/key.h"
#include "session/published.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace noiseglass::app {

/// What a network makes of the noise, and the face that this is nearest to among those it learned from.
struct FaceAnswer {
  Image picture;        ///< x̂₀ so far; at the end, the answer
  double progress = 0;  ///< 0 … 1
  bool done = false;
  Image nearest;        ///< when done
  double distance = 0;  ///< of `nearest`, on the 0–255 scale
};

/// Two answers to the same noise, compared.
struct FacePair {
  double alike = 0, apart = 0;  ///< as FacesMeasured has them
  std::array<double, face_sets> own = {};
  double unseen = 0;  ///< the yardstick for `own`, over the faces that were compared with
  Verdict verdict = Verdict::between;
};

/// Asks all eight networks on a thread of its own, those of the chosen count first, and keeps the answers.
class FaceAnswers {
 public:
  /// @param wake called from that thread when there is something new
  explicit FaceAnswers(std::function<void()> wake) : wake_(std::move(wake)) {}

  /// @param chosen an index of face_counts
  void want(std::uint64_t seed, int chosen);

  /// Null until it has been read.
  std::shared_ptr<const FewOrMany> known() const { return known_.value(); }
  /// Of the seed last wanted; null: not begun.
  std::shared_ptr<const FaceAnswer> answer(int count, int set) const;
  /// Nothing until both answers are there.
  std::optional<FacePair> pair(int count) const;
  int done() const;  ///< how many of the eight
  /// Why there is no answer; empty: nothing is wrong.
  std::string problem(int count) const;
  Key key_of(int count, int set) const { return Key(seed_, count, set); }
  Image noise() const;  ///< that they all begin with; empty until the faces are known

 private:
  Job job(int count, int set);
  std::uint64_t id_of(const Key& key);

  std::function<void()> wake_;
  Published<FewOrMany> known_;
  std::map<Key, Published<FaceAnswer>> answers_;
  std::map<Key, std::uint64_t> ids_;
  std::uint64_t seed_ = 0;
  Key listed_;
  Worker worker_;  // last: it ends before what its jobs use
};

}  // namespace noiseglass::app
