#pragma once

#include "ui/panels/panel.h"

#include "noiseglass/latent.h"
#include "render/texture.h"

#include <array>
#include <string>

namespace noiseglass::app {

/// The digits, what the principal components are made from, and those kept out of it to be shown.
struct LatentModel {
  Pca pca;
  std::array<Eigen::VectorXd, 10> shown;  ///< one of each digit, which the components were not made from
  int fitted_to = 0;                      ///< number of digits that they were made from
};
/// @throws Error when the bundled digits are missing
LatentModel make_latent_model();

/// Noise in pixels beside noise in k coefficients.
class DigitsView {
 public:
  void draw(Ui& ui, const Rect& rect, const LatentModel& model);
  std::map<std::string, double> facts() const;

 private:
  void renew(const Ui& ui, const LatentModel& model);
  void draw_half(Ui& ui, const Rect& rect, const LatentModel& model, bool latent);
  void draw_coefficients(Ui& ui, const Rect& rect);
  void draw_explained(Ui& ui, const Rect& rect, const LatentModel& model);
  void draw_samples(Ui& ui, const Rect& rect);

  Key key_;
  int k_ = 1;
  double alpha_bar_ = 1, explained_ = 0;
  Eigen::VectorXd x_t_, z_0_, z_t_;
  render::Texture clean_, noisy_, decoded_, decoded_noisy_;
  std::array<render::Texture, 8> samples_;
};

/// Words as points, and noise as blur in meaning.
class WordsView {
 public:
  void draw(Ui& ui, const Rect& rect, const WordSet& words);
  /// Words by their places in the list: what xₜ is taken for, and what it is most easily mistaken for.
  std::map<std::string, double> facts() const;

 private:
  void draw_plane(Ui& ui, const Rect& rect, const WordSet& words);
  void draw_odds(Ui& ui, const Rect& rect, const WordSet& words) const;
  void draw_history(Ui& ui, const Rect& rect, const WordSet& words) const;
  Eigen::Vector2d x_t(double alpha_bar) const;

  Eigen::Vector2d x_0_ = Eigen::Vector2d::Zero(), epsilon_ = Eigen::Vector2d::Zero();
  Eigen::ArrayXd odds_;
  int word_ = 0, nearest_ = 0;
};

}  // namespace noiseglass::app
