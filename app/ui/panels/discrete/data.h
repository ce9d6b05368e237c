#pragma once

#include "noiseglass/discrete.h"
#include "noiseglass/image.h"

#include <string>
#include <vector>

namespace noiseglass::app {

/// What the panel of discrete corruption corrupts, and what its exact denoiser knows: rows of tokens of one length.
struct DiscreteSet {
  int classes = 0;              ///< K
  int columns = 0, rows = 0;    ///< how the tokens are laid out
  std::vector<Tokens> members;  ///< the first is the person's own
  std::vector<std::string> names;
};

/// A sentence and those that are bundled; 44 letters each.
DiscreteSet sentence_set(const std::string& typed, const std::vector<std::string>& bundled);

/// The middle square of a picture, grey, 64 × 64.
struct SmallPicture {
  std::string title;
  Image grey;
};
SmallPicture small_picture(const std::string& title, const ByteImage& picture);
/// Pictures in `levels` grey levels.
DiscreteSet picture_set(const std::vector<SmallPicture>& pictures, int levels);

/// A reverse run by the exact denoiser, every step of it kept.
class DiscreteRun {
 public:
  struct Frame {
    int t = 0;
    Tokens x;
    Eigen::ArrayXd weights;  ///< p(member | x)
  };

  /// @param from t of the start; T or more: pure noise, else the first member corrupted up to there
  DiscreteRun(const DiscreteSet& set, const Transition& transition, const Schedule& schedule, int from, int steps,
              std::uint64_t seed);

  bool done() const { return frames_.size() == times_.size(); }
  void advance();  ///< computes one more frame
  const std::vector<Frame>& frames() const { return frames_; }
  const std::vector<int>& times() const { return times_; }  ///< of all frames, falling to 0
  /// The frame that is shown at t: the latest whose time is not below t (the first for a later t).
  const Frame& at(int t) const;

 private:
  const DiscreteSet& set_;
  Transition transition_;
  Schedule schedule_;
  std::uint64_t seed_;
  std::vector<int> times_;
  std::vector<Frame> frames_;
};

}  // namespace noiseglass::app
