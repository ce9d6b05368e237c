#include "session/history.h"

#include "noiseglass/error.h"

#include <utility>

namespace noiseglass::app {
namespace {

/// Nothing but autoplay was started or stopped; starting at an end moves the slider to the other one.
bool only_plays(const AppState& before, AppState after) {
  if (after.playing != Playing::paused && before.playing == Playing::paused) after.position = before.position;
  after.playing = before.playing;
  return after == before;
}

}  // namespace

void History::begin(const AppState& state) {
  past_.clear();
  future_.clear();
  settled_ = state;
  gesture_ = 0;
}

void History::note(const AppState& before, const AppState& after, std::uint64_t gesture) {
  if (only_plays(before, after)) return;
  const bool goes_on = gesture != 0 && gesture == gesture_;
  if (!goes_on) past_.push_back(std::move(settled_));
  if (past_.size() > most_steps) past_.erase(past_.begin());
  future_.clear();
  settled_ = after;
  gesture_ = gesture;
}

void History::amend(const std::function<void(AppState&)>& change) {
  change(settled_);
  gesture_ = 0;
  if (past_.empty()) return;
  AppState before = past_.back();
  before.view = settled_.view, before.playing = settled_.playing;  // another picture begins with the forward process
  if (before != settled_) return;
  settled_ = std::move(past_.back());
  past_.pop_back();
}

AppState History::undo() {
  if (past_.empty()) throw UsageError("There is nothing to undo.");
  future_.push_back(std::exchange(settled_, std::move(past_.back())));
  past_.pop_back();
  gesture_ = 0;
  return settled_;
}

AppState History::redo() {
  if (future_.empty()) throw UsageError("There is nothing to redo.");
  past_.push_back(std::exchange(settled_, std::move(future_.back())));
  future_.pop_back();
  gesture_ = 0;
  return settled_;
}

}  // namespace noiseglass::app
