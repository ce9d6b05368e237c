#pragma once

#include "session/worker.h"

#include <stop_token>

namespace noiseglass::app {

/// One job at a time on a thread of its own, for work that may never come back: a file on a network drive that does not
/// answer, a pipe that nobody writes to. Nothing can interrupt such a thread; when it is given up it is left behind.
class Errand {
 public:
  Errand() = default;
  ~Errand() { give_up(); }
  Errand(const Errand&) = delete;
  Errand& operator=(const Errand&) = delete;

  /// Begins `job`, and gives up what was under way. It fails at once when there can be no thread.
  void begin(Job job);
  void give_up() { stop_.request_stop(); }

 private:
  std::stop_source stop_;
};

}  // namespace noiseglass::app
