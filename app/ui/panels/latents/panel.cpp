// Latents: the same corruption, in coefficients instead of pixels; and words as points.

#include "session/published.h"
#include "ui/panels/latents/view.h"
#include "ui/panels/shared/controls.h"

#include <optional>

namespace noiseglass::app {
namespace {

class LatentsPanel final : public Panel {
 public:
  void draw(Ui& ui, const Rect& rect) override;
  std::map<std::string, double> facts() const override { return words_shown_ ? words_.facts() : digits_.facts(); }

 private:
  Rect draw_controls(Ui& ui, const Rect& rect);
  Published<LatentModel>::Outcome model(Ui& ui);

  bool words_shown_ = false;
  Published<LatentModel> made_;
  std::optional<WordSet> word_set_;
  std::string problem_;
  DigitsView digits_;
  WordsView words_;
  Worker worker_;  // last: it ends before what its job uses
};

Rect LatentsPanel::draw_controls(Ui& ui, const Rect& rect) {
  const Rect left = begin_controls(ui, rect);
  setting_segments(ui, "view");
  if (words_shown_) {
    control_note(ui,
                 "Click a word, then drag t. The points were placed by hand for this picture; in a real model they are "
                 "learned, and have hundreds of coordinates.");
    ImGui::Dummy({1, ui.theme.px(4)});
  } else {
    setting_slider(ui, "digit");
    setting_slider(ui, "k");
  }
  if (panel_button(ui, "noise", "New noise", "Draws another ε (N).")) ++ui.next.seed;
  if (!words_shown_) {
    ImGui::Dummy({1, ui.theme.px(4)});
    control_heading(ui, "What the coefficients are");
    control_note(ui,
                 "The k directions in which 590 handwritten digits vary most (principal components). Each coefficient "
                 "is divided by its standard deviation, so that it has mean 0 and variance 1 over the digits. The "
                 "forward process ends in N(0, I), as it does for pixels.");
    ImGui::Dummy({1, ui.theme.px(4)});
    control_note(ui,
                 "A latent diffusion model uses a learned encoder and decoder instead. It saves in the same way: each "
                 "of its many steps works on fewer numbers.");
  }
  end_controls(ui);
  return left;
}

/// Asked for on each frame that has none: a worker that could not begin tries again.
Published<LatentModel>::Outcome LatentsPanel::model(Ui& ui) {
  if (!made_.value()) worker_.want({made_.job(1, ui.wake, [](std::stop_token) { return make_latent_model(); })});
  return made_.get();
}

void LatentsPanel::draw(Ui& ui, const Rect& rect) {
  words_shown_ = setting_index(ui, "view") == 1;
  const Rect left = draw_controls(ui, rect);
  problem_.clear();
  if (words_shown_) {
    if (!word_set_) try {
        word_set_ = read_word_set();
      } catch (const Error& error) {
        problem_ = error.what();
      }
    if (word_set_) return words_.draw(ui, left, *word_set_);
  } else {
    const auto made = model(ui);
    if (made.value) return digits_.draw(ui, left, *made.value);
    problem_ = made.problem;
  }
  draw_text_wrapped(ui.theme.body, left.min, problem_.empty() ? ui.theme.dim : ui.theme.warning,
                    problem_.empty() ? "Finding the principal components of the bundled digits…" : problem_,
                    left.width());
}

}  // namespace

std::unique_ptr<Panel> make_latents_panel() { return std::make_unique<LatentsPanel>(); }

}  // namespace noiseglass::app
