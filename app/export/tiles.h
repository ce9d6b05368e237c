#pragma once

#include "export/source.h"
#include "session/view_sampling.h"

#include <array>
#include <string>
#include <vector>

namespace noiseglass::exports {

/// A picture of a lane that has a name.
struct TileKind {
  std::string id;      ///< "x_t"
  std::string symbol;  ///< "xₜ"
  std::string label;   ///< "noisy picture"
};
/// x_t, x0_hat, epsilon_hat, original, epsilon: rows of one table.
const std::vector<TileKind>& tile_kinds();
/// @throws UsageError that suggests the nearest
const TileKind& tile_kind(const std::string& id);

/// The numbers behind a tile, as the denoiser has them.
Image tensor(const Source& source, int lane, const std::string& id, const Work& work);

/// A tile as a picture: the part that is shown, at the picture's own size where there is one; each pixel of a small
/// picture is a square. @param size longest side in pixels; 0: as it is, small ones enlarged
ByteImage tile(const Source& source, int lane, const std::string& id, int size, const Work& work);

/// What a lane shows, looked at once: x_t, x̂₀ and ε̂.
std::array<ByteImage, 3> shown_tiles(const Source& source, int lane, int size, const Work& work);

/// ε as a picture: mid-grey is 0, black and white are −3 and +3.
Image noise_as_picture(Image epsilon);

/// How a picture of this shape is seen with its longest side near `size`: a whole number of screen pixels for each of
/// its own where it is smaller.
app::ViewRect whole_view(Shape shape, int size);
/// x_t, or x̂₀, of a moment at that size: the clean part averaged, the noise taken at the centres.
ByteImage x_t_picture(const Moment& moment, const app::ViewRect& view);
ByteImage x_0_picture(const Moment& moment, const app::ViewRect& view);

}  // namespace noiseglass::exports
