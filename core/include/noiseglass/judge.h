#pragma once

#include "noiseglass/image.h"

#include <string>
#include <vector>

namespace noiseglass {

/// A small classifier, trained on real pictures only, that says what samples look like: three convolutions of 3×3, each
/// with ReLU and the maximum of 2×2, then two dense layers (training/classifier.py, its normalisation folded in).
/// Immutable: several threads may ask at once.
class Judge {
 public:
  /// @throws Error with a sentence for a file that is missing or no judge
  static Judge load(const std::string& path);

  /// On pictures that it was not trained on, 0 … 1, as its file says.
  double accuracy() const { return accuracy_; }
  int classes() const { return int(last_.bias.size()); }
  Shape shape() const { return shape_; }

  /// The class of a picture in [−1, 1]. @throws UsageError for another shape
  int class_of(const Image& picture) const;

 private:
  struct Layer {
    std::vector<float> weight, bias;  // output × input (× 3 × 3)
  };

  Shape shape_;
  double accuracy_ = 0;
  std::vector<Layer> convolutions_;
  Layer dense_, last_;
};

/// assets/judges/NAME.safetensors, of the network of that name; an empty path where there is none.
std::string judge_of(const std::string& network);

}  // namespace noiseglass
