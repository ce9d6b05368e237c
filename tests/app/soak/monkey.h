#pragma once

#include "tests/app/layout/stage.h"
#include "tests/app/session/random_states.h"

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace noiseglass::app {

/// Does what a person could do with the window, in no sensible order: actions by their table, states by theirs, the
/// mouse on whatever is there, keys and letters. The same seed does the same.
class Monkey {
 public:
  explicit Monkey(std::uint32_t seed);

  /// One action, and the frames after it.
  void act();
  /// What was done, the last one at the end.
  const std::vector<std::string>& done() const { return done_; }
  /// Sentences about what does not hold now, after the last action.
  std::vector<std::string> wrong();
  /// Takes back all that can be; sentences about what is not as it was at first.
  std::vector<std::string> undo_all();

  Stage& stage() { return stage_; }

 private:
  void note(const std::string& what) { done_.push_back(what); }
  std::size_t below(std::size_t count) { return states_.whole(count); }
  ImVec2 somewhere();
  void table_action();
  void some_state();
  void click_control();
  void drag();
  void key();
  void letters();
  void resize();
  void lesson();
  void drop();
  void key_down(int key);

  Stage stage_;
  RandomStates states_;
  AppState first_;
  std::vector<std::string> done_;
};

}  // namespace noiseglass::app
