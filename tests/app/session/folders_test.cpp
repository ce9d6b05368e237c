#include "session/folders.h"

#include "core/io/test_files.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>

namespace noiseglass::app {
namespace {

using Typefaces = testing::InFolder;

TEST_F(Typefaces, AreThePortableFoldersOwnOrTheSystems) {
  ASSERT_EQ(setenv("NOISEGLASS_ASSETS", folder_.c_str(), 1), 0);
  EXPECT_EQ(typeface_folder(), "");
  std::filesystem::create_directory(path("fonts"));
  EXPECT_EQ(typeface_folder(), path("fonts"));
  ASSERT_EQ(setenv("NOISEGLASS_ASSETS", path("missing").c_str(), 1), 0);
  EXPECT_EQ(typeface_folder(), "");
  unsetenv("NOISEGLASS_ASSETS");
}

}  // namespace
}  // namespace noiseglass::app
