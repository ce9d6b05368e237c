#include "session/groups.h"

#include "session/actions.h"
#include "session/denoiser_plan.h"
#include "session/session.h"

#include "noiseglass/files.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace noiseglass::app {
namespace {

/// Open, and fitted for its network.
AppState opened(Session& session, const std::string& title) {
  AppState state = session.state();
  for (const BundledPicture& picture : session.library().pictures)
    if (picture.title == title) state.picture = picture.path;
  session.apply(state);
  EXPECT_TRUE(session.wait_for_picture(60));
  return session.state();
}

TEST(Groups, EachBundledPictureHasANetworkOfItsKind) {
  const Library library = load_library();
  for (const BundledPicture& picture : library.pictures) {
    const int model = fitting_model(picture.path, read_picture(picture.path), library);
    ASSERT_GE(model, 0);
    const PictureGroup* group = group_of(picture.path, library);
    EXPECT_EQ(group == nullptr, picture.kind == "chart") << picture.title;
    EXPECT_EQ(library.models[std::size_t(model)].name, group ? group->model : "photo") << picture.title;
  }
}

TEST(Groups, EachBundledNetworkWithClassesHasAGuidance) {
  for (const ModelInfo& model : load_library().models) {
    const PictureGroup* group = group_of_model(model.name);
    ASSERT_NE(group, nullptr) << model.name;
    EXPECT_EQ(group->guidance > 1, !model.class_names.empty()) << model.name;
    EXPECT_EQ(model.guidance > 1, !model.steps.empty()) << model.name;
    EXPECT_EQ(usual_guidance(model), model.steps.empty() ? group->guidance : 1) << model.name;
  }
}

// A student has its teacher's guidance in it, and goes the way it was taught, so that one evaluation makes a digit.
TEST(Groups, AStudentGoesTheWayThatItWasTaught) {
  Session session([] {});
  AppState state = opened(session, "Digit 3");
  const auto& models = session.library().models;
  const auto student = std::ranges::find(models, "digits-student", &ModelInfo::name);
  ASSERT_NE(student, models.end());
  state.lanes[0].choose_schedule("linear");
  choose_network(state.lanes[0], *student);
  EXPECT_EQ(state.lanes[0].schedule, "cosine");
  EXPECT_EQ(state.lanes[0].sample_steps, 2);
  state.lanes[0].sample_steps = 1;
  state.lane_count = 1;
  session.apply(state);
  ASSERT_TRUE(session.wait_for_picture(60));
  AppState next = session.state();
  perform("generate", session, next);
  EXPECT_EQ(next.lanes[0].guidance, 1);
  EXPECT_GE(next.lanes[0].class_index, 0);
  EXPECT_EQ(guidance_in(next.lanes[0], &*student), student->guidance);
}

TEST(Groups, GenerateAsksForAClassThatWasDrawnAtRandom) {
  Session session([] {});
  AppState state = opened(session, "Rocket");
  ASSERT_EQ(session.lane(0).model->name, "icons");
  const int classes = int(session.lane(0).model->class_names.size());
  std::set<int> seen;
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    state.seed = seed;
    state.lanes[0].class_index = state.lanes[1].class_index = -1;
    AppState next = state;
    perform("generate", session, next);
    EXPECT_EQ(next.lanes[0].class_index, class_by_chance(seed, classes));
    EXPECT_EQ(next.lanes[1].class_index, next.lanes[0].class_index);
    EXPECT_EQ(next.lanes[0].guidance, 2);
    seen.insert(next.lanes[0].class_index);
  }
  EXPECT_GT(seen.size(), std::size_t(classes) / 2);
  EXPECT_LT(*seen.rbegin(), classes);
}

TEST(Groups, GenerateKeepsWhatAPersonChose) {
  Session session([] {});
  AppState next = opened(session, "Digit 3");
  for (LaneState& lane : next.lanes) lane.class_index = 8, lane.guidance = 4;
  perform("generate", session, next);
  EXPECT_EQ(next.lanes[0].class_index, 8);
  EXPECT_EQ(next.lanes[0].guidance, 4);
}

TEST(Groups, AnotherClassIsAnother) {
  Session session([] {});
  AppState next = opened(session, "Face, red hair");
  ASSERT_EQ(session.lane(0).model->name, "faces");
  std::set<int> seen;
  for (int i = 0, last = -1; i < 60; ++i, last = next.lanes[0].class_index) {
    perform("another_class", session, next);
    EXPECT_NE(next.lanes[0].class_index, last);
    EXPECT_EQ(next.lanes[0].guidance, 1.5);
    seen.insert(next.lanes[0].class_index);
  }
  EXPECT_EQ(seen.size(), session.lane(0).model->class_names.size());
}

TEST(Groups, PhotographsHaveNoClass) {
  Session session([] {});
  AppState next = opened(session, "Kitten");
  ASSERT_EQ(session.lane(0).model->name, "photo");
  EXPECT_FALSE(is_enabled(action("another_class"), session));
  perform("generate", session, next);
  EXPECT_EQ(next.lanes[0].class_index, -1);
  EXPECT_EQ(next.lanes[0].guidance, 1);
}

}  // namespace
}  // namespace noiseglass::app
