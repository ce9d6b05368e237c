// What a session shows as files, without a window: the numbers are the core's, and nothing is left half done.
#include "export/export.h"
#include "export/canvas.h"
#include "export/plots.h"
#include "export/sheet.h"
#include "export/tiles.h"
#include "export/time_left.h"
#include "session/set_state.h"

#include "noiseglass/corruption.h"
#include "noiseglass/files.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <string>
#include <vector>

namespace noiseglass::exports {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class ExportTest : public ::testing::Test {
 protected:
  ExportTest() {
    folder_ = fs::temp_directory_path() /
              ("noiseglass-export-" + std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()));
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  ~ExportTest() override { fs::remove_all(folder_); }

  std::string path(const std::string& name) const { return (folder_ / name).string(); }

  app::AppState state(std::vector<app::Assignment> lines) const {
    app::AppState out = app::starting_state(library_);
    const auto wrong = app::set_state(out, std::move(lines), library_, "/");
    EXPECT_TRUE(wrong.empty()) << wrong.front().text;
    return out;
  }
  app::AppState digit() const {
    return state({{"picture", "digit-3"}, {"t", "400"}, {"lane1.steps", "6"}, {"lane2.steps", "4"}});
  }
  ExportRequest request(const std::string& what, const std::string& out) const {
    ExportRequest wanted;
    wanted.what = what, wanted.out = path(out);
    return wanted;
  }
  std::vector<std::string> left_in_folder() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder_)) names.push_back(entry.path().filename().string());
    return names;
  }

  const Library library_ = load_library();
  fs::path folder_;
};

TEST_F(ExportTest, TensorsAreTheNumbersThatTheCoreComputes) {
  const app::AppState wanted = state({{"picture", "digit-3"}, {"t", "400"}, {"seed", "11"}});
  for (const int lane : {0, 1}) {
    ExportRequest one = request("tensors", "x_t.npy");
    one.lane = lane;
    export_state(wanted, library_, one);
    const Image x_0 = read_image(wanted.picture);
    const Image expected = corrupt(x_0, make_schedule(lane ? "cosine" : "linear", 1000), 400, 11);
    EXPECT_EQ(read_npy(one.out).front().data, expected.data);
  }
}

TEST_F(ExportTest, AChainIsExportedAsTheChain) {
  const app::AppState wanted = state({{"picture", "digit-3"}, {"t", "400"}, {"seed", "11"}, {"epsilon", "chain"}});
  const ExportRequest one = request("tensors", "x_t.npy");
  export_state(wanted, library_, one);
  const Image expected = corrupt_chain(read_image(wanted.picture), make_schedule("linear", 1000), 400, 11);
  EXPECT_EQ(read_npy(one.out).front().data, expected.data);
}

TEST_F(ExportTest, FolderOfTensorsHoldsAPairThatAgreesAboutXt) {
  ExportRequest all = request("tensors", "arrays");
  export_state(digit(), library_, all);
  const auto array = [&](const char* name) { return read_npy(path(std::string("arrays/") + name + ".npy")); };
  const Image x_t = array("x_t").front(), x_0 = array("x0_hat").front(), epsilon = array("epsilon_hat").front();
  const double alpha_bar = make_schedule("linear", 1000).alpha_bar(400);
  for (std::size_t i = 0; i < x_t.data.size(); ++i)
    EXPECT_NEAR(x_t.data[i], std::sqrt(alpha_bar) * x_0.data[i] + std::sqrt(1 - alpha_bar) * epsilon.data[i], 1e-5);
  EXPECT_EQ(array("original").front().data, read_image(digit().picture).data);
  EXPECT_EQ(array("run").size(), 7u);  // six steps have seven moments
}

