#pragma once

#include "ui/panels/discrete/data.h"
#include "ui/panels/panel.h"

#include "render/texture.h"

#include <memory>

namespace noiseglass::app {

/// What the panel of discrete corruption shows in one frame.
struct DiscreteScene {
  std::shared_ptr<const DiscreteSet> set;
  std::shared_ptr<const Schedule> schedule;
  Transition transition{1, Eigen::ArrayXd::Ones(1)};
  bool pictures = false;   ///< tokens are pixels, not letters
  bool generated = false;  ///< x comes from the way back, so there is no x₀ that it was made from
  bool pure = false;       ///< the way back started from pure noise
  int step = 0, steps = 0;
  int slider_t = 0, t = 0, s = 0;  ///< of the slider; of x; of one step back from it
  int token = 0;                   ///< the one that is looked at

  Tokens x;                ///< x_t
  Eigen::ArrayXd weights;  ///< p(member | x_t)
  Eigen::MatrixXd guess;   ///< p(x₀ᵢ | x_t)
  int version = 0;         ///< another number for other tokens or weights

  void show(const Tokens& x_t, const Eigen::ArrayXd& member_weights);
};

/// Draws it: the tokens, what the exact denoiser thinks, and one token's distributions.
class DiscreteView {
 public:
  void draw(Ui& ui, const Rect& rect, const DiscreteScene& scene);

 private:
  void draw_sentence(Ui& ui, const Rect& rect, const DiscreteScene& scene);
  void draw_pictures(Ui& ui, const Rect& rect, const DiscreteScene& scene);
  void draw_shelf(Ui& ui, const Rect& rect, const DiscreteScene& scene);
  void renew_textures(const Ui& ui, const DiscreteScene& scene);

  int version_ = -1;
  ImU32 mask_ = 0;
  const DiscreteSet* shown_set_ = nullptr;
  render::Texture x_, guess_;
  std::vector<render::Texture> members_;
};

/// One token's transition matrix and distributions, in a column.
void draw_token(Ui& ui, const Rect& rect, const DiscreteScene& scene);

/// What a letter's tile shows for a state: "a", or nothing for the space.
std::string letter_name(int token);
/// The empty square that stands for [MASK].
void draw_mask_sign(const Theme& theme, ImVec2 centre, float size);

}  // namespace noiseglass::app
