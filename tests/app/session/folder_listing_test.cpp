#include "session/folder_listing.h"

#include "noiseglass/files.h"

#include <gmock/gmock.h>

#include <unistd.h>
#include <fstream>

namespace noiseglass::app {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;

std::vector<std::string> names(const std::vector<fs::path>& paths) {
  std::vector<std::string> found;
  for (const fs::path& path : paths) found.push_back(path.filename().string());
  return found;
}

TEST(FolderListing, HoldsWhatCanBeOpenedWhateverItsName) {
  const fs::path folder = fs::path(::testing::TempDir()) / ("listing-" + std::to_string(getpid()));
  fs::create_directories(folder / "inside");
  const fs::path picture = assets_folder() / "pictures" / "fish.png";
  for (const char* name : {"named.png", "download", "photo.txt", ".hidden.png"}) fs::copy_file(picture, folder / name);
  std::ofstream(folder / "note.txt") << "A text, long enough to be taken for something else.";
  std::ofstream(folder / "damaged.WEBP") << "Opening it says what is wrong.";
  write_npy((folder / "numbers.npy").string(), {{Image(Shape{2, 2, 1})}});
  const FolderListing listing = list_folder(folder);
  EXPECT_THAT(names(listing.folders), ElementsAre("inside"));
  EXPECT_THAT(names(listing.pictures),
              ElementsAre("damaged.WEBP", "download", "named.png", "numbers.npy", "photo.txt"));
  EXPECT_EQ(listing.problem, "");
  fs::remove_all(folder);
  EXPECT_THAT(list_folder(folder).problem, ::testing::HasSubstr("cannot be read"));
}

}  // namespace
}  // namespace noiseglass::app
