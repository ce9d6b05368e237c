// Pictures of one pixel and of one line, at both ends of time, under every denoiser: what is shown is finite.
#include "export/source.h"

#include "noiseglass/denoiser.h"
#include "noiseglass/error.h"
#include "noiseglass/files.h"
#include "noiseglass/schedule.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include <unistd.h>

namespace noiseglass::exports {
namespace {

bool is_finite(const Image& image) {
  return std::ranges::all_of(image.data, [](float value) { return std::isfinite(value); });
}

TEST(ExtremePictures, AreNoisedAndGuessedInFiniteNumbers) {
  const auto folder = std::filesystem::temp_directory_path() / ("noiseglass-extremes-" + std::to_string(getpid()));
  std::filesystem::create_directories(folder);
  const Library library = load_library();
  for (const Shape shape : {Shape{1, 1, 1}, Shape{1, 8192, 3}, Shape{8192, 1, 1}}) {
    ByteImage picture(shape);
    for (std::size_t i = 0; i < picture.data.size(); ++i) picture.data[i] = std::uint8_t(i * 41);
    const std::string file = (folder / "it.png").string();
    write_png(file, picture);
    for (const auto& denoiser : denoiser_records())
      for (const int T : {1, Schedule::max_steps}) {
        SCOPED_TRACE(std::to_string(shape.width) + "×" + std::to_string(shape.height) + " " + denoiser.id +
                     " T=" + std::to_string(T));
        app::AppState state = app::starting_state(library);
        state.picture = file, state.steps = T, state.working_size = 64;
        for (app::LaneState& lane : state.lanes) lane.denoiser = denoiser.id;
        const Source source(state, library);
        for (const int t : {0, 1, T}) {
          EXPECT_TRUE(is_finite(source.noised(0, t))) << t;
          try {
            const Moment moment = source.guess(0, t, {});
            EXPECT_TRUE(is_finite(moment.x_t) && is_finite(moment.x_0_hat) && is_finite(moment.epsilon_hat)) << t;
          } catch (const Error& error) {  // what a denoiser cannot do at this size, it says
            EXPECT_GT(std::string(error.what()).size(), 10u);
          }
        }
      }
  }
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace noiseglass::exports
