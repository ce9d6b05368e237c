#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

namespace noiseglass {

/// How samples come out of a decoder, interleaved; `cmyk` counts ink: 0 is none.
enum class Samples { grey, grey_alpha, rgb, rgba, cmyk };

constexpr bool has_alpha(Samples samples) { return samples == Samples::grey_alpha || samples == Samples::rgba; }
constexpr bool is_grey(Samples samples) { return samples == Samples::grey || samples == Samples::grey_alpha; }
constexpr int channels_of(Samples samples) {
  return samples == Samples::grey ? 1 : samples == Samples::grey_alpha ? 2 : samples == Samples::rgb ? 3 : 4;
}

/// What a file says about the meaning of its numbers; sRGB where it says nothing.
struct ColourSpace {
  std::vector<char> icc;  ///< a profile, which goes before all else
  double gamma = 0;       ///< stored = light^gamma; 0 when not said
  /// x and y of white, red, green, blue; all 0 when not said
  std::array<double, 8> chromaticities{};
};

/// Pixels of a colour space → 8-bit sRGB, or grey with sRGB's curve for grey pictures. Alpha is left out.
class ToSrgb {
 public:
  /// @returns nullptr when there is nothing to convert, or when what is said cannot be understood: a picture is worth
  /// showing even then. @param bits 8 or 16 a sample
  static std::unique_ptr<const ToSrgb> make(const ColourSpace& space, Samples samples, int bits);

  /// @param out 1 channel for grey samples, else 3
  void convert(const void* in, std::uint8_t* out, int pixels) const;

 private:
  explicit ToSrgb(std::shared_ptr<void> transform) : transform_(std::move(transform)) {}
  std::shared_ptr<void> transform_;
};

}  // namespace noiseglass
