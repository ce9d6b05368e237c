#include "noiseglass/picture_set.h"
#include "fuzz/foreign.h"
#include "fuzz/targets.h"
#include "noiseglass/files.h"

void noiseglass::fuzz::run_picture_set(std::span<const char> bytes) {
  static const OwnFolder folder;
  static const bool made = [] {
    write_png((folder.path() / "set.png").string(), ByteImage(Shape{16, 24, 3}));
    return true;
  }();
  (void)made;
  const auto path = folder.put("set.json", bytes);
  refuse_or([&] {
    const PictureSet set = read_picture_set(path);
    demand(set.names.size() == set.pictures.size(), "each picture has a name");
    if (!set.pictures.empty()) {
      const Nearest nearest = nearest_in_set(set.pictures.back(), set);
      demand(nearest.index < set.pictures.size(), "the nearest is one of them");
    }
  });
}
