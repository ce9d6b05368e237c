#include "session/few_or_many.h"

#include "noiseglass/error.h"
#include "noiseglass/files.h"
#include "noiseglass/model.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <iterator>
#include <random>

namespace noiseglass::app {
namespace {

const FewOrMany& bundled() {
  static const FewOrMany known = read_few_or_many(assets_folder() / "measurements");
  return known;
}

TEST(FewOrManyData, HasFourCountsAndTheFirstFacesOfTwoSets) {
  const FewOrMany& known = bundled();
  ASSERT_EQ(known.measured.size(), face_counts.size());
  for (std::size_t i = 0; i < face_counts.size(); ++i) EXPECT_EQ(known.measured[i].faces, face_counts[i]);
  for (const auto& set : known.faces) EXPECT_EQ(set.size(), 1000u);
  EXPECT_EQ(known.mean.shape, (Shape{32, 32, 1}));
  EXPECT_EQ(known.searched(100), 100);
  EXPECT_EQ(known.searched(10000), 1000);
}

TEST(FewOrManyData, SetsHaveNoFaceInCommon) {
  const FewOrMany& known = bundled();
  std::vector<std::vector<float>> a, b, both;
  for (const Image& face : known.faces[0]) a.push_back(face.data);
  for (const Image& face : known.faces[1]) b.push_back(face.data);
  std::ranges::sort(a), std::ranges::sort(b);
  EXPECT_EQ(std::ranges::adjacent_find(a), a.end());
  std::ranges::set_intersection(a, b, std::back_inserter(both));
  EXPECT_TRUE(both.empty());
}

TEST(FewOrManyData, EachNetworkIsThereAndSaysWhatItLearned) {
  const FewOrMany& known = bundled();
  for (std::size_t i = 0; i < face_counts.size(); ++i)
    for (int set = 0; set < face_sets; ++set) {
      const ModelInfo info = read_model_info(few_or_many_network(face_counts[i], set).string());
      EXPECT_EQ(info.name, "toons-" + std::to_string(face_counts[i]) + "-" + char('A' + set));
      EXPECT_EQ(info.metadata.at("images_seen"), std::to_string(known.measured[i].images_seen));
      EXPECT_EQ(info.channels, 1);
      EXPECT_EQ(info.size, 32);
      EXPECT_EQ(info.metadata.at("license"), "CC BY 4.0");
      EXPECT_LT(file_size(few_or_many_network(face_counts[i], set)), 700'000u);
    }
  for (const FacesMeasured& row : known.measured)  // trained equally long
    EXPECT_EQ(row.images_seen, known.measured[0].images_seen);
}

TEST(FewOrManyData, WhatIsBrokenIsNamed) {
  const auto folder =
      std::filesystem::temp_directory_path() / ("noiseglass-few-" + std::to_string(std::random_device{}()));
  std::filesystem::create_directories(folder);
  const auto problem = [&] {
    try {
      read_few_or_many(folder);
    } catch (const Error& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  EXPECT_THAT(problem(), ::testing::HasSubstr("few-or-many.json"));
  for (const char* text : {"", "[]", R"({"format": "noiseglass-few-or-many-1"})",
                           R"({"format": "noiseglass-few-or-many-1", "samples": 1, "steps": 0, "counts": []})"}) {
    write_whole(folder / "few-or-many.json", std::string(text));
    EXPECT_THAT(problem(), ::testing::HasSubstr("is not a table of measurements"));
  }
  std::filesystem::copy_file(assets_folder() / "measurements" / "few-or-many.json", folder / "few-or-many.json",
                             std::filesystem::copy_options::overwrite_existing);
  EXPECT_THAT(problem(), ::testing::HasSubstr("few-or-many-A.json"));
  std::filesystem::remove_all(folder);
}

TEST(FewOrMany, PicturesAreAlikeByTheirCorrelationLessTheMeanFace) {
  const FewOrMany& known = bundled();
  const Image &a = known.faces[0][3], &b = known.faces[1][8];
  EXPECT_DOUBLE_EQ(faces_alike(a, a, known.mean), 1);
  EXPECT_DOUBLE_EQ(faces_alike(a, b, known.mean), faces_alike(b, a, known.mean));
  Image opposite = known.mean;  // the mean face, less what makes a the face that it is
  for (std::size_t i = 0; i < opposite.data.size(); ++i) opposite.data[i] -= a.data[i] - known.mean.data[i];
  EXPECT_NEAR(faces_alike(a, opposite, known.mean), -1, 1e-6);
  EXPECT_EQ(faces_alike(a, known.mean, known.mean), 0);
  double sum = 0;  // of faces that have nothing to do with each other, as measured
  for (std::size_t i = 0; i < 1000; ++i) sum += faces_alike(known.faces[0][i], known.faces[1][i], known.mean);
  EXPECT_NEAR(sum / 1000, known.strangers_alike, 0.1);
}

TEST(FewOrMany, TheNearestFaceIsOneThatTheNetworkLearned) {
  const FewOrMany& known = bundled();
  const Nearest own = nearest_face(known.faces[1][700], known, 1000, 1);
  EXPECT_EQ(own.index, 700u);
  EXPECT_EQ(own.distance, 0);
  const Nearest fewer = nearest_face(known.faces[1][700], known, 10, 1);
  EXPECT_LT(fewer.index, 10u);
  EXPECT_GT(fewer.distance, 1);
  Image darker = known.faces[0][5];
  for (float& value : darker.data) value = std::max(-1.f, value - 0.1f);
  const Nearest near = nearest_face(darker, known, 100, 0);
  EXPECT_EQ(near.index, 5u);
  EXPECT_NEAR(near.distance, 0.1 * 127.5, 1);
  for (float& value : darker.data) value = -7;  // what is beyond black counts as black
  EXPECT_LT(nearest_face(darker, known, 100, 0).distance, 255);
}

TEST(FewOrMany, TheVerdictFollowsFromDistances) {
  EXPECT_EQ(verdict_of(34, {1, 2}, 33), Verdict::by_heart);
  EXPECT_EQ(verdict_of(34, {1, 12}, 33), Verdict::between);  // only one of them
  EXPECT_EQ(verdict_of(7, {14, 15}, 15), Verdict::learned);
  EXPECT_EQ(verdict_of(16, {17, 15}, 24), Verdict::between);
  EXPECT_EQ(verdict_of(4, {14, 6}, 24), Verdict::between);  // alike, but one of them is a copy
}

/// What the panel says of each pair, on what was measured.
TEST(FewOrMany, FewAreKnownByHeartAndManyAreLearned) {
  const auto& rows = bundled().measured;
  const auto verdict = [](const FacesMeasured& row) { return verdict_of(row.apart, {row.own, row.own}, row.unseen); };
  EXPECT_EQ(verdict(rows.front()), Verdict::by_heart);
  EXPECT_EQ(verdict(rows[2]), Verdict::learned);
  EXPECT_EQ(verdict(rows.back()), Verdict::learned);
  EXPECT_LT(rows.back().apart, rows.front().apart / 2);
  EXPECT_GT(rows.back().alike, 0.9);
  EXPECT_LT(rows.front().alike, 0.8);
}

}  // namespace
}  // namespace noiseglass::app