TEST_F(ExportTest, TileOfAPhotographIsWhatCorruptWrites) {
  const app::AppState photo = state({{"picture", "kitten-on-lawn"}, {"t", "300"}, {"seed", "5"}});
  ExportRequest one = request("tile", "x_t.png");
  export_state(photo, library_, one);
  const Image x_0 = read_image(photo.picture);
  const ByteImage expected = to_bytes(corrupt(x_0, make_schedule("linear", 1000), 300, 5));
  const ByteImage written = read_picture(one.out);
  ASSERT_GE(std::max(x_0.shape.width, x_0.shape.height), 1);
  const int factor = written.shape.width / x_0.shape.width;  // 1, or the side of the square that is a pixel
  ASSERT_EQ(written.shape.width, factor * x_0.shape.width);
  for (int y = 0; y < written.shape.height; ++y)
    for (int x = 0; x < written.shape.width; ++x)
      for (int c = 0; c < 3; ++c)
        ASSERT_EQ(written.data[(std::size_t(y) * written.shape.width + x) * 3 + c],
                  expected.data[(std::size_t(y / factor) * x_0.shape.width + x / factor) * expected.shape.channels +
                                std::min(c, expected.shape.channels - 1)]);
}

TEST_F(ExportTest, ZoomedTileIsThePartThatIsShown) {
  app::AppState part = state({{"picture", "digit-3"}, {"zoom", "2"}});
  ExportRequest one = request("tile", "part.png");
  one.of = "original";
  export_state(part, library_, one);
  const Image x_0 = read_image(part.picture);
  const ByteImage written = read_picture(one.out);
  const int side = x_0.shape.width / 2, factor = written.shape.width / side;
  EXPECT_EQ(written.shape.width, side * factor);
  const int first = (x_0.shape.width - side) / 2;
  const ByteImage original = to_bytes(x_0);
  for (int y = 0; y < side; ++y)
    for (int x = 0; x < side; ++x)
      EXPECT_EQ(written.data[(std::size_t(y * factor) * written.shape.width + x * factor) * written.shape.channels],
                original.data[std::size_t(y + first) * x_0.shape.width + x + first]);
}

TEST_F(ExportTest, EveryKindIsWrittenInItsFirstFormatAndTellsHowFarItIs) {
  for (const ExportKind& kind : export_kinds()) {
    ExportRequest one = request(kind.id, "out." + kind.formats.front());
    one.count = 3;
    double last = 0;
    export_state(digit(), library_, one, {{}, [&](double done) {
                                            EXPECT_GE(done, last - 1e-9) << kind.id;
                                            last = done;
                                          }});
    EXPECT_GT(fs::file_size(one.out), 100u) << kind.id;
    EXPECT_LE(last, 1) << kind.id;
  }
}

TEST_F(ExportTest, AFolderOfPicturesHasOneForEachMoment) {
  export_state(digit(), library_, request("run", "frames"));
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(path("frames"))) names.push_back(entry.path().filename().string());
  EXPECT_THAT(names, ::testing::Contains("000_t0400.png"));
  // 400 is where both lanes begin and 0 where they end; between them every t of either.
  EXPECT_EQ(names.size(), 2u + 5u + 3u - 1u);  // one of them they share: 200
  ExportRequest again = request("run", "frames");
  EXPECT_THROW(export_state(digit(), library_, again), UsageError);
}

TEST_F(ExportTest, WhatIsGivenUpLeavesNothing) {
  for (const char* out : {"run.gif", "frames", "run.webm"}) {
    std::stop_source stop;
    Work work{stop.get_token(), [&](double done) {
                if (done > 0.5) stop.request_stop();
              }};
    try {
      export_state(digit(), library_, request("run", out), work);
      FAIL() << out;
    } catch (const Cancelled&) {
    } catch (const Error& error) {  // no ffmpeg here
      EXPECT_THAT(error.what(), HasSubstr("ffmpeg"));
    }
    EXPECT_TRUE(left_in_folder().empty()) << left_in_folder().front();
  }
}

