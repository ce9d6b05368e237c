#pragma once

#include "learning/products.h"
#include "noiseglass/learning.h"

namespace noiseglass {

struct Mlp::Workspace {
  std::vector<Eigen::MatrixXf> values;  // features, then what each layer gave; a column for each point
  std::vector<Eigen::ArrayXXf> slopes;  // of each SiLU at its input
  Eigen::MatrixXf error, next_error;    // derivatives of the loss by a layer's output
  learning::Products products;
};

}  // namespace noiseglass
