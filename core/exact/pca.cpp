#include "noiseglass/error.h"
#include "noiseglass/latent.h"

#include <Eigen/SVD>

#include <algorithm>
#include <cmath>

namespace noiseglass {

Pca Pca::fit(const Eigen::MatrixXd& data) {
  if (data.rows() < 2 || data.cols() < 1) throw UsageError("principal components need at least two members of the set");
  Pca pca;
  pca.mean = data.colwise().mean();
  const Eigen::MatrixXd centred = data.rowwise() - pca.mean.transpose();
  pca.total_variance = centred.squaredNorm() / double(data.rows());
  const Eigen::BDCSVD<Eigen::MatrixXd> svd(centred, Eigen::ComputeThinU | Eigen::ComputeThinV);
  const Eigen::VectorXd& s = svd.singularValues();
  // What is zero but for rounding is no direction: it cannot be whitened.
  int count = 0;
  while (count < s.size() && s[count] > 1e-10 * s[0]) ++count;
  if (count == 0) throw UsageError("all members of the set are the same: there is nothing to encode");
  pca.variances = s.head(count).array().square() / double(data.rows());
  pca.components = svd.matrixV().leftCols(count);
  for (int j = 0; j < count;
       ++j) {  // a component is as good as its negative: decide, so that it is always the same one
    Eigen::Index largest = 0;
    pca.components.col(j).cwiseAbs().maxCoeff(&largest);
    if (pca.components(largest, j) < 0) pca.components.col(j) *= -1;
  }
  return pca;
}

Eigen::VectorXd Pca::encode(const Eigen::VectorXd& x, int k) const {
  if (k < 1 || k > available())
    throw UsageError("k must be 1 … " + std::to_string(available()) + ", not " + std::to_string(k));
  if (x.size() != mean.size())
    throw UsageError("x has " + std::to_string(x.size()) + " numbers, but the components have " +
                     std::to_string(mean.size()));
  const Eigen::VectorXd coefficients = components.leftCols(k).transpose() * (x - mean);
  return coefficients.array() / variances.head(k).array().sqrt();
}

Eigen::VectorXd Pca::decode(const Eigen::VectorXd& z) const {
  if (z.size() > available())
    throw UsageError("there are only " + std::to_string(available()) + " components, not " + std::to_string(z.size()));
  const Eigen::VectorXd coefficients = z.array() * variances.head(z.size()).array().sqrt();
  return mean + components.leftCols(z.size()) * coefficients;
}

double Pca::explained(int k) const {
  if (k < 0 || k > available()) throw UsageError("k must be 0 … " + std::to_string(available()));
  return variances.head(k).sum() / total_variance;
}

Eigen::ArrayXd point_weights(const Eigen::MatrixXd& points, const Eigen::VectorXd& x_t, double alpha_bar) {
  if (points.rows() == 0) throw UsageError("there are no points to weigh");
  if (!(alpha_bar >= 0 && alpha_bar <= 1)) throw UsageError("ᾱ must lie between 0 and 1");
  const Eigen::ArrayXd distance = ((std::sqrt(alpha_bar) * points).rowwise() - x_t.transpose()).rowwise().squaredNorm();
  Eigen::Index nearest = 0;
  const double least = distance.minCoeff(&nearest);
  if (alpha_bar == 1) return Eigen::VectorXd::Unit(points.rows(), nearest).array();
  const Eigen::ArrayXd weights = (-(distance - least) / (2 * (1 - alpha_bar))).exp();
  return weights / weights.sum();
}

}  // namespace noiseglass
