#include "learning/products.h"

#include <algorithm>

namespace noiseglass::learning {

// The engine's 1×1 convolution is a product: "pixels" are the columns of b, "input channels" the inner dimension,
// "output channels" the rows of a, packed in blocks of 16: [block][inner][16].

float* Products::room_for_packed(Eigen::Index rows, Eigen::Index inner) {
  const auto stored = std::size_t(nn::padded(int(rows)));
  if (packed_.size() < stored * inner) packed_ = nn::Buffer(stored * inner);
  if (bias_.size() < stored) bias_ = nn::Buffer(stored);
  std::fill_n(bias_.data(), stored, 0.0f);
  return packed_.data();
}

void Products::run(Eigen::Index rows, Eigen::Index inner, const ConstMatrix& b, Matrix out) {
  nn::ConvTask task;
  task.conv.weights = packed_.data();
  task.conv.bias = bias_.data();
  task.conv.taps = 1;
  task.conv.k = int(inner);
  task.conv.blocks = nn::padded(int(rows)) / nn::lanes;
  const auto tensor = [](const float* data, Eigen::Index columns, Eigen::Index channels, Eigen::Index stride) {
    return nn::Tensor{const_cast<float*>(data), 1,     1, int(columns), int(channels), columns * stride,
                      columns * stride,         stride};
  };
  task.in = tensor(b.data(), b.cols(), inner, b.outerStride());
  task.out = tensor(out.data(), b.cols(), rows, out.outerStride());
  kernels_.conv_direct(task, 0, b.cols());
}

void Products::multiply(const ConstMatrix& a, const ConstMatrix& b, const Eigen::Ref<const Eigen::VectorXf>& bias,
                        Matrix out) {
  const Eigen::Index rows = a.rows(), inner = a.cols();
  float* packed = room_for_packed(rows, inner);
  std::copy_n(bias.data(), bias.size(), bias_.data());
  for (Eigen::Index row = 0; row < rows; row += nn::lanes) {
    const Eigen::Index used = std::min<Eigen::Index>(nn::lanes, rows - row);
    for (Eigen::Index k = 0; k < inner; ++k, packed += nn::lanes) {
      std::copy_n(a.data() + k * a.outerStride() + row, used, packed);
      std::fill(packed + used, packed + nn::lanes, 0.0f);
    }
  }
  run(rows, inner, b, out);
}

void Products::multiply_transposed(const ConstMatrix& a, const ConstMatrix& b, Matrix out) {
  transposed_ = a.transpose();
  multiply(transposed_, b, Eigen::VectorXf(), out);
}

void Products::multiply_by_transposed(const ConstMatrix& a, const ConstMatrix& b, Matrix out) {
  transposed_ = b.transpose();
  multiply(a, transposed_, Eigen::VectorXf(), out);
}

}  // namespace noiseglass::learning
