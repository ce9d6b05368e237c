#include "session/published.h"
#include "ui/panels/shared/axes.h"
#include "ui/panels/shared/controls.h"
#include "ui/panels/training/view.h"

#include <algorithm>
#include <cmath>

namespace noiseglass::app {
namespace {

constexpr Target targets[] = {Target::epsilon, Target::x_0, Target::v};

class TrainingPanel final : public Panel {
 public:
  void draw(Ui& ui, const Rect& rect) override;
  std::map<std::string, double> facts() const override;

 private:
  LearningChoice choice(const Ui& ui) const;
  void draw_controls(Ui& ui);
  void draw_progress(Ui& ui);
  void draw_planes(Ui& ui, const Rect& rect);
  void draw_plots(Ui& ui, const Rect& rect);
  void want_field(const Ui& ui, double half_width);

  std::unique_ptr<Learner> learner_;
  std::shared_ptr<const LearningSnapshot> snapshot_;
  std::string problem_;  // why there is nothing to learn, or why it does not go on
  double rate_ = 0;      // the learning rate once the slider was let go
  Published<LearnedField> field_;
  Key field_key_;
  std::uint64_t field_id_ = 0;
  std::unique_ptr<Worker> worker_;  // last: it ends before what its jobs use
};

LearningChoice TrainingPanel::choice(const Ui& ui) const {
  const LaneState& lane = ui.next.lanes[0];
  LearningChoice choice;
  choice.dataset = dataset_records()[setting_index(ui, "dataset")].id;
  choice.target = targets[setting_index(ui, "target")];
  choice.learning_rate = rate_;
  choice.schedule = lane.schedule, choice.schedule_values = lane.schedule_values;
  choice.steps = ui.next.steps;
  choice.seed = ui.next.seed;
  return choice;
}

void TrainingPanel::draw(Ui& ui, const Rect& rect) {
  if (!learner_) {
    learner_ = std::make_unique<Learner>(ui.wake);
    worker_ = std::make_unique<Worker>();
  }
  const Theme& theme = ui.theme;
  const Rect rest = begin_controls(ui, rect, 248);
  draw_controls(ui);
  if (rate_ == 0 || !ImGui::IsMouseDown(0)) rate_ = setting(ui, "rate");
  learner_->want(choice(ui), setting_on(ui, "playing"));
  const auto latest = learner_->latest();
  snapshot_ = latest.value, problem_ = latest.problem;
  if (snapshot_) draw_progress(ui);
  end_controls(ui);
  if (!snapshot_ || !problem_.empty()) {
    draw_text_wrapped(theme.body, rest.min, problem_.empty() ? theme.dim : theme.warning,
                      problem_.empty() ? "Preparing…" : problem_, rest.width());
    return;
  }
  const float gap = theme.px(12), height = (rest.height() - gap) * 0.56f;
  draw_planes(ui, {rest.min, {rest.max.x, rest.min.y + height}});
  draw_plots(ui, {{rest.min.x, rest.min.y + height + gap}, rest.max});
}

void TrainingPanel::draw_controls(Ui& ui) {
  const bool playing = setting_on(ui, "playing");
  if (panel_button(ui, "play", playing ? "Pause" : "Train", "Trains the network in this window, on your processor.",
                   true))
    set_setting(ui, "playing", !playing);
  ImGui::SameLine();
  if (panel_button(ui, "reset", "Reset", "Starts over from random initial weights."))
    learner_->restart(), set_setting(ui, "playing", 0);
  ImGui::Dummy({1, ui.theme.px(4)});
  setting_segments(ui, "target");
  setting_combo(ui, "dataset");
  setting_slider_log(ui, "rate", "%.2g");
  setting_segments(ui, "measure");
}

void TrainingPanel::draw_progress(Ui& ui) {
  const LearningRun& run = snapshot_->now;
  const double ratio = run.curve.back().epsilon / snapshot_->exact.epsilon;
  control_heading(ui, run.steps == 0 ? "Not trained yet" : (std::to_string(run.steps) + " steps").c_str());
  control_note(ui, fixed(run.seconds, 1) + " s of one core. Error of ε̂: " + number(run.curve.back().epsilon, 3) + ", " +
                       (ratio < 10 ? fixed(ratio, 2) : number(ratio, 2)) + " times the exact denoiser's.");
  ImGui::Dummy({1, ui.theme.px(2)});
  if (!snapshot_->kept.empty()) {
    if (panel_button(ui, "forget", "Forget earlier curves", "Removes the runs that were kept for comparison."))
      learner_->forget_kept();
    return;
  }
  control_note(ui, run.steps == 0 ? "Every target yields both ε̂ and x̂₀, so the three can be compared by either error. "
                                    "Which is learned fastest, and where along t does each fail?"
                                  : "Now choose another target: this curve stays for comparison.");
}

void TrainingPanel::want_field(const Ui& ui, double half_width) {
  const int t = std::clamp(ui.session.lane(0).t, 1, snapshot_->schedule->steps());
  const Key key(snapshot_->id, t, half_width);
  if (key == field_key_) return;
  field_key_ = key;
  worker_->want({field_.job(++field_id_, ui.wake, [snapshot = snapshot_, t, half_width](std::stop_token) {
    return make_field(*snapshot, t, half_width);
  })});
}

void TrainingPanel::draw_planes(Ui& ui, const Rect& rect) {
  const Theme& theme = ui.theme;
  const float gap = theme.px(12), width = (rect.width() - 2 * gap) / 3;
  const auto place = [&](int i) {
    return Rect{{rect.min.x + i * (width + gap), rect.min.y}, {rect.min.x + i * (width + gap) + width, rect.max.y}};
  };
  const auto field = field_.get();
  const std::string t = "t = " + std::to_string(std::max(1, ui.session.lane(0).t));
  const char* names[] = {"learned_field", "exact_field", "samples"};
  const std::string titles[] = {"Learned −ε̂", "Exact −ε̂", "Samples"};
  const bool run_has_begun = snapshot_->now.steps > 0;
  const std::string words[] = {(run_has_begun ? "by this small network, " : "not trained yet, ") + t,
                               "from the data, " + t,
                               run_has_begun ? "drawn over the data" : "untrained, over the data"};
  for (int i = 0; i < 3; ++i) {
    const Rect plane = draw_plane_frame(theme, place(i), titles[i], words[i]);
    if (i == 0) want_field(ui, view_half_height * aspect_of(plane));
    if (i == 2)
      draw_samples(theme, plane, *snapshot_);
    else if (!field.problem.empty())
      draw_text_wrapped(theme.body, plane.min, theme.warning, field.problem, plane.width());
    else if (field.value)
      draw_field(theme, plane, *field.value, i == 0);
    mark_subject(ui, names[i], place(i));
  }
}

void TrainingPanel::draw_plots(Ui& ui, const Rect& rect) {
  const float gap = ui.theme.px(12), middle = rect.min.x + (rect.width() - gap) * 0.5f;
  const Rect left{rect.min, {middle, rect.max.y}}, right{{middle + gap, rect.min.y}, rect.max};
  const auto measure = Measure(setting_index(ui, "measure"));
  draw_loss_curves(ui.theme, left, *snapshot_, measure);
  double t = ui.session.lane(0).t;
  const Plot by_t = errors_by_t(ui.theme, *snapshot_, measure, t);
  if (draw_errors_by_t(ui.theme, right, by_t, measure, t)) {
    ui.next.position = std::round(t);
    ui.next.playing = Playing::paused;
  }
  const std::string error = "mean squared error of " + measure_name(measure);
  mark_subject(ui, "loss_curve", left, loss_on_paper(*snapshot_, measure));
  mark_subject(ui, "loss_by_t", right, on_paper(by_t, "Error of " + measure_name(measure) + " by t", error));
}

std::map<std::string, double> TrainingPanel::facts() const {
  if (!snapshot_) return {};
  const auto field = field_.value();
  return {{"steps", snapshot_->now.steps},
          {"loss", snapshot_->now.curve.back().epsilon},
          {"exact_loss", snapshot_->exact.epsilon},
          {"x_0_loss", snapshot_->now.curve.back().x_0},
          {"target", double(snapshot_->now.choice.target)},
          {"kept", double(snapshot_->kept.size())},
          {"field_t", field ? field->t : -1}};
}

}  // namespace

std::unique_ptr<Panel> make_training_panel() { return std::make_unique<TrainingPanel>(); }

}  // namespace noiseglass::app
