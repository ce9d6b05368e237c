#pragma once

#include "noiseglass/image.h"
#include "noiseglass/model.h"

#include <string>
#include <vector>

namespace noiseglass {

/// A picture made ready for one network, and what was done to it in words for the user.
struct Fitted {
  Image x_0;
  std::string note;  ///< "cropped to a square, reduced to 32×32, made grey"; empty if taken as it is
};

/// A grey picture kept in three equal channels, as most programs save them, with one: then its noise is grey too.
ByteImage without_equal_channels(ByteImage picture);

/// Fixed-size networks get the middle square at their size; any-size networks get the whole picture with its longest
/// side at most `working_size` (0: full size). Grey networks get grey pictures; grey pictures stay grey.
Fitted fit_to_model(const ByteImage& picture, const ModelInfo& model, int working_size);
/// The same for any target. @param channels at most @param size side of a square, or 0 for any size
Fitted fit(const ByteImage& picture, int channels, int size, int working_size);

/// Whether a picture looks like what the bundled digits network knows: grey, small, square, light strokes on black.
bool looks_like_digit(const ByteImage& picture);

/// Index of the model that fits the picture: "digits" for digits, else the first any-size colour model; −1 for none.
int choose_model(const ByteImage& picture, const std::vector<ModelInfo>& models);

}  // namespace noiseglass
