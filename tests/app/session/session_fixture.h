#pragma once

#include "session/actions.h"
#include "session/session.h"

#include <gtest/gtest.h>

#include <chrono>
#include <thread>

namespace noiseglass::app {

/// A session on a bundled digit (small, so that every test is quick) with the oracle, which needs no weights.
class SessionTest : public ::testing::Test {
 protected:
  SessionTest() : session([] {}) {
    AppState state = session.state();
    for (const BundledPicture& picture : session.library().pictures)
      if (picture.kind == "digit") state.picture = picture.path;
    for (LaneState& lane : state.lanes) lane.denoiser = "oracle", lane.sample_steps = 10;
    session.apply(state);
    session.wait_for_picture(20);
  }

  void wait() {
    session.wait_for_picture(20);
    for (int i = 0; i < 20000 && session.computing(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    session.tick(0);
  }
  template <class Change>
  void edit(Change change) {
    AppState next = session.state();
    change(next);
    session.apply(next);
  }
  void act(const char* id) {
    edit([&](AppState& next) { perform(id, session, next); });
  }

  Session session;
};

}  // namespace noiseglass::app
