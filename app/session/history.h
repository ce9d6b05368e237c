#pragma once

#include "session/state.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace noiseglass::app {

/// What a person set, step by step, to be taken back and to be done again. Playing is no step: going back leads to
/// states as they were set, not to moments at which the slider happened to pass.
class History {
 public:
  static constexpr std::size_t most_steps = 1000;

  /// Begins anew from `state`.
  void begin(const AppState& state);
  /// @param before, after the state around something that a person did
  /// @param gesture changes with the same one (but 0) are one step: a drag, a word that is typed
  void note(const AppState& before, const AppState& after, std::uint64_t gesture);
  /// What the last step led to could not be had after all, and this is made of it; where nothing is left of it, it was
  /// no step.
  void amend(const std::function<void(AppState&)>& change);

  bool can_undo() const { return !past_.empty(); }
  bool can_redo() const { return !future_.empty(); }
  /// The state before the last step, and the one after it. @throws UsageError when there is none
  AppState undo();
  AppState redo();

 private:
  std::vector<AppState> past_, future_;
  AppState settled_;  // after the last step
  std::uint64_t gesture_ = 0;
};

}  // namespace noiseglass::app
