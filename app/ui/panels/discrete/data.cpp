#include "ui/panels/discrete/data.h"

#include "session/view_sampling.h"

#include <algorithm>
#include <cmath>

namespace noiseglass::app {
namespace {

constexpr int sentence_columns = 22, sentence_rows = 2, picture_side = 64;

}  // namespace

DiscreteSet sentence_set(const std::string& typed, const std::vector<std::string>& bundled) {
  DiscreteSet set{int(letters.size()), sentence_columns, sentence_rows, {}, {}};
  const auto add = [&](const std::string& sentence) {
    Tokens tokens = tokens_of_text(sentence, std::size_t(set.columns) * std::size_t(set.rows));
    if (std::ranges::find(set.members, tokens) != set.members.end()) return;
    set.members.push_back(std::move(tokens));
    set.names.push_back(sentence);
  };
  add(typed);
  for (const std::string& sentence : bundled) add(sentence);
  return set;
}

SmallPicture small_picture(const std::string& title, const ByteImage& picture) {
  ViewRect view;
  const double w = picture.shape.width, h = picture.shape.height;
  if (w > h) view.left = (1 - h / w) / 2, view.right = 1 - view.left;
  if (h > w) view.top = (1 - w / h) / 2, view.bottom = 1 - view.top;
  view.width = view.height = picture_side;
  return {title, with_channels(sample_clean(picture, view), 1)};
}

DiscreteSet picture_set(const std::vector<SmallPicture>& pictures, int levels) {
  DiscreteSet set{levels, picture_side, picture_side, {}, {}};
  for (const SmallPicture& picture : pictures) {
    Tokens tokens;
    for (const float value : picture.grey.data) tokens.push_back(std::uint8_t(nearest_level(value, levels)));
    set.members.push_back(std::move(tokens));
    set.names.push_back(picture.title);
  }
  return set;
}

DiscreteRun::DiscreteRun(const DiscreteSet& set, const Transition& transition, const Schedule& schedule, int from,
                         int steps, std::uint64_t seed)
    : set_(set), transition_(transition), schedule_(schedule), seed_(seed) {
  const bool pure = from >= schedule.steps();
  const int start = std::clamp(from, 1, schedule.steps());
  for (int k = 0; k <= steps; ++k) {
    const int t = int(std::lround(double(start) * (steps - k) / steps));
    if (times_.empty() || t < times_.back()) times_.push_back(t);
  }
  const Tokens& own = set_.members.front();
  frames_.push_back(
      {start,
       pure ? limit_tokens(own.size(), transition_, seed_) : corrupt_tokens(own, transition_, schedule_, start, seed_),
       {}});
  frames_.back().weights = member_weights(set_.members, frames_.back().x, transition_, schedule_, start);
}

void DiscreteRun::advance() {
  if (done()) return;
  const Frame& now = frames_.back();
  Frame next;
  next.t = times_[frames_.size()];
  next.x = reverse_tokens(set_.members, now.weights, now.x, {transition_, schedule_, now.t, next.t},
                          {seed_, streams::discrete_step(int(frames_.size()))});
  next.weights = member_weights(set_.members, next.x, transition_, schedule_, next.t);
  frames_.push_back(std::move(next));
}

const DiscreteRun::Frame& DiscreteRun::at(int t) const {
  const Frame* found = &frames_.front();
  for (const Frame& frame : frames_)
    if (frame.t >= t) found = &frame;
  return *found;
}

}  // namespace noiseglass::app
