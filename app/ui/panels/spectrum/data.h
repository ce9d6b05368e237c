#pragma once

#include "session/key.h"
#include "session/opening.h"
#include "session/published.h"
#include "ui/panels/shared/way.h"

#include "noiseglass/spectrum.h"

#include <array>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace noiseglass::app {

/// What the open picture is reduced to, by its longest side; a smaller picture is taken as it is.
constexpr std::array<int, 3> spectrum_sides = {64, 256, 1024};
constexpr int spectrum_side = 256;  ///< of the two that show one size only

/// A picture with its noise and the spectra of both.
struct PictureSpectrum {
  Image x_0, epsilon;
  std::shared_ptr<const Fourier> fourier;  ///< of x₀
  NoisySpectrum spectrum;
};
/// @param side the longest; the middle of the picture, since fast transforms want smooth sides
PictureSpectrum spectrum_of(const ByteImage& picture, int side, std::uint64_t seed);

/// x₀ in two parts: the rings below `end`, and the others. Their sum is x₀.
struct SplitPicture {
  Image above, drowned;
};
SplitPicture split_at(const Fourier& fourier, int end);

/// The way of a network from noise, with the spectrum of each of its estimates.
struct WaySpectra {
  Way way;
  std::vector<std::vector<double>> x_0;  ///< of x̂₀ at each moment
};

struct SpectrumRequest {
  enum class Show { picture, way_back, sizes } show = Show::picture;
  std::shared_ptr<const OpenPicture> picture;
  std::string model_path;  ///< of the network that goes the way back; empty: there is none
  int model_size = 0;      ///< its side; 0: any
  std::shared_ptr<const Schedule> schedule;
  Key schedule_key;
  std::uint64_t seed = 0;
  int t = 0;
};

/// Computes what the panel shows on a thread of its own, and keeps what it needs again.
class SpectrumData {
 public:
  explicit SpectrumData(std::function<void()> wake) : wake_(std::move(wake)) {}

  void want(const SpectrumRequest& request);

  // As far as it has been computed; null: not yet.
  std::shared_ptr<const PictureSpectrum> picture(int side) const;
  Published<SplitPicture>::Outcome split() const;  ///< of the last t that is done
  /// x_t at this side, as it looks on a tile of spectrum_side pixels: a larger one is averaged. Of the last t that is
  /// done.
  Published<Image>::Outcome noisy(int side) const;
  std::shared_ptr<const WaySpectra> way() const;
  int moment() const;                       ///< of the way, at the slider's t; −1: none yet
  int drowned() const { return drowned_; }  ///< the first ring that is lost in noise, at spectrum_side
  std::string problem() const;
  Key key() const { return base_; }         ///< of picture and noise
  Key way_key() const { return way_key_; }  ///< of network, schedule and noise

 private:
  std::uint64_t id_of(const Key& key);

  std::function<void()> wake_;
  SpectrumRequest request_;
  Key base_, way_key_;
  int drowned_ = 0;
  std::map<int, Published<PictureSpectrum>> pictures_;
  std::map<int, Published<Image>> noisy_;
  Published<SplitPicture> split_;
  Published<WaySpectra> way_;
  std::map<Key, std::uint64_t> ids_;
  Worker worker_;  // last: it ends before what its jobs use
};

}  // namespace noiseglass::app
