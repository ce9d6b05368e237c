#pragma once

#include <Eigen/Core>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace noiseglass {

/// Principal components of a set: the directions in which its members differ most (Pearson 1901; Bishop 2006,
/// section 12.1). The simplest autoencoder there is: linear, and its best k numbers are known in closed form.
///
/// Latents are whitened: coefficient j is divided by its standard deviation over the set, so that each latent has mean
/// 0 and variance 1 there, and N(0, I) is the prior that the noise of the forward process leads to.
struct Pca {
  Eigen::VectorXd mean;        ///< D
  Eigen::MatrixXd components;  ///< D × K, orthonormal columns, largest variance first; largest entry of each positive
  Eigen::VectorXd variances;   ///< K, of the coefficients over the set (divided by n), all above zero
  double total_variance = 0;   ///< of the set, summed over the D dimensions

  int dimensions() const { return int(mean.size()); }      ///< D
  int available() const { return int(variances.size()); }  ///< K: at most min(D, n − 1)

  /// @param data n × D, one member a row
  /// @throws UsageError for fewer than two members, or members that are all the same
  static Pca fit(const Eigen::MatrixXd& data);

  /// The first k latents of x. @throws UsageError unless 1 ≤ k ≤ K and x has D numbers
  Eigen::VectorXd encode(const Eigen::VectorXd& x, int k) const;
  /// The x that latents z stand for (further ones count as 0).
  Eigen::VectorXd decode(const Eigen::VectorXd& z) const;
  /// Share of the set's variance that the first k components hold, 0 … 1; k from 0 to K.
  double explained(int k) const;
};

/// The bundled hand-written digits: MNIST's, 28 × 28 in [−1, 1].
struct DigitSet {
  static constexpr int side = 28;
  Eigen::MatrixXd pixels;   ///< n × 784, rows of a picture from the top
  std::vector<int> labels;  ///< n, 0 … 9
};
/// @param file an atlas: ten rows of pictures, row d holds the digit d. Empty: the bundled one
/// @throws Error when it is missing or of another size
DigitSet read_digit_set(const std::filesystem::path& file = {});

/// Words as points, made by hand (assets/words/words.csv says so): nearness in the plane stands for nearness of
/// meaning.
struct WordSet {
  std::vector<std::string> words, groups;  ///< n each
  Eigen::MatrixXd points;                  ///< n × 2, mean 0 and a variance of 1 a direction, on average over both
};
/// @param file lines "word,group,x,y"; lines that start with # are skipped. Empty: the bundled one
/// @throws Error that names the line
WordSet read_word_set(const std::filesystem::path& file = {});

/// p(point | x_t) over equally likely points (rows): softmax of −|x_t − √ᾱ·x_i|²/(2(1−ᾱ)).
/// At ᾱ = 1 the nearest point has all the weight. @throws UsageError for no points, or ᾱ outside 0 … 1
Eigen::ArrayXd point_weights(const Eigen::MatrixXd& points, const Eigen::VectorXd& x_t, double alpha_bar);

}  // namespace noiseglass
