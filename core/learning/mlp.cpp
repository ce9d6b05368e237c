#include "learning/features.h"
#include "learning/workspace.h"
#include "noiseglass/error.h"
#include "noiseglass/learning.h"

#include <cmath>

namespace noiseglass {

Mlp::Mlp(Size size, std::uint64_t seed) {
  if (size.width < 16 || size.width % 16 != 0 || size.layers < 1)
    throw UsageError("a network for the plane needs at least one hidden layer, of a width that 16 divides");
  Eigen::Index total = 0;
  int in = learning::feature_count;
  for (int layer = 0; layer <= size.layers; ++layer) {
    const int out = layer < size.layers ? size.width : 2;
    layers_.push_back({in, out, total});
    total += Eigen::Index(in + 1) * out;
    in = out;
  }
  weights_.setZero(total);
  for (const Layer& layer : layers_) {
    if (&layer == &layers_.back()) break;  // it starts at zero: the untrained network says 0
    const Eigen::Index count = Eigen::Index(layer.in) * layer.out;
    fill_gaussian({seed, streams::learning_weights}, std::uint64_t(layer.first),
                  {&weights_[layer.first], std::size_t(count)});
    weights_.segment(layer.first, count) /= std::sqrt(float(layer.in));
  }
}

void Mlp::forward(const Eigen::Array2Xf& x_t, const Eigen::ArrayXf& log_snr, Workspace& work) const {
  const Eigen::Index points = x_t.cols();
  work.values.resize(layers_.size() + 1);
  work.slopes.resize(layers_.size());
  learning::compute_features(x_t, log_snr, work.values[0]);
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    const Layer& layer = layers_[i];
    const Eigen::Map<const Eigen::MatrixXf> w(&weights_[layer.first], layer.out, layer.in);
    const Eigen::Map<const Eigen::VectorXf> bias(&weights_[layer.first + w.size()], layer.out);
    Eigen::MatrixXf& out = work.values[i + 1];
    out.resize(layer.out, points);
    work.products.multiply(w, work.values[i], bias, out);
    if (i + 1 == layers_.size()) break;
    // SiLU(z) = z·s with s = 1/(1 + e^−z); its slope is s + z·s·(1 − s).
    auto z = out.array();
    auto& slope = work.slopes[i];
    slope = (1 + (-z).exp()).inverse();
    z *= slope;
    slope += z * (1 - slope);
  }
}

Eigen::Array2Xf Mlp::operator()(const Eigen::Array2Xf& x_t, const Eigen::ArrayXf& log_snr) const {
  constexpr Eigen::Index most = 512;  // at once: what fits into the cache
  Workspace work;
  Eigen::Array2Xf out(2, x_t.cols());
  for (Eigen::Index first = 0; first < x_t.cols(); first += most) {
    const Eigen::Index count = std::min(most, x_t.cols() - first);
    forward(x_t.middleCols(first, count), log_snr.segment(first, count), work);
    out.middleCols(first, count) = work.values.back().array();
  }
  return out;
}

float Mlp::loss(const Eigen::Array2Xf& x_t, const Eigen::ArrayXf& log_snr, const Eigen::Array2Xf& wanted,
                Workspace& work, Eigen::ArrayXf& gradient) const {
  forward(x_t, log_snr, work);
  const Eigen::Array2Xf difference = work.values.back().array() - wanted;
  work.error = (difference * (2.0f / float(difference.size()))).matrix();
  gradient.resize(weights_.size());
  backward(work, gradient);
  return difference.square().mean();
}

/// From the derivative of the loss by the answer (work.error) back through the layers.
void Mlp::backward(Workspace& work, Eigen::ArrayXf& gradient) const {
  for (std::size_t i = layers_.size(); i-- > 0;) {
    const Layer& layer = layers_[i];
    const Eigen::Map<const Eigen::MatrixXf> w(&weights_[layer.first], layer.out, layer.in);
    Eigen::Map<Eigen::MatrixXf> w_gradient(&gradient[layer.first], layer.out, layer.in);
    work.products.multiply_by_transposed(work.error, work.values[i], w_gradient);
    gradient.segment(layer.first + w.size(), layer.out) = work.error.rowwise().sum().array();
    if (i == 0) break;
    work.next_error.resize(layer.in, work.error.cols());
    work.products.multiply_transposed(w, work.error, work.next_error);
    work.next_error.array() *= work.slopes[i - 1];
    work.error.swap(work.next_error);
  }
}

}  // namespace noiseglass
