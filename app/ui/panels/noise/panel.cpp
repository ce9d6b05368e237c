// The panel "Noise prediction": what the network guesses, how wrong it is, and what a sampler makes of it.

#include "session/panels/panels.h"
#include "ui/lessons/lessons.h"
#include "ui/panels/noise/parts.h"
#include "ui/widgets/layout.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace noiseglass::app {
namespace {

constexpr double seconds_to_subtract = 2.5, seconds_per_stage = 1.4;

class NoisePrediction final : public Panel {
 public:
  void draw(Ui& ui, const Rect& rect) override {
    if (!plot_) plot_ = std::make_unique<ErrorPlot>(ui.wake);
    const bool one_step = setting_index(ui, "show") == 1;
    const int lanes = ui.session.state().lane_count, lane = std::min(setting_index(ui, "lane"), lanes - 1);
    const Guess guess = guess_of(ui, lane);
    move_on(ui, one_step);
    const Rect body = begin_controls(
        ui, rect, 260, ui.lesson.reader.is_open() ? 1400 : 1100);  // three pictures abreast need the width
    setting_segments(ui, "show");
    if (lanes == 2) {
      setting_segments(ui, "lane");
      control_note(ui, lane_titles(ui.session)[lane]);
    }
    one_step ? step_controls(ui) : guess_controls(ui);
    end_controls(ui);
    plot_->measure(ui.session);
    if (one_step) return step_.draw(ui, body, guess);
    if (is_hidden(ui, "curve")) {  // by a lesson that is about the pictures
      tiles_.draw(ui, body, guess, setting(ui, "share"));
      return;
    }
    const float px = ui.theme.px(1);
    const bool points_at_plot = ui.marks.highlighted.contains("noise.curve");
    const float in_a_row = (body.width() - 48 * px) / 4 / guess.aspect + 48 * px;
    const bool large = body.width() > 4 * 150 * px;  // then a row of four is enough, and the plot has the rest
    const std::array<Part, 2> parts{
        {{std::min(220 * px, in_a_row), 3, points_at_plot ? 0 : 1, large ? in_a_row : body.height()},
         {118 * px, 2, points_at_plot ? 1 : 0}}};
    const auto places = rows(body, 16 * px, parts);  // pictures above the plot; where there is no room for both, one
    float end = body.min.y;
    if (places[0]) end = tiles_.draw(ui, *places[0], guess, setting(ui, "share")) + 12 * px;
    if (places[1]) plot_->draw(ui, {{body.min.x, end}, body.max});
  }

  bool wants_frames() const override { return subtracting_ || stepping_; }

  std::map<std::string, double> facts() const override {
    if (!plot_) return {};
    return {{"points", plot_->points()},
            {"all_points", plot_->all()},
            {"rms", tiles_.rms()},
            {"gain", tiles_.gain()},
            {"moving", wants_frames()}};
  }

 private:
  void guess_controls(Ui& ui) {
    control_heading(ui, "Subtract the prediction");
    if (setting_slider(ui, "share")) subtracting_ = false;
    const bool done = setting(ui, "share") >= 1;
    if (panel_button(ui, "subtract",
                     subtracting_ ? "Pause"
                     : done       ? "Put it back"
                                  : "Subtract it",
                     "Subtracts the predicted noise from xₜ; what is left, rescaled, is x̂₀.", true)) {
      if (done && !subtracting_) set_setting(ui, "share", 0);
      subtracting_ = !subtracting_ && !done;
    }
    control_heading(ui, "The measured error");
    setting_segments(ui, "error");
    setting_switch(ui, "log");
    control_note(ui, setting_index(ui, "error") == 0
                         ? "At small t the noise is faint and hard to tell from the picture: the prediction of ε is at "
                           "its worst there, though the picture has hardly suffered. Predicting no noise at all would "
                           "have an error of about 1."
                         : "The same predictions, judged by the picture. This error is the other one divided by the "
                           "signal-to-noise ratio; it grows with t: what is lost must be made up.");
  }

  void step_controls(Ui& ui) {
    setting_segments(ui, "sampler");
    setting_slider_log(ui, "moves");
    control_note(ui, "Fewer steps are longer steps. With 1000, one step would change nothing that you could see.");
    control_heading(ui, "Slow motion");
    if (setting_slider(ui, "stage")) stepping_ = false;
    if (panel_button(ui, "play", stepping_ ? "Pause" : "Play", "Shows the parts of the step one by one.", true)) {
      if (!stepping_ && setting_index(ui, "stage") == step_stages) set_setting(ui, "stage", 0);
      stepping_ = !stepping_;
      since_ = 0;
    }
    ImGui::SameLine();
    if (panel_button(ui, "next", "Next part", "Shows the next part of the step.")) {
      stepping_ = false;
      const int stage = setting_index(ui, "stage");
      set_setting(ui, "stage", stage == step_stages ? 0 : stage + 1);
    }
    control_note(ui, setting_index(ui, "sampler") == 0
                         ? "DDPM draws from the exact posterior q(xₛ | xₜ, x₀), with the estimate x̂₀ in place of the "
                           "picture, which it cannot know (Ho et al. 2020, eq. 7)."
                         : "DDIM re-mixes x̂₀ and ε̂ for the lower noise level s. With η = 0 it adds no fresh noise "
                           "(Song, Meng & Ermon 2021, eq. 12).");
  }

  /// What plays by itself.
  void move_on(Ui& ui, bool one_step) {
    const double seconds = std::min(0.1, double(ImGui::GetIO().DeltaTime));
    if (one_step) subtracting_ = false;
    if (!one_step) stepping_ = false;
    if (subtracting_) {
      const double share = std::min(1.0, setting(ui, "share") + seconds / seconds_to_subtract);
      set_setting(ui, "share", share);
      subtracting_ = share < 1;
    }
    if (!stepping_) return;
    since_ += seconds;
    if (since_ < seconds_per_stage) return;
    since_ = 0;
    const int stage = std::min(step_stages, setting_index(ui, "stage") + 1);
    set_setting(ui, "stage", stage);
    stepping_ = stage < step_stages;
  }

  std::unique_ptr<ErrorPlot> plot_;
  GuessTiles tiles_;
  StepTiles step_;
  bool subtracting_ = false, stepping_ = false;
  double since_ = 0;  // the last stage, seconds
};

}  // namespace

std::unique_ptr<Panel> make_noise_panel() { return std::make_unique<NoisePrediction>(); }

}  // namespace noiseglass::app
