// Draw your own schedule: handles on the log-SNR, and beside it what it does to the picture, and how well the picture
// and others come back.

#include "session/view_sampling.h"
#include "ui/panels/schedule/parts.h"
#include "ui/panels/shared/axes.h"
#include "ui/panels/shared/controls.h"
#include "ui/panels/shared/picture_tiles.h"
#include "ui/widgets/layout.h"
#include "ui/widgets/slider.h"

#include "noiseglass/corruption.h"
#include "noiseglass/judge.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>

namespace noiseglass::app {
namespace {

using Clock = std::chrono::steady_clock;

constexpr auto rest_before_trial = std::chrono::milliseconds(300);  // while a handle moves, nothing is tried
constexpr std::array compared = {"linear", "cosine"};

/// What makes samples: the first lane's network if a judge can read what it makes, else that of digits.
const ModelInfo* sampled_model(const Session& session) {
  const ModelInfo* own = session.lane(0).model;
  if (own && own->steps.empty() && !judge_of(own->name).empty()) return own;
  for (const ModelInfo& model : session.library().models)
    if (model.name == "digits" && !judge_of(model.name).empty()) return &model;
  return nullptr;
}

/// As many pictures as have room side by side.
int cells_in(float width, float height) { return std::clamp(int(width / std::max(1.f, height)), 1, 24); }

class SchedulePanel final : public Panel {
 public:
  void draw(Ui& ui, const Rect& rect) override;
  bool wants_frames() const override { return waits_; }
  std::map<std::string, double> facts() const override { return facts_; }

 private:
  ScheduleScene make_scene(const Ui& ui);
  std::vector<ScheduleTrial> trials(const Ui& ui, const ScheduleScene& scene) const;
  void try_out(const Ui& ui, const ScheduleScene& scene);
  void draw_controls(Ui& ui);
  void draw_strips(Ui& ui, const ScheduleScene& scene, const Rect& rect);
  void note_facts(const Ui& ui, const ScheduleScene& scene);

