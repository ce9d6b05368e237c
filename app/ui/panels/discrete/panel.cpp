// Discrete corruption: letters and grey levels that are replaced or masked, and the exact way back.

#include "session/published.h"
#include "ui/panels/discrete/data.h"
#include "ui/panels/discrete/view.h"
#include "ui/panels/shared/controls.h"
#include "ui/panels/shared/figures.h"

#include "noiseglass/files.h"
#include "noiseglass/library.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <optional>

namespace noiseglass::app {
namespace {

constexpr const char* default_sentence = "the cat hides in the noise again.";

/// The bundled pictures, read by the worker.
struct PictureShelf {
  std::vector<SmallPicture> pictures;
  std::vector<std::filesystem::path> paths;
};

PictureShelf read_shelf(const std::vector<BundledPicture>& pictures, std::stop_token stop) {
  PictureShelf shelf;
  for (const BundledPicture& picture : pictures) {
    if (stop.stop_requested()) throw Cancelled();
    try {
      shelf.pictures.push_back(small_picture(picture.title, read_picture(picture.path)));
      shelf.paths.push_back(picture.path);
    } catch (const Error&) {  // the picture is missing here as in the strip, which says so
    }
  }
  return shelf;
}

class DiscretePanel final : public Panel {
 public:
  void draw(Ui& ui, const Rect& rect) override {
    const Rect left = draw_controls(ui, rect);
    if (!renew_set(ui)) {
      draw_text(ui.theme.body, left.min, problem_.empty() ? ui.theme.dim : ui.theme.warning,
                problem_.empty() ? "Reading the bundled pictures…" : problem_);
      return;
    }
    renew_scene(ui);
    view_.draw(ui, left, scene_);
  }
  bool wants_frames() const override { return run_ && !run_->done(); }
  std::map<std::string, double> facts() const override;

 private:
  Rect draw_controls(Ui& ui, const Rect& rect);
  void draw_way_back(Ui& ui);
  void edit_sentence(Ui& ui);
  bool renew_set(Ui& ui);
  void renew_scene(Ui& ui);
  void renew_run(const Ui& ui);
  void start(Ui& ui, int from) const;

