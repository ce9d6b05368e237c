#pragma once

#include "nn/arena.h"
#include "nn/kernels/kernels.h"

#include <Eigen/Core>

namespace noiseglass::learning {

/// Matrix products of a training step by the engine's kernels, which are compiled for the processor at hand. Eigen's,
/// in a baseline build, are not: for the three products of a layer (128 × 128, 512 points) they took 3.2–4.1 ms, these
/// 0.4 ms (Zen 4). Matrices are Eigen's, column by column.
class Products {
 public:
  using Matrix = Eigen::Ref<Eigen::MatrixXf, 0, Eigen::OuterStride<>>;
  using ConstMatrix = Eigen::Ref<const Eigen::MatrixXf, 0, Eigen::OuterStride<>>;

  /// out = a·b + bias in every column; an empty bias means none.
  void multiply(const ConstMatrix& a, const ConstMatrix& b, const Eigen::Ref<const Eigen::VectorXf>& bias, Matrix out);
  /// out = aᵀ·b
  void multiply_transposed(const ConstMatrix& a, const ConstMatrix& b, Matrix out);
  /// out = a·bᵀ
  void multiply_by_transposed(const ConstMatrix& a, const ConstMatrix& b, Matrix out);

 private:
  void run(Eigen::Index rows, Eigen::Index inner, const ConstMatrix& b, Matrix out);
  float* room_for_packed(Eigen::Index rows, Eigen::Index inner);

  nn::Kernels kernels_ = *nn::available_kernels().kernels[0];
  nn::Buffer packed_, bias_;
  Eigen::MatrixXf transposed_;
};

}  // namespace noiseglass::learning
