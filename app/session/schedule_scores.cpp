#include "session/schedule_scores.h"

#include "session/results.h"

#include "noiseglass/judge.h"

#include <algorithm>

namespace noiseglass::app {
namespace {

constexpr std::size_t most_kept = 200;

Image end_of(Sampler& sampler, std::stop_token stop) {
  SamplerStep last;
  while (!sampler.done()) last = sampler.step(stop);
  return to_image(last.x_t);
}

}  // namespace

Image middle_of(const Image& picture) {
  const Shape whole = picture.shape;
  Image middle(Shape{std::min(whole.height, tried_side), std::min(whole.width, tried_side), whole.channels});
  const int top = (whole.height - middle.shape.height) / 2, left = (whole.width - middle.shape.width) / 2;
  for (int y = 0; y < middle.shape.height; ++y)
    for (int x = 0; x < middle.shape.width; ++x)
      for (int c = 0; c < whole.channels; ++c) middle.at(y, x, c) = picture.at(top + y, left + x, c);
  return middle;
}

void try_schedule(const ScheduleTrial& trial, std::stop_token stop, const std::function<void(ScheduleScore)>& show) {
  ScheduleScore score;
  if (trial.samples == 0) {
    score.psnr = compare(end_of(*trial.run.make_sampler(), stop), *trial.run.plan.x_0).psnr;
  } else {
    const Judge judge = Judge::load(trial.judge);
    for (int i = 0; i < trial.samples; ++i) {
      LaneRun run = trial.run;
      run.plan.lane.class_index = i % trial.classes;
      run.seed += std::uint64_t(i);
      score.read += judge.class_of(end_of(*run.make_sampler(), stop)) == run.plan.lane.class_index;
      score.of = i + 1;
      if (score.of < trial.samples) show(score);
    }
  }
  score.done = true;
  show(score);
}

void ScheduleScores::want(const std::vector<ScheduleTrial>& trials, const std::function<void()>& wake) {
  std::vector<Key> keys;
  for (const ScheduleTrial& trial : trials) keys.push_back(trial.key);
  if (keys == wanted_) return;
  wanted_ = keys;
  std::vector<Job> jobs;
  for (const ScheduleTrial& trial : trials) {
    Kept& kept = kept_[trial.key];
    kept.wanted = ++time_;
    const auto known = kept.score.get();
    if (known.value && known.value->done) continue;
    if (kept.id == 0) kept.id = ++last_id_;
    jobs.push_back(kept.score.steps(kept.id, wake, [trial](std::stop_token stop, const auto& show) {
      try_schedule(trial, stop, [&](ScheduleScore score) { show(score); });
    }));
  }
  worker_.want(std::move(jobs));
  while (kept_.size() > most_kept)
    kept_.erase(std::ranges::min_element(kept_, {}, [](const auto& one) { return one.second.wanted; }));
}

Published<ScheduleScore>::Outcome ScheduleScores::find(const Key& key) const {
  const auto found = kept_.find(key);
  return found == kept_.end() ? Published<ScheduleScore>::Outcome() : found->second.score.get();
}

}  // namespace noiseglass::app
