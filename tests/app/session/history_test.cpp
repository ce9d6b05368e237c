#include "random_states.h"

#include "session/actions.h"
#include "session/session.h"

#include <gtest/gtest.h>

namespace noiseglass::app {
namespace {

AppState at(double position) {
  AppState state;
  state.position = position;
  return state;
}

TEST(History, GoesBackAndForthStepByStep) {
  History history;
  history.begin(at(0));
  EXPECT_FALSE(history.can_undo());
  history.note(at(0), at(1), 0);
  history.note(at(1), at(2), 0);
  EXPECT_EQ(history.undo(), at(1));
  EXPECT_EQ(history.undo(), at(0));
  EXPECT_FALSE(history.can_undo());
  EXPECT_EQ(history.redo(), at(1));
  history.note(at(1), at(5), 0);
  EXPECT_FALSE(history.can_redo()) << "another way was taken";
  EXPECT_EQ(history.undo(), at(1));
}

TEST(History, ADragIsOneStep) {
  History history;
  history.begin(at(0));
  for (int t = 1; t <= 50; ++t) history.note(at(t - 1), at(t), 7);
  history.note(at(50), at(60), 8);
  EXPECT_EQ(history.undo(), at(50));
  EXPECT_EQ(history.undo(), at(0));
}

TEST(History, PlayingIsNoStep) {
  History history;
  history.begin(at(300));
  AppState playing = at(300);
  playing.playing = Playing::forward;
  history.note(at(300), playing, 0);
  EXPECT_FALSE(history.can_undo());
  AppState later = at(700);
  later.playing = Playing::forward;
  history.note(later, at(700), 0);  // paused
  EXPECT_FALSE(history.can_undo());
  AppState changed = at(700);
  changed.seed = 9;
  history.note(at(700), changed, 0);
  EXPECT_EQ(history.undo(), at(300)) << "as it was set, not where the slider had come to";
}

/// Random states and every action of the table, with time passing between them; then all of it is taken back and done
/// again.
TEST(History, AThousandRandomActionsAreTakenBackToTheFirstState) {
  Session session([] {});
  RandomStates random(session.library(), 4);
  AppState first = session.state();
  for (const BundledPicture& picture : session.library().pictures)
    if (picture.kind == "digit") first.picture = picture.path;
  for (LaneState& lane : first.lanes) lane.denoiser = "oracle";
  session.apply(first);
  first = session.state();
  session.history().begin(first);
  for (int i = 0; i < 1000; ++i) {
    AppState next = session.state();
    if (random.coin()) {
      perform(actions()[random.whole(actions().size())].id, session, next);
    } else {
      const std::filesystem::path picture = next.picture;
      next = random.next();
      next.picture = picture;
      next.working_size = 64;
      for (LaneState& lane : next.lanes) lane.denoiser = "oracle";
    }
    session.change(next, random.coin() ? random.whole(50) : 0);
    session.tick(0.03);
  }
  const AppState last = session.state();
  std::vector<AppState> seen;
  while (session.history().can_undo()) {
    session.undo();
    seen.push_back(session.state());
  }
  EXPECT_EQ(session.state(), first);
  EXPECT_GT(seen.size(), 300u);
  while (session.history().can_redo()) session.redo();
  EXPECT_EQ(session.state().lanes, last.lanes);
  EXPECT_EQ(session.state().settings, last.settings);
  EXPECT_EQ(session.state().seed, last.seed);
}

}  // namespace
}  // namespace noiseglass::app
