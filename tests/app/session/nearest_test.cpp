#include "session/nearest.h"

#include "noiseglass/files.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <random>
#include <thread>

namespace noiseglass::app {
namespace {

/// A set of two flat pictures, black and white, in a folder of its own.
class Nearest : public ::testing::Test {
 protected:
  Nearest() {
    folder_ = std::filesystem::temp_directory_path() / ("noiseglass-nearest-" + std::to_string(std::random_device{}()));
    std::filesystem::create_directories(folder_);
    ByteImage sheet(Shape{4, 8, 3});
    for (std::size_t i = 0; i < sheet.data.size(); ++i) sheet.data[i] = i % 24 < 12 ? 0 : 255;
    write_png((folder_ / "sheet.png").string(), sheet);
    const std::string text =
        R"({"title": "two", "picture": "sheet.png", "side": 4, "columns": 2, "unseen_distance": 40, "names": ["black", "white"]})";
    write_whole((folder_ / "set.json").string(), text);
  }
  ~Nearest() override { std::filesystem::remove_all(folder_); }

  static Image flat(float value) {
    Image image(Shape{4, 4, 3});
    for (float& v : image.data) v = value;
    return image;
  }

  std::shared_ptr<const NearestPicture> wait(const NearestSearch& search) const {
    for (int i = 0; i < 20000 && !search.result(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return search.result().value;
  }

  std::filesystem::path folder_;
};

TEST_F(Nearest, IsFoundOnAThreadThatWakesTheWindow) {
  std::atomic<int> woken = 0;
  NearestSearch search([&] { ++woken; });
  EXPECT_FALSE(search.result());
  search.want(1, folder_ / "set.json", flat(0.8f));
  const auto white = wait(search);
  ASSERT_NE(white, nullptr);
  EXPECT_EQ(white->name, "white");
  EXPECT_EQ(white->set_title, "two");
  EXPECT_NEAR(white->distance, 0.2 * 127.5, 1e-3);
  EXPECT_EQ(white->unseen_distance, 40);
  search.want(1, folder_ / "set.json", flat(-1));  // the same key: the same question
  EXPECT_EQ(search.result().value, white);
  search.want(2, folder_ / "set.json", flat(-1));
  const auto black = wait(search);
  ASSERT_NE(black, nullptr);
  EXPECT_EQ(black->name, "black");
  EXPECT_EQ(black->distance, 0);
  search.want(3, folder_ / "none.json", flat(-1));
  EXPECT_EQ(wait(search), nullptr);
  EXPECT_NE(search.result().problem.find("none.json"), std::string::npos) << search.result().problem;
  EXPECT_GE(woken, 2);
}

TEST_F(Nearest, DistancesAreSaidInWords) {
  EXPECT_NE(about_nearest(5, 40).find("memorised"), std::string::npos);
  EXPECT_NE(about_nearest(25, 40).find("leans"), std::string::npos);
  EXPECT_NE(about_nearest(39, 40).find("not a copy"), std::string::npos);
  EXPECT_EQ(about_nearest(5, 0), "");  // nothing to compare with
}

}  // namespace
}  // namespace noiseglass::app
