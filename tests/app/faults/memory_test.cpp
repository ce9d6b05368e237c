// Each request for memory fails once, on the way from a file to a denoised and saved picture: every time there is a
// sentence, and afterwards all is as it was.
#include "export/export.h"
#include "session/opening.h"
#include "session/session_file.h"
#include "tests/app/faults/failing_memory.h"

#include "noiseglass/error.h"
#include "noiseglass/files.h"
#include "noiseglass/model.h"
#include "noiseglass/thrown.h"
#include "paths.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <functional>

#include <unistd.h>

namespace noiseglass::faults {
namespace {

namespace fs = std::filesystem;

/// @returns how many of its requests `action` was denied, one at each try, until it came to its end
int deny_each(
    const std::function<void()>& action, const std::function<void()>& check = [] {}) {
  action();  // what is made once is there
  int denied = 0;
  for (long n = 1;; n += 1 + n / 40) {  // the first ones each; of thousands, some
    std::exception_ptr thrown;
    bool failed = false;
    {
      const FailingMemory memory(n);
      try {
        action();
      } catch (...) {
        thrown = std::current_exception();
      }
      failed = memory.has_failed();
    }
    if (thrown) {
      EXPECT_GT(sentence_of(thrown).size(), 10u);
      EXPECT_NE(sentence_of(thrown), "Something went wrong.") << n;
    }
    check();
    if (!failed) return denied;
    ++denied;
  }
}

class Memory : public testing::Test {
 protected:
  Memory() : folder_(fs::temp_directory_path() / ("noiseglass-faults-" + std::to_string(getpid()))) {
    fs::create_directories(folder_);
  }
  ~Memory() override { fs::remove_all(folder_); }
  std::string path(const char* name) const { return (folder_ / name).string(); }

  fs::path folder_;
};

TEST_F(Memory, FailingWhilePicturesAreDecodedIsASentence) {
  int denied = 0;
  for (const auto& entry : fs::directory_iterator(fs::path(TEST_DATA) / "pictures")) {
    SCOPED_TRACE(entry.path());
    if (entry.path().extension() == ".webp") continue;  // libwebp 1.2.4 does not look whether it got what it asked for
    const std::vector<char> bytes = read_whole(entry.path());
    denied += deny_each([&] {
      try {
        (void)decode_picture(bytes, "it");
      } catch (const Error&) {  // absurd.png
      }
    });
  }
  EXPECT_GT(denied, 100);
}

TEST_F(Memory, FailingWhileAPictureIsOpenedIsASentence) {
  const Library library = load_library();
  app::AppState state = app::starting_state(library);
  state.picture = fs::path(TEST_DATA) / "pictures" / "rgb.png";
  const app::PictureRequest request = app::PictureRequest::of(state);
  EXPECT_GT(deny_each([&] { (void)app::prepare_picture(request, {}, 1, library, {}); }), 20);
}

TEST_F(Memory, FailingWhileANetworkIsReadAndPredictsIsASentence) {
  const std::string file = TEST_DATA "/nn/unet_pixel.safetensors";
  EXPECT_GT(deny_each([&] { (void)Network::load(file); }), 100);
  const auto network = Network::load(file);
  Image x_t(Shape{16, 8, 3});
  const Image v = network->predict_v(x_t, 0.5, -1, {});
  const auto check = [&] { EXPECT_EQ(network->predict_v(x_t, 0.5, -1, {}).data, v.data); };
  EXPECT_GT(deny_each([&] { (void)network->predict_v(x_t, 0.5, -1, {}); }, check), 0);
}

TEST_F(Memory, FailingWhileASessionIsSavedLeavesTheOldOne) {
  const Library library = load_library();
  app::AppState state = app::starting_state(library);
  const std::string old = app::session_text(state, {}, library);
  app::save_session(path("a.noiseglass"), old);
  state.seed = 123;
  const std::string now = app::session_text(state, {}, library);
  // Not session_text(): the destructor of nlohmann's JSON asks for memory itself, and ends the program without it.
  const auto save = [&] { app::save_session(path("a.noiseglass"), now); };
  const auto check = [&] {
    const std::vector<char> bytes = read_whole(path("a.noiseglass"));
    const std::string text(bytes.begin(), bytes.end());
    EXPECT_TRUE(text == old || text == now);
    EXPECT_EQ(std::distance(fs::directory_iterator(folder_), {}), 1) << "something is left beside it";
    app::save_session(path("a.noiseglass"), old);
  };
  EXPECT_GT(deny_each(save, check), 5);
}

TEST_F(Memory, FailingWhileAPictureIsWrittenLeavesTheOldOne) {
  ByteImage picture({8, 8, 3});
  write_png(path("a.png"), picture);
  const std::vector<char> old = read_whole(path("a.png"));
  picture.data.assign(picture.data.size(), 200);
  write_png(path("b.png"), picture);
  const std::vector<char> now = read_whole(path("b.png"));
  const auto check = [&] {
    const std::vector<char> bytes = read_whole(path("a.png"));
    EXPECT_TRUE(bytes == old || bytes == now);
    write_whole(path("a.png"), old);
  };
  EXPECT_GT(deny_each([&] { write_png(path("a.png"), picture); }, check), 5);
}

}  // namespace
}  // namespace noiseglass::faults