  Published<PictureShelf> shelf_;
  std::optional<std::vector<std::string>> sentences_;
  std::string problem_;
  Key set_key_, scene_key_, run_key_;
  SmallPicture own_;
  std::uint64_t own_id_ = 0;
  std::shared_ptr<const DiscreteSet> set_;
  std::optional<DiscreteRun> run_;
  DiscreteScene scene_;
  DiscreteView view_;
  Worker worker_;  // last: it ends before what its job uses
};

bool shows_run(const Ui& ui) { return setting_index(ui, "view") == 1; }
bool shows_pictures(const Ui& ui) { return setting_index(ui, "data") == 1; }

std::string sentence_of(const Ui& ui) {
  const auto typed = ui.next.texts.find("discrete.sentence");
  return typed == ui.next.texts.end() ? default_sentence : typed->second;
}

Transition transition_of(const Ui& ui, int classes) {
  return transition_records()[std::size_t(setting_index(ui, "kind"))].make(classes);
}

void DiscretePanel::edit_sentence(Ui& ui) {
  if (is_hidden(ui, "sentence")) return;
  const Theme& theme = ui.theme;
  if (!begin_control(ui, "sentence", theme.px(280))) return;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  draw_text(theme.small, at, theme.dim, "Your sentence");
  ImGui::Dummy({1, theme.small->FontSize - theme.px(2)});
  char buffer[96];
  std::snprintf(buffer, sizeof buffer, "%s", sentence_of(ui).c_str());
  ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x);
  if (ImGui::InputText("##sentence", buffer, sizeof buffer)) ui.next.texts["discrete.sentence"] = buffer;
  focus_stop(Takes::text);
  tooltip(
      theme,
      "Up to 44 characters. Capitals become lower case; anything but letters, spaces and . , ' ? ! becomes a space.");
  mark(ui, "sentence", {at, ImGui::GetItemRectMax()});
  if (!controls_in_a_line(ui)) ImGui::Dummy({1, theme.px(4)});
  end_control(ui);
}

void DiscretePanel::start(Ui& ui, int from) const {
  set_setting(ui, "from", from);
  set_setting(ui, "view", 1);
  ui.next.position = std::min(from, ui.next.steps);
  ui.next.playing = Playing::reverse;
}

void DiscretePanel::draw_way_back(Ui& ui) {
  control_heading(ui, "Reverse process");
  setting_segments(ui, "view");
  setting_slider(ui, "steps");
  if (panel_button(ui, "generate", "Generate",
                   "Runs the reverse process from pure noise; the slider then moves through its steps.", true))
    start(ui, Schedule::max_steps);
  ImGui::SameLine();
  const int t = int(std::lround(ui.next.position));
  if (panel_button(ui, "restore", "From here", "Runs the reverse process from the slider's t.", false, t >= 1))
    start(ui, t);
  const int count = set_ ? int(set_->members.size()) : 0;
  control_note(ui, "No network: the exact denoiser weighs the " + std::to_string(count) +
                       (shows_pictures(ui) ? " pictures" : " sentences") + " it knows. It can return nothing else.");
}

Rect DiscretePanel::draw_controls(Ui& ui, const Rect& rect) {
  const Rect left = begin_controls(ui, rect);
  setting_segments(ui, "data");
  if (shows_pictures(ui))
    setting_slider(ui, "levels");
  else
    edit_sentence(ui);
  setting_segments(ui, "kind");
  if (!shows_pictures(ui) &&  // the open picture's controls have a die
      panel_button(ui, "new_noise", "New noise", hint(action("new_noise")).c_str()))
    perform("new_noise", ui.session, ui.next);
  draw_way_back(ui);
  end_controls(ui);
  return left;
}

bool DiscretePanel::renew_set(Ui& ui) {
  Key key;
  if (shows_pictures(ui)) {
    const auto shelf = shelf_.get();
    problem_ = shelf.problem;
    if (!shelf.value) {
      worker_.want({shelf_.job(1, ui.wake, [pictures = ui.session.library().pictures](std::stop_token stop) {
        return read_shelf(pictures, stop);
      })});
      return false;
    }
    key = Key("pictures", ui.session.picture().id, setting_index(ui, "levels"));
    if (key == set_key_) return true;
    if (own_id_ != ui.session.picture().id) {
      own_ = small_picture(ui.session.picture().title, ui.session.picture().for_view(1, 64));
      own_id_ = ui.session.picture().id;
    }
    std::vector<SmallPicture> pictures{own_};
    for (std::size_t i = 0; i < shelf.value->pictures.size(); ++i)
      if (shelf.value->paths[i] != ui.session.picture().path) pictures.push_back(shelf.value->pictures[i]);
    set_ = std::make_shared<DiscreteSet>(picture_set(pictures, setting_index(ui, "levels")));
  } else {
    if (!sentences_) try {
        sentences_ = read_sentences();
      } catch (const Error& error) {
        problem_ = error.what();
        sentences_ = std::vector<std::string>();
      }
    const std::string typed = sentence_of(ui);
    key = Key("sentences", typed);
    if (key == set_key_) return true;
    set_ = std::make_shared<DiscreteSet>(sentence_set(typed, *sentences_));
  }
  set_key_ = key;
  run_.reset();
  return true;
}

void DiscretePanel::renew_run(const Ui& ui) {
  const AppState& state = ui.session.state();
  const Schedule& schedule = *ui.session.lane(0).schedule;
  const int from = setting_index(ui, "from"), steps = setting_index(ui, "steps");
  const Key key(set_key_, setting_index(ui, "kind"), state.seed, from, steps, ui.session.lane(0).schedule_key);
  if (!run_ || key != run_key_) {
    run_.emplace(*set_, transition_of(ui, set_->classes), schedule, from, steps, state.seed);
    run_key_ = key;
  }
  // A few steps a frame, within what a frame can spare; the slider plays more slowly than that.
  const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(4);
  do run_->advance();
  while (!run_->done() && std::chrono::steady_clock::now() < end);
}

void DiscretePanel::renew_scene(Ui& ui) {
  const Schedule& schedule = *ui.session.lane(0).schedule;
  DiscreteScene& s = scene_;
  s.set = set_;
  s.pictures = shows_pictures(ui);
  s.generated = shows_run(ui);
  s.slider_t = std::min(int(std::lround(ui.next.position)), schedule.steps());
  s.transition = transition_of(ui, set_->classes);
  s.token = std::min(setting_index(ui, s.pictures ? "pixel" : "letter"), int(set_->members.front().size()) - 1);
  const int stride = std::max(1, schedule.steps() / setting_index(ui, "steps"));
  if (s.generated) {
    renew_run(ui);
    const DiscreteRun::Frame& frame = run_->at(s.slider_t);
    const auto place = std::ranges::find(run_->times(), frame.t);
    s.t = frame.t;
    s.step = int(place - run_->times().begin());
    s.steps = int(run_->times().size()) - 1;
    s.s = place + 1 == run_->times().end() ? 0 : *(place + 1);
    s.pure = setting_index(ui, "from") >= schedule.steps();
    s.show(frame.x, frame.weights);
  } else {
    s.t = s.slider_t;
    s.s = std::max(0, s.t - stride);
    const Key key(set_key_, setting_index(ui, "kind"), ui.session.state().seed, s.t, ui.session.lane(0).schedule_key);
    if (key != scene_key_) {
      scene_key_ = key;
      const Tokens x_t = corrupt_tokens(set_->members.front(), s.transition, schedule, s.t, ui.session.state().seed);
      s.show(x_t, member_weights(set_->members, x_t, s.transition, schedule, s.t));
    }
  }
  if (s.generated) scene_key_ = {};
  s.schedule = ui.session.lane(0).schedule;
}

std::map<std::string, double> DiscretePanel::facts() const {
  if (!scene_.set || scene_.x.empty()) return {};
  const Tokens& own = scene_.set->members.front();
  double changed = 0, masked = 0, length = 0;
  for (std::size_t i = 0; i < own.size(); ++i) {
    changed += scene_.x[i] != own[i];
    masked += scene_.x[i] == scene_.transition.mask();
    if (own[i] != 0) length = double(i) + 1;
  }
  Eigen::Index best = 0;
  const double weight = scene_.weights.maxCoeff(&best);
  return {
      {"tokens", double(own.size())}, {"own_length", length}, {"changed", changed}, {"masked", masked},
      {"t", double(scene_.t)},        {"best", double(best)}, {"weight", weight},   {"run_done", run_ && run_->done()}};
}

}  // namespace

std::unique_ptr<Panel> make_discrete_panel() { return std::make_unique<DiscretePanel>(); }

}  // namespace noiseglass::app