TEST_F(ExportTest, AMomentOfARunIsTheSameByItselfAsInTheWholeRun) {
  const app::AppState run = state({{"picture", "digit-3"}, {"t", "400"}, {"lane1.steps", "6"}, {"show", "denoise"}});
  const Source whole(run, library_);
  ASSERT_TRUE(whole.shows_run());
  std::vector<SamplerStep> steps;
  walk(whole.run(0), [&](const SamplerStep& step) { steps.push_back(step); }, {});
  ASSERT_EQ(steps.size(), 7u);
  for (std::size_t i : {0u, 3u, 6u}) {
    app::AppState then = run;
    then.position = steps[i].t;
    double last = 0;
    const Source source(then, library_);
    const Image x_t = tensor(source, 0, "x_t", {{}, [&](double done) { last = done; }});
    EXPECT_EQ(x_t.data, to_image(steps[i].x_t).data) << steps[i].t;
    EXPECT_GE(last, i ? 0.7 : 0) << "what is beyond it is not waited for";
  }
}

TEST_F(ExportTest, LanesAreTheTilesSideBySide) {
  const Source source(digit(), library_);
  const Sheet sheet = lanes(source, -1, 56, {});
  ASSERT_EQ(sheet.rows.size(), 2u);
  const char* ids[] = {"x_t", "x0_hat", "epsilon_hat"};
  for (int lane : {0, 1})
    for (std::size_t i = 0; i < 3; ++i)
      EXPECT_EQ(sheet.rows[std::size_t(lane)].cells[i].picture.data, tile(source, lane, ids[i], 56, {}).data) << ids[i];
  EXPECT_EQ(lanes(source, 1, 56, {}).rows.size(), 1u);
}

TEST_F(ExportTest, OnePlotIsAPartOfThem) {
  const Source source(digit(), library_);
  ExportRequest plots = request("plots", "one.csv");
  plots.of = "alpha_bar";
  export_state(digit(), library_, plots);
  const std::vector<char> table = read_whole(plots.out);
  EXPECT_EQ(std::string(table.begin(), std::find(table.begin(), table.end(), '\n')),
            "t,lane1_alpha_bar,lane1_log_snr,lane2_alpha_bar,lane2_log_snr");
  const ByteImage one = picture_of(source, plots);
  plots.of.clear();
  const ByteImage all = picture_of(source, plots);
  EXPECT_EQ(one.shape.width, all.shape.width);
  EXPECT_LT(2 * one.shape.height, all.shape.height);
  EXPECT_EQ(schedule_plots(source, -1, "alpha_bar").front().title, schedule_plots(source, -1)[1].title);
}

TEST_F(ExportTest, WhatIsCopiedIsWhatIsWritten) {
  const Source source(digit(), library_);
  for (const char* what : {"tile", "lanes", "strip", "plots"}) {
    const ExportRequest one = request(what, std::string(what) + ".png");
    export_state(digit(), library_, one);
    const ByteImage written = read_picture(one.out), copied = picture_of(source, one);
    const std::vector<char> png = png_of(copied);
    EXPECT_EQ(decode_picture(png, "copied").data, written.data) << what;
  }
  EXPECT_THROW(picture_of(source, request("run", "run.gif")), UsageError);
}

TEST_F(ExportTest, WhatCannotBeIsSaidInASentence) {
  const auto why = [&](ExportRequest wanted) -> std::string {
    try {
      export_state(digit(), library_, wanted);
    } catch (const UsageError& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_THAT(why(request("plots", "plots.gif")), HasSubstr("written as .svg, .png, .pdf or .csv, not as .gif"));
  EXPECT_THAT(why(request("tiles", "x.png")), HasSubstr("did you mean \"tile\""));
  ExportRequest odd = request("tile", "x.png");
  odd.of = "x0hat";
  EXPECT_THAT(why(odd), HasSubstr("x0_hat"));
  EXPECT_THAT(why(request("tile", "x")), HasSubstr("not as a folder"));
  ExportRequest whole = request("strip", "x.png");
  whole.of = "x_t";
  EXPECT_THAT(why(whole), HasSubstr("no parts"));
  EXPECT_TRUE(left_in_folder().empty());
}

TEST(TimeLeft, IsSaidInRoundNumbersOnceItCanBe) {
  EXPECT_EQ(time_left(0.01, 5), "");
  EXPECT_EQ(time_left(0.5, 10), "about 10 s left");
  EXPECT_EQ(time_left(0.25, 100), "about 5 min left");
}

}  // namespace
}  // namespace noiseglass::exports
