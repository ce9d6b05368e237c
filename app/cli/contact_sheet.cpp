#include "cli/contact_sheet.h"

#include <algorithm>
#include <cmath>

namespace noiseglass::cli {

Image contact_sheet(const std::vector<Image>& images) {
  if (images.size() == 1) return images.front();
  constexpr int gap = 2;
  const auto [height, width, channels] = images.front().shape;
  const int count = int(images.size());
  const int columns = int(std::ceil(std::sqrt(count))), rows = (count + columns - 1) / columns;
  Image sheet({rows * (height + gap) - gap, columns * (width + gap) - gap, channels});  // zeros: mid-grey
  for (int i = 0; i < count; ++i)
    for (int y = 0; y < height; ++y) {
      const float* row = &images[std::size_t(i)].data[std::size_t(y) * width * channels];
      std::copy_n(row, width * channels, &sheet.at(i / columns * (height + gap) + y, i % columns * (width + gap), 0));
    }
  return sheet;
}

}  // namespace noiseglass::cli