  std::map<std::string, double> facts_;
  std::map<std::string, std::shared_ptr<const Schedule>> foils_;  // by name, of the same T
  TextureSlots textures_;
  ScheduleScores scores_;
  std::vector<ShownScore> shown_scores_;
  Key tried_;
  Clock::time_point changed_;
  bool waits_ = false;
};

ScheduleScene SchedulePanel::make_scene(const Ui& ui) {
  const LaneState& lane = ui.session.state().lanes[0];
  const LaneView& view = ui.session.lane(0);
  ScheduleScene scene;
  const std::string own =
      lane.schedule == "custom" ? "Yours" : find_record("schedule", schedule_records(), lane.schedule).label;
  scene.shown.push_back({own, view.schedule, view.schedule_key, ui.theme.lane[0], true});
  const int T = view.schedule->steps();
  if (setting_on(ui, "beside"))
    for (const char* id : compared) {
      if (lane.schedule == id && lane.schedule_values.empty()) continue;
      auto& foil = foils_[id];
      if (!foil || foil->steps() != T) foil = std::make_shared<const Schedule>(make_schedule(id, T));
      const bool first = std::string(id) == compared[0];
      scene.shown.push_back({find_record("schedule", schedule_records(), id).label, foil, Key(id, T),
                             first ? ui.theme.dim : ui.theme.lane[1], false});
    }
  if (lane.schedule == "custom")
    scene.knots = to_knots(
        resolve_values(find_record("schedule", schedule_records(), "custom"), lane.schedule_values).at("knots"));
  else
    scene.knots = knots_along(*view.schedule);
  scene.timesteps = timesteps_of(lane, *view.schedule);
  return scene;
}

/// For each schedule that is shown the way back of the picture, then for each the samples.
std::vector<ScheduleTrial> SchedulePanel::trials(const Ui& ui, const ScheduleScene& scene) const {
  const AppState& state = ui.session.state();
  const LaneState& lane = state.lanes[0];
  const LaneView& view = ui.session.lane(0);
  Key steps(lane.sampler, lane.sampler_values, lane.spacing, lane.clip, lane.sample_steps, state.seed, lane.guidance,
            lane.times.size());
  for (const double time : lane.times) steps.add_all(time);
  const auto middle = std::make_shared<const Image>(middle_of(*view.x_0));
  std::vector<ScheduleTrial> all;
  for (const ShownSchedule& shown : scene.shown) {
    ScheduleTrial trial;
    trial.run = {plan_of(lane, view), shown.schedule, 0, Origin::picture, state.seed, Epsilon::one};
    trial.run.plan.x_0 = middle;
    // The same noise for all: where the slider stands, whatever t that is.
    trial.run.from = std::max(1, shown.schedule->nearest_t(scene.own().log_snr(std::max(1, view.t))));
    trial.key = Key("picture", shown.key, steps, denoiser_key(lane, view), trial.run.from);
    all.push_back(std::move(trial));
  }
  const ModelInfo* model = sampled_model(ui.session);
  if (!model) return all;
  const auto blank = std::make_shared<const Image>(Shape{model->size, model->size, model->channels});
  for (const ShownSchedule& shown : scene.shown) {
    ScheduleTrial trial;
    trial.run = {
        {lane, model->path, blank}, shown.schedule, shown.schedule->steps(), Origin::noise, state.seed, Epsilon::one};
    trial.run.plan.lane.denoiser = "network";
    trial.samples = wall_samples, trial.judge = judge_of(model->name), trial.classes = int(model->class_names.size());
    trial.key = Key("samples", shown.key, steps, model->path);
    all.push_back(std::move(trial));
  }
  return all;
}

void SchedulePanel::try_out(const Ui& ui, const ScheduleScene& scene) {
  shown_scores_.assign(scene.shown.size(), {});
  waits_ = false;
  if (!setting_on(ui, "scored") || ui.session.opening()) return scores_.want({}, ui.wake);
  const std::vector<ScheduleTrial> all = trials(ui, scene);
  Key key;
  for (const ScheduleTrial& trial : all) key.add_all(trial.key);
  if (key != tried_) tried_ = key, changed_ = Clock::now();
  waits_ = Clock::now() - changed_ < rest_before_trial;
  // Two networks at work at once would make the user wait.
  waits_ || ui.session.computing() ? scores_.want({}, ui.wake) : scores_.want(all, ui.wake);
  for (std::size_t i = 0; i < all.size(); ++i) {
    ShownScore& score = shown_scores_[i % scene.shown.size()];
    (i < scene.shown.size() ? score.picture : score.samples) = scores_.find(all[i].key);
  }
}

void SchedulePanel::draw_controls(Ui& ui) {
  const Theme& theme = ui.theme;
  LaneState& lane = ui.next.lanes[0];
  control_heading(ui, "Begin with");
  if (begin_control(ui, "preset", theme.px(190), true)) {
    skip_label(ui);
    const ImVec2 top_left = ImGui::GetCursorScreenPos();
    small_combo(theme, "##preset", find_record("schedule", schedule_records(), lane.schedule).label, theme.px(190),
                "Takes this schedule for the first lane; its handles can be dragged from there.", [&] {
                  for (const ScheduleRecord& record : schedule_records()) {
                    if (list_entry(record.label.c_str(), record.id == lane.schedule)) lane.choose_schedule(record.id);
                    tooltip(theme, (record.summary + "\n" + record.formula + "\n" + record.source).c_str());
                  }
                });
    mark(ui, "preset", {top_left, ImGui::GetItemRectMax()});
    end_control(ui);
  }
  control_heading(ui, "Sampling steps");
  if (begin_control(ui, "steps", theme.px(160))) {
    skip_label(ui);
    const ImVec2 top_left = ImGui::GetCursorScreenPos();
    double steps = lane.sample_steps;
    ImGui::SetNextItemWidth(theme.px(96));
    if (number_slider("steps", steps, {1, double(std::min<int>(most_times, ui.next.steps)), "%.0f", true}))
      lane.sample_steps = int(steps), lane.times.clear();
    tooltip(theme, "Number of sampling steps from noise to picture; each is a mark below the axis.");
    mark(ui, "steps", {top_left, ImGui::GetItemRectMax()});
    end_control(ui);
  }
  if (begin_control(ui, "spacing", theme.px(170))) {
    skip_label(ui);
    const ImVec2 top_left = ImGui::GetCursorScreenPos();
    const std::string now =
        lane.times.empty() ? find_record("spacing", spacing_records(), lane.spacing).label : "Placed by hand";
    small_combo(theme, "##spacing", now, theme.px(170),
                "How the timesteps are spaced. Or drag their marks below the axis.", [&] {
                  for (const SpacingRecord& record : spacing_records()) {
                    if (list_entry(record.label.c_str(), lane.times.empty() && record.id == lane.spacing))
                      lane.spacing = record.id, lane.times.clear();
                    tooltip(theme, (record.summary + "\n" + record.formula + "\n" + record.source).c_str());
                  }
                });
    mark(ui, "spacing", {top_left, ImGui::GetItemRectMax()});
    end_control(ui);
  }
  control_heading(ui, "Show");
  setting_switch(ui, "beside");
  setting_switch(ui, "scored");
  control_note(ui,
               "Drag a handle, or go to it with Tab and move it with the arrows. The lanes in Pictures follow, and so "
               "does everything that uses the first lane's schedule.");
}

/// One row of pictures for each schedule, over the same t as the curve above.
void SchedulePanel::draw_strips(Ui& ui, const ScheduleScene& scene, const Rect& rect) {
  const Theme& theme = ui.theme;
  const Rect inside = draw_card(theme, rect, "The picture on its way to noise", "exact");
  const std::vector<Part> parts(scene.shown.size(), Part{theme.px(30), 1, 0, theme.px(110)});
  const auto places = rows(inside, theme.px(6), parts);
  mark_subject(ui, "strip", inside);
  const Image& x_0 = *ui.session.lane(0).x_0;
  const double square = std::min(x_0.shape.width, x_0.shape.height);
  const double across = square / x_0.shape.width / 2, down = square / x_0.shape.height / 2;
  float side = 1e9f;  // the same for all, whatever rounding made of their places
  for (const auto& place : places)
    if (place) side = std::min(side, std::floor(place->height()));
  for (std::size_t i = 0; i < scene.shown.size(); ++i) {
    if (!places[i]) continue;
    const ShownSchedule& shown = scene.shown[i];
    const float left = places[i]->min.x + theme.px(64);
    const int cells = cells_in(places[i]->max.x - left, side), pixels = std::clamp(int(side), 8, 160);
    draw_text_fitting(theme.small, {places[i]->min.x, places[i]->min.y + side / 2 - theme.px(7)}, shown.colour,
                      shown.own && shown.name.size() > 8 ? "Yours" : shown.name, theme.px(62));
    const Key key(shown.key, ui.session.lane(0).fit_key, ui.session.state().seed, cells, pixels);
    const unsigned texture = textures_.show("strip" + std::to_string(i), key, [&] {
      const ViewRect view{0.5 - across, 0.5 - down, 0.5 + across, 0.5 + down, pixels, pixels};
      const Image clean = sample_clean(x_0, view);
      NoiseSampler noise;
      const Image epsilon = noise.sample(one_epsilon(ui.session.state().seed), x_0.shape, view);
      Image strip(Shape{pixels, pixels * cells, clean.shape.channels});
      for (int cell = 0; cell < cells; ++cell) {
        const int t = int(std::lround((cell + 0.5) / cells * shown.schedule->steps()));
        const Image x_t = corrupt(clean, epsilon, shown.schedule->alpha_bar(t));
        for (int y = 0; y < pixels; ++y)
          std::copy_n(&x_t.data[x_t.data.size() / std::size_t(pixels) * std::size_t(y)],
                      x_t.data.size() / std::size_t(pixels),
                      &strip.data[(std::size_t(y) * std::size_t(cells) + std::size_t(cell)) *
                                  std::size_t(pixels * clean.shape.channels)]);
      }
      return strip;
    });
    const Rect pictures{{left, places[i]->min.y}, {left + side * float(cells), places[i]->min.y + side}};
    ImGui::GetWindowDrawList()->AddImage(ImTextureID(std::intptr_t(texture)), pictures.min, pictures.max);
  }
}

void SchedulePanel::note_facts(const Ui& ui, const ScheduleScene& scene) {
  const Schedule& own = scene.own();
  int half = 1;
  while (half < own.steps() && own.log_snr(half) > 0) ++half;
  facts_ = {{"t", ui.session.lane(0).t},
            {"drawn", ui.session.state().lanes[0].schedule == "custom"},
            {"middle_log_snr", own.log_snr(std::max(1, own.steps() / 2))},
            {"last_step", double(scene.timesteps.back()) / own.steps()},
            {"half_share", double(half) / own.steps()},
            {"steps", double(scene.timesteps.size())},
            {"steps_in_the_middle", double(steps_in_the_middle(scene))},
            {"by_hand", !ui.session.state().lanes[0].times.empty()}};
  bool tried = !shown_scores_.empty();
  for (std::size_t i = 0; i < scene.shown.size(); ++i) {
    const ShownScore& score = shown_scores_[i];
    const auto &picture = score.picture.value, &samples = score.samples.value;
    tried &= picture && picture->done && samples && samples->done;
    std::string which;
    if (i > 0) which = scene.shown[i].name == "Linear" ? "_linear" : "_cosine";
    if (picture && picture->done && std::isfinite(picture->psnr)) facts_["psnr" + which] = picture->psnr;
    if (samples && samples->done) facts_["read" + which] = samples->read;
  }
  facts_["tried"] = tried;
}

void SchedulePanel::draw(Ui& ui, const Rect& rect) {
  const Theme& theme = ui.theme;
  const float gap = theme.px(window_is_short(theme) ? 10 : 16);
  const Rect body = begin_controls(ui, rect, 252, 1500);
  draw_controls(ui);
  end_controls(ui);
  const ScheduleScene scene = make_scene(ui);
  try_out(ui, scene);
  const bool scored = setting_on(ui, "scored");
  const auto wanted = [&](const char* name) { return ui.marks.highlighted.contains(std::string("schedule.") + name); };
  const std::array<Part, 2> sides{{{theme.px(420), 1.6f, 2}, {theme.px(290), 1, 1}}};
  const auto side = columns(body, gap, sides);
  if (side[0]) {
    const float strips = theme.px(46) + float(scene.shown.size()) * theme.px(48);
    const std::array<Part, 2> parts{
        {{theme.px(210), 2, 2}, {theme.px(90), 1, wanted("strip") ? 3 : 1, strips + theme.px(60)}}};
    const auto part = rows(*side[0], gap, parts);
    if (part[0]) draw_schedule_curve(ui, scene, *part[0]);
    if (part[1]) draw_strips(ui, scene, *part[1]);
  }
  if (side[1]) {
    const float table = theme.px(128) + float(scene.shown.size()) * theme.px(26);
    const std::array<Part, 2> parts{
        {{theme.px(150), 1, 1}, {scored ? table : 1, 0, scored ? 2 : 0, scored ? table + theme.px(60) : 1}}};
    const auto part = rows(*side[1], gap, parts);
    if (part[0]) {
      const Rect inside = draw_card(theme, *part[0], "The same schedule as β and ᾱ", "exact");
      const std::array<Part, 2> plots{{{theme.px(92), 1, 2}, {theme.px(110), 1.15f, 1}}};
      const auto plot = rows(inside, theme.px(6), plots);
      if (plot[0]) draw_schedule_quantity(ui, scene, true, *plot[0]);
      if (plot[1]) draw_schedule_quantity(ui, scene, false, *plot[1]);
    }
    if (part[1] && scored) {
      const ModelInfo* model = sampled_model(ui.session);
      draw_schedule_scores(ui, scene, shown_scores_, model ? model->label : "", *part[1]);
    }
  }
  note_facts(ui, scene);
}

}  // namespace

std::unique_ptr<Panel> make_schedule_panel() { return std::make_unique<SchedulePanel>(); }

}  // namespace noiseglass::app
