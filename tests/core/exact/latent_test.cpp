#include "noiseglass/latent.h"

#include "core/io/test_files.h"
#include "core/states.h"
#include "noiseglass/error.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>

namespace noiseglass {
namespace {

/// n points of D dimensions with directions of different spread that lie askew.
Eigen::MatrixXd askew(int n, int D) {
  Eigen::MatrixXd data(n, D);
  const Eigen::ArrayXd z = normals(4, Eigen::Index(n) * D), turn = normals(5, Eigen::Index(D) * D);
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < D; ++j) data(i, j) = z[i * D + j] * (1 + j);
  return (data * Eigen::Map<const Eigen::MatrixXd>(turn.data(), D, D)).rowwise() + Eigen::RowVectorXd::Constant(D, 3);
}

TEST(Pca, ComponentsAreOrthonormalAndSorted) {
  const Pca pca = Pca::fit(askew(40, 7));
  ASSERT_EQ(pca.available(), 7);
  EXPECT_LT((pca.components.transpose() * pca.components - Eigen::MatrixXd::Identity(7, 7)).norm(), 1e-12);
  for (int j = 1; j < 7; ++j) EXPECT_LE(pca.variances[j], pca.variances[j - 1]);
  for (int j = 0; j < 7; ++j) EXPECT_GT(pca.components.col(j).maxCoeff(), -pca.components.col(j).minCoeff());
}

/// Each component is an eigenvector of the covariance matrix, its variance the eigenvalue.
TEST(Pca, DiagonalisesTheCovariance) {
  const Eigen::MatrixXd data = askew(40, 7);
  const Pca pca = Pca::fit(data);
  const Eigen::MatrixXd centred = data.rowwise() - data.colwise().mean();
  const Eigen::MatrixXd covariance = centred.transpose() * centred / 40;
  EXPECT_LT((covariance * pca.components - pca.components * pca.variances.asDiagonal()).norm(),
            1e-10 * covariance.norm());
  EXPECT_NEAR(pca.total_variance, covariance.trace(), 1e-9 * covariance.trace());
}

/// Two dimensions by hand: points (2, 2), (−2, −2), (1, −1), (−1, 1) about (5, 0). The diagonal has variance 4, the
/// other 1.
TEST(Pca, OfFourPointsByHand) {
  Eigen::MatrixXd data(4, 2);
  data << 7, 2, 3, -2, 6, -1, 4, 1;
  const Pca pca = Pca::fit(data);
  EXPECT_LT((pca.mean - Eigen::Vector2d(5, 0)).norm(), 1e-14);
  EXPECT_NEAR(pca.variances[0], 4, 1e-12);
  EXPECT_NEAR(pca.variances[1], 1, 1e-12);
  EXPECT_NEAR(pca.explained(1), 0.8, 1e-12);
  EXPECT_NEAR(std::abs(pca.components(0, 0)), std::sqrt(0.5), 1e-12);
  const Eigen::VectorXd z = pca.encode(Eigen::Vector2d(7, 2), 1);
  EXPECT_NEAR(std::abs(z[0]), std::sqrt(2.0), 1e-12);  // √8 from the mean, in units of the deviation 2
}

TEST(Pca, LatentsOfTheSetAreWhite) {
  const Eigen::MatrixXd data = askew(60, 6);
  const Pca pca = Pca::fit(data);
  Eigen::MatrixXd z(60, 6);
  for (int i = 0; i < 60; ++i) z.row(i) = pca.encode(data.row(i), 6);
  EXPECT_LT(z.colwise().mean().norm(), 1e-12);
  EXPECT_LT((z.transpose() * z / 60 - Eigen::MatrixXd::Identity(6, 6)).norm(), 1e-10);
}

/// Mean squared error of the set when k components are kept = the sum of the variances that are dropped.
TEST(Pca, LosesTheVariancesThatAreDropped) {
  const Eigen::MatrixXd data = askew(50, 8);
  const Pca pca = Pca::fit(data);
  for (int k = 1; k <= 8; ++k) {
    double error = 0;
    for (int i = 0; i < 50; ++i)
      error += (pca.decode(pca.encode(data.row(i), k)) - data.row(i).transpose()).squaredNorm() / 50;
    EXPECT_NEAR(error, pca.variances.tail(8 - k).sum(), 1e-9 * pca.total_variance) << "k = " << k;
    EXPECT_NEAR(error, (1 - pca.explained(k)) * pca.total_variance, 1e-9 * pca.total_variance);
  }
}

TEST(Pca, EncodesWhatItDecodes) {
  const Pca pca = Pca::fit(askew(30, 9));
  const Eigen::VectorXd z = normals(6, 5).matrix();
  EXPECT_LT((pca.encode(pca.decode(z), 5) - z).norm(), 1e-12);
}

TEST(Pca, HasNoDirectionsThatTheSetHasNot) {
  EXPECT_EQ(Pca::fit(askew(5, 9)).available(), 4);  // five points span four dimensions
}

TEST(Pca, RefusesWhatDoesNotFit) {
  EXPECT_THROW(Pca::fit(Eigen::MatrixXd::Ones(1, 4)), UsageError);
  EXPECT_THROW(Pca::fit(Eigen::MatrixXd::Ones(3, 4)), UsageError);
  const Pca pca = Pca::fit(askew(9, 4));
  EXPECT_THROW(pca.encode(Eigen::VectorXd::Zero(4), 0), UsageError);
  EXPECT_THROW(pca.encode(Eigen::VectorXd::Zero(4), 5), UsageError);
  EXPECT_THROW(pca.encode(Eigen::VectorXd::Zero(3), 2), UsageError);
  EXPECT_THROW(pca.decode(Eigen::VectorXd::Zero(5)), UsageError);
  EXPECT_THROW(pca.explained(5), UsageError);
}

TEST(PointWeights, AreBayesRule) {
  Eigen::MatrixXd points(3, 2);
  points << 0, 0, 1, 0, 0, 2;
  const double alpha_bar = 0.6;
  const Eigen::Vector2d x_t(0.5, 0.7);
  Eigen::Array3d expected;
  for (int i = 0; i < 3; ++i)
    expected[i] = std::exp(-(std::sqrt(alpha_bar) * points.row(i).transpose() - x_t).squaredNorm() / 0.8);
  expected /= expected.sum();
  EXPECT_LT((point_weights(points, x_t, alpha_bar) - expected).abs().maxCoeff(), 1e-14);
  EXPECT_LT((point_weights(points, x_t, 0) - 1.0 / 3).abs().maxCoeff(), 1e-15) << "nothing is left to go by";
  EXPECT_EQ(point_weights(points, Eigen::Vector2d(0.9, 0.1), 1)[1], 1);
  EXPECT_THROW(point_weights(points, x_t, 1.1), UsageError);
  EXPECT_THROW(point_weights(Eigen::MatrixXd(0, 2), x_t, 0.5), UsageError);
}

TEST(DigitSet, HasSixtyOfEach) {
  const DigitSet set = read_digit_set(std::filesystem::path(TEST_ASSETS) / "digits" / "mnist.png");
  ASSERT_EQ(set.pixels.rows(), 600);
  ASSERT_EQ(set.pixels.cols(), 784);
  for (int digit = 0; digit < 10; ++digit) EXPECT_EQ(std::ranges::count(set.labels, digit), 60);
  EXPECT_EQ(set.pixels.minCoeff(), -1);
  EXPECT_EQ(set.pixels.maxCoeff(), 1);
  EXPECT_THROW(read_digit_set(std::filesystem::path(TEST_DATA) / "pictures" / "grey.png"), Error);
}

TEST(WordSet, IsCentredAndOfUnitVariance) {
  const WordSet set = read_word_set(std::filesystem::path(TEST_ASSETS) / "words" / "words.csv");
  EXPECT_GE(set.words.size(), 40u);
  EXPECT_EQ(std::size_t(set.points.rows()), set.words.size());
  EXPECT_LT(set.points.colwise().mean().norm(), 1e-12);
  EXPECT_NEAR(set.points.squaredNorm() / double(2 * set.words.size()), 1, 1e-12);
}

using WordFile = noiseglass::testing::InFolder;

TEST_F(WordFile, NamesTheLineThatIsWrong) {
  for (const std::string wrong : {"dog,animals,1", "dog,animals,1,2,3", "dog,animals,1,far"}) {
    const std::string text = "# by hand\ncat,animals,0,1\n" + wrong + "\n";
    const std::string file = with_bytes("words.csv", {text.begin(), text.end()});
    EXPECT_THAT(noiseglass::testing::error_of([&] { read_word_set(file); }), ::testing::HasSubstr("line 3")) << wrong;
  }
}

}  // namespace
}  // namespace noiseglass
