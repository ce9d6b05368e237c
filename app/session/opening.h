#pragma once

#include "session/key.h"
#include "session/state.h"

#include "noiseglass/image.h"
#include "noiseglass/library.h"
#include "noiseglass/model.h"
#include "noiseglass/progress.h"

#include <array>
#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace noiseglass::app {

/// A picture at its own size.
struct OpenPicture {
  std::uint64_t id = 0;  ///< another number for each opening
  std::filesystem::path path;
  std::string title;
  ByteImage bytes;
  std::vector<ByteImage> reduced;  ///< of large ones: longest sides 2048, 1024, 512, for views that show most of it

  /// The smallest version that has a pixel for each of `pixels` across the fraction `shown` of the width.
  const ByteImage& for_view(double shown, int pixels) const {
    const ByteImage* smallest = &bytes;
    for (const ByteImage& version : reduced)
      if (shown * version.shape.width >= pixels) smallest = &version;
    return *smallest;
  }
};

/// The picture as a lane's denoiser gets it.
struct FittedPicture {
  const ModelInfo* model = nullptr;  ///< null when there is no network
  bool model_fits = true;            ///< the network was trained on pictures of this kind
  std::shared_ptr<const Image> x_0;
  double variance = 1;    ///< of its values, about the mean of each colour
  bool full_size = true;  ///< x_0 is the picture itself, or the picture reduced: the full size may be shown, with noise
                          ///< in as many channels as x_0 has
  std::string note;       ///< how the picture was fitted
  Key fit_key;            ///< what x_0 was made from; lanes that show the same one share it
};

/// Which picture is to be seen, and how it is to be fitted.
struct PictureRequest {
  std::filesystem::path path;
  Background background = Background::white;
  std::array<std::string, 2> models;  ///< of the lanes, by name; empty: the one that fits
  int working_size = 512;
  bool operator==(const PictureRequest&) const = default;

  static PictureRequest of(const AppState& state);
  void put_into(AppState& state) const;
  bool same_picture(const PictureRequest& other) const { return path == other.path && background == other.background; }
};

/// All that takes time when a picture is opened or fitted anew.
struct PreparedPicture {
  std::shared_ptr<const OpenPicture> picture;
  std::array<FittedPicture, 2> lanes;
};

/// @param known the picture and what has been made of it, where it has been read already; else empty, and then `id` is
/// the picture's
/// @param progress of reading the file
/// @throws Error, std::bad_alloc
PreparedPicture prepare_picture(const PictureRequest& request, const PreparedPicture& known, std::uint64_t id,
                                const Library& library, std::stop_token stop, const Progress& progress = {});

}  // namespace noiseglass::app
