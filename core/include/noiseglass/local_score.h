#pragma once

#include "noiseglass/denoiser.h"

#include <cstddef>
#include <memory>
#include <vector>

namespace noiseglass {

/// What an output pixel may look at: the window of (2·radius + 1)² pixels around it, which ends at the picture's
/// border.
struct Reach {
  int radius = 1;         ///< at least 0; from the longest side − 1 on each pixel sees the whole picture
  bool anywhere = false;  ///< compares the window with those of all places, not with that of its own place only

  bool operator==(const Reach&) const = default;
};

/// The smallest radius from which each pixel sees all of a picture of this shape.
int whole_reach(Shape shape);

/// Pictures of one shape, laid out for comparing; made once, shared by denoisers of any reach.
class LocalPictures {
 public:
  /// @throws UsageError for no pictures, or pictures of different shapes
  explicit LocalPictures(const std::vector<Image>& pictures);

  Shape shape() const { return shape_; }
  std::size_t count() const { return count_; }
  Image picture(std::size_t index) const;  ///< one of them again

  static constexpr int lanes = 8;  ///< pictures that lie beside each other, number by number
  std::size_t blocks() const { return (count_ + lanes - 1) / lanes; }
  /// shape().size()·lanes values; what fills the last block up counts for nothing
  const float* block(std::size_t index) const { return &values_[index * shape_.size() * lanes]; }

 private:
  Shape shape_;
  std::size_t count_ = 0;
  std::vector<float> values_;
};

/// The picture that `image` is nearest to, both clipped to [−1, 1] and compared as they lie.
struct NearestPlace {
  std::size_t index = 0;
  double distance = 0;  ///< root mean square difference of the values, on the 0–255 scale
};
/// @throws UsageError for an image of another shape
NearestPlace nearest_of(const LocalPictures& pictures, const Image& image);

/// How many training patches the pixel in row y and column x is compared with.
std::size_t patches_seen(const LocalPictures& pictures, Reach reach, int y, int x);

/// The best denoiser among those that see no farther than `reach`: for each pixel p on its own, with Ω_p its window,
///
///     x̂₀(p) = Σ w·φ(q),   w ∝ exp(−|x_t(Ω_p) − √ᾱ·φ(Ω_q)|²/(2·(1 − ᾱ))),
///
/// over all pictures φ and q = p: the local score machine of Kamb & Ganguli, "An analytic theory of creativity in
/// convolutional diffusion models" (ICML 2025). With `anywhere` over all q whose window ends at the border as that of p
/// does, since a network that pads with zeros sees where the picture ends: their equivariant local score machine with
/// broken equivariance at the borders. So inner pixels share all inner patches, and pixels whose window meets a border
/// keep their distance from it. With a radius of whole_reach() both are make_nearest_data_denoiser(). The sum over a
/// window costs the same for every radius: a running sum along both axes.
/// @param threads that work on one answer, the caller included
std::shared_ptr<const Denoiser> make_local_denoiser(std::shared_ptr<const LocalPictures> pictures, Reach reach,
                                                    int threads = 2);

}  // namespace noiseglass
