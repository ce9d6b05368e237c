// Points of the plane, their noised density and its score, all exact; particles that walk there and back.
#include "ui/panels/score/drawing.h"
#include "ui/panels/score/simulation.h"
#include "ui/panels/shared/axes.h"
#include "ui/panels/shared/controls.h"
#include "ui/panels/shared/legend.h"
#include "ui/widgets/hit_area.h"
#include "ui/widgets/layout.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>

namespace noiseglass::app {
namespace {

constexpr const char* drawn_text = "score.drawn";
constexpr Eigen::Index marked = 10;  // particles that can be followed

/// What the numbers at the probe mean, at this noise level.
std::string probe_words(double alpha_bar, Written written) {
  const char* where = alpha_bar < 0.01   ? "Almost pure noise: any point is about as likely as any other."
                      : alpha_bar > 0.97 ? "Hardly any noise: only nearby points are likely."
                                         : "The probe xₜ may have come from any point; nearby ones are more likely.";
  return std::string(where) + " The best estimate x̂₀ is their weighted mean, pulled slightly towards xₜ.\n\n" +
         (written == Written::exploding  ? "The score points at x̂₀."
          : written == Written::straight ? "The score points at (1 − u)·x̂₀, the ring."
                                         : "The score points at √ᾱ·x̂₀, the ring.") +
         " Green: data x₀. The other dots: particles xₜ.\n\nNo network is at work here: every number follows from "
         "the points by Bayes' rule.";
}

Path flow_path(const ProbabilityFlow& flow, Written written) {
  Path path{flow.path, Eigen::Index(flow.path.size()), {}};
  for (std::size_t i = 0; i < path.places.size(); ++i) {
    NoiseLevel level;
    level.alpha_bar = flow.alpha_bar[i], level.variance = 1 - flow.alpha_bar[i];
    path.places[i] *= written_scale(written, level);
  }
  path.now = path.places.back();
  return path;
}

/// x as the coordinates have it, and in short what is said of the particles in them.
const char* mixture_text(Written written) {
  return written == Written::straight    ? "x = (1 − u)·x₀ + u·ε"
         : written == Written::exploding ? "x = x₀ + σ·ε"
                                         : "xₜ = √ᾱ·x₀ + √(1−ᾱ)·ε";
}

/// All of them in falling order.
exports::Plot weights_on_paper(const Eigen::ArrayXd& weights) {
  std::vector<double> falling(weights.data(), weights.data() + weights.size()), rank;
  std::ranges::sort(falling, std::greater());
  for (std::size_t i = 0; i < falling.size(); ++i) rank.push_back(double(i + 1));
  const double most = falling.front(), power = std::pow(10, std::floor(std::log10(most)));
  exports::Plot paper;
  paper.title = "Which point was it?", paper.x_label = "points, likeliest first", paper.y_label = "probability";
  paper.x_min = 1, paper.x_max = std::max(2., double(falling.size())), paper.log_x = true;
  for (double tick = 1; tick <= paper.x_max; tick *= 10) paper.x_ticks.push_back(tick);
  paper.y_max = std::ceil(most / power) * power, paper.y_ticks = {0, paper.y_max / 2, paper.y_max};
  paper.curves = {curve_on_paper("posterior weights", rank, falling)};
  return paper;
}

/// Everything that the open panel shows in this frame.
struct Scene {
  const Schedule* schedule = nullptr;
  double position = 0;
  NoiseLevel level;
  Written written = Written::preserving;
  double scale = 1;  ///< the plane shows scale·x_t
  double range = plane_range;
  bool generated = false;
  Probe probe;
};

class ScorePanel final : public Panel {
 public:
  void draw(Ui& ui, const Rect& rect) override;
  std::map<std::string, double> facts() const override { return facts_; }

 private:
  void make_points(Ui& ui);
  void ask_for_work(Ui& ui, const Scene& scene);
  FlowRequest flow_request(Ui& ui, const std::string& sampler) const;
  void draw_controls(Ui& ui);
  void draw_main_buttons(Ui& ui);
  void draw_planes(Ui& ui, const Rect& rect, const Scene& scene);
  void draw_plane(Ui& ui, const Rect& rect, const Scene& scene, int index);
  void draw_particles(Ui& ui, const PlaneView& plane, const Scene& scene, int index);
  void draw_forward(Ui& ui, const PlaneView& plane, const Scene& scene);
  void draw_flow(Ui& ui, const PlaneView& plane, const Scene& scene, const Flow& flow);
  void draw_cloud(Ui& ui, const PlaneView& plane, const Points& now);
  void draw_card(Ui& ui, const Rect& rect, const Scene& scene);
  void follow_mouse(Ui& ui, const PlaneView& plane, const Scene& scene, int index);
  bool draws(const Ui& ui) const { return setting_index(ui, "dataset") == int(dataset_records().size()); }
  int planes(const Ui& ui) const { return setting_index(ui, "particles") && setting_index(ui, "beside") ? 2 : 1; }

  std::optional<ScoreWork> work_;
  Key model_key_;
  std::shared_ptr<const PointModel> model_;  ///< null while nothing is drawn
  DensityPicture density_;
  double aspect_ = 1;  ///< of the plane that was drawn last, in steps that a dragged window does not pass often
  enum class Hold { nothing, probe, pen } hold_ = Hold::nothing;
  ImVec2 pen_at_ = {0, 0};
  std::map<std::string, double> facts_;
};

void ScorePanel::make_points(Ui& ui) {
  const auto found = ui.next.texts.find(drawn_text);
  const std::string drawn = found == ui.next.texts.end() ? "" : found->second;
  const int set = setting_index(ui, "dataset");
  const double width = setting(ui, "width");
  const Key key(set, width, draws(ui) ? drawn : "");
  if (key == model_key_) return;
  model_key_ = key;
  const Points points =
      draws(ui) ? points_from_text(drawn) : dataset_records()[std::size_t(set)].make(points_in_a_set, 1);
  model_ = points.cols() == 0 ? nullptr : std::make_shared<const PointModel>(points, width);
}

FlowRequest ScorePanel::flow_request(Ui& ui, const std::string& sampler) const {
  FlowRequest request;
  request.model = model_;
  request.schedule = ui.session.lane(0).schedule;
  request.sampler = sampler;
  request.steps = setting_index(ui, "steps");
  request.count = setting_index(ui, "count");
  request.seed = ui.next.seed;
  request.key = Key(model_key_, ui.session.lane(0).schedule_key, sampler, request.steps, request.count, request.seed);
  return request;
}

void ScorePanel::ask_for_work(Ui& ui, const Scene& scene) {
  if (!work_) work_.emplace(ui.wake);
  if (!model_) return work_->want_flows({});
  work_->want_field(Key(model_key_, scene.level.log_snr, aspect_, int(scene.written)), model_, scene.level, aspect_,
                    scene.scale, scene.range);
  std::vector<FlowRequest> flows;
  if (scene.generated) {
    flows.push_back(flow_request(ui, sampler_records()[std::size_t(setting_index(ui, "sampler"))].id));
    if (const int beside = setting_index(ui, "beside"))
      flows.push_back(flow_request(ui, sampler_records()[std::size_t(beside - 1)].id));
  }
  work_->want_flows(std::move(flows));
}

void ScorePanel::draw_main_buttons(Ui& ui) {
  if (setting_index(ui, "particles") == 0) {
    if (panel_button(ui, "generate", "Generate", "Takes particles of pure noise to the data, along the score.", true,
                     model_ != nullptr)) {
      set_setting(ui, "particles", 1);
      ui.next.position = ui.next.steps;
      ui.next.playing = Playing::reverse;
    }
  } else if (panel_button(ui, "back", "Back to the data", "Shows the data again, with noise up to the slider's t.",
                          true)) {
    set_setting(ui, "particles", 0);
    ui.next.playing = Playing::paused;
  }
  ImGui::SameLine();
  if (panel_button(ui, "new_noise", "New noise", "New noise for every particle (N).")) ++ui.next.seed;
  ImGui::Dummy({1, ui.theme.px(2)});
}

void ScorePanel::draw_controls(Ui& ui) {
  draw_main_buttons(ui);
  setting_combo(ui, "dataset");
  if (draws(ui)) {
    if (panel_button(ui, "clear", "Clear", "Removes all points.", false, model_ != nullptr)) {
      ui.next.texts[drawn_text].clear();
      ImGui::Dummy({1, ui.theme.px(2)});
    }
  }
  if (setting_index(ui, "particles")) {
    setting_combo(ui, "sampler");
    setting_combo(ui, "beside");
    setting_slider(ui, "steps");
  } else {
    setting_slider(ui, "width");
  }
  setting_combo(ui, "coordinates");
  if (setting_index(ui, "particles") == 0) setting_slider(ui, "count");  // else there is no room for it
  setting_slider(ui, "trail");
  setting_switch(ui, "density");
  setting_switch(ui, "arrows");
  setting_switch(ui, "probe");
  if (setting_on(ui, "probe")) setting_switch(ui, "flow");
}

/// The probe by its handle or anywhere; where points are drawn, the pen everywhere else.
void ScorePanel::follow_mouse(Ui& ui, const PlaneView& plane, const Scene& scene, int index) {
  ImGui::SetCursorScreenPos(plane.rect.min);
  hit_area(index ? "plane b" : "plane", {plane.rect.width(), plane.rect.height()});
  if (setting_on(ui, "probe") && index == 0) {
    const FocusKeys keys = probe_by_keys(ui, "probe_x", "probe_y", 0.05);
    if (keys.enter && draws(ui)) add_point(ui.next.texts[drawn_text], {setting(ui, "probe_x"), setting(ui, "probe_y")});
  }
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const ImVec2 at = plane.at(scene.scale * Eigen::Array2d(setting(ui, "probe_x"), setting(ui, "probe_y")));
  const bool near = setting_on(ui, "probe") && std::hypot(mouse.x - at.x, mouse.y - at.y) < ui.theme.px(16);
  if (ImGui::IsItemHovered() && near) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  const bool pressed = ImGui::IsItemActivated();
  if (pressed) hold_ = draws(ui) && !near ? Hold::pen : setting_on(ui, "probe") ? Hold::probe : Hold::nothing;
  if (!ImGui::IsItemActive()) return;
  if (hold_ == Hold::probe) {
    const Eigen::Array2d point = plane.point(mouse) / scene.scale;
    set_setting(ui, "probe_x", point.x());
    set_setting(ui, "probe_y", point.y());
  } else if (hold_ == Hold::pen && (pressed || std::hypot(mouse.x - pen_at_.x, mouse.y - pen_at_.y) > ui.theme.px(7))) {
    pen_at_ = mouse;
    add_point(ui.next.texts[drawn_text], plane.point(mouse));
  }
}

void ScorePanel::draw_forward(Ui& ui, const PlaneView& plane, const Scene& scene) {
  const ForwardParticles particles = forward_particles(*model_, setting_index(ui, "count"), ui.next.seed);
  const Points now = scene.scale * corrupt(particles.x_0, particles.epsilon, scene.level.alpha_bar);
  const double T = scene.schedule->steps(), trail = setting(ui, "trail") * T;
  std::vector<Path> paths(trail > 0 ? std::size_t(std::min(marked, now.cols())) : 0);
  for (std::size_t i = 0; i < paths.size(); ++i) {
    const auto k = Eigen::Index(i);
    paths[i].now = now.col(k);
    for (int step = 0; step <= 48; ++step) {
      const double t = T * step / 48;
      if (std::abs(t - scene.position) > trail) continue;
      const NoiseLevel level = noise_level(*scene.schedule, t);
      paths[i].places.push_back(
          written_scale(scene.written, level) *
          (std::sqrt(level.alpha_bar) * particles.x_0.col(k) + std::sqrt(level.variance) * particles.epsilon.col(k)));
      paths[i].past += t <= scene.position;
    }
  }
  draw_paths(ui.theme, plane, paths);
  draw_cloud(ui, plane, now);
}

void ScorePanel::draw_flow(Ui& ui, const PlaneView& plane, const Scene& scene, const Flow& flow) {
  std::vector<double> scales;
  for (const int t : flow.t) scales.push_back(written_scale(scene.written, noise_level(*scene.schedule, t)));
  const Points now = flow_at(flow, scales, scene.position);
  const double trail = setting(ui, "trail") * scene.schedule->steps();
  std::vector<Path> paths(trail > 0 ? std::size_t(std::min(marked, now.cols())) : 0);
  for (std::size_t i = 0; i < paths.size(); ++i) {
    paths[i].now = now.col(Eigen::Index(i));
    for (std::size_t k = 0; k < flow.x.size(); ++k) {
      if (std::abs(flow.t[k] - scene.position) > trail) continue;
      paths[i].places.push_back(scales[k] * flow.x[k]->col(Eigen::Index(i)));
      paths[i].past += flow.t[k] >= scene.position;
    }
  }
  draw_paths(ui.theme, plane, paths);
  draw_cloud(ui, plane, now);
}

/// All particles, those with a path larger; and how many are beyond the edge.
void ScorePanel::draw_cloud(Ui& ui, const PlaneView& plane, const Points& now) {
  const Theme& theme = ui.theme;
  draw_points(plane, now, theme.px(2.4f), faded(theme.x_t, 0.85f));
  if (setting(ui, "trail") > 0)
    draw_points(plane, now.leftCols(std::min(marked, now.cols())), theme.px(3.4f), theme.x_t);
  Eigen::Index outside = 0;
  for (const auto& point : now.colwise()) outside += !plane.shows(point);
  if (outside > now.cols() / 10)
    draw_text_fitting(
        theme.small, {plane.rect.min.x + theme.px(10), plane.rect.min.y + theme.px(8)}, theme.dim,
        std::to_string(outside) + " of " + std::to_string(now.cols()) + " particles lie outside this view",
        plane.rect.width() - theme.px(20));
}

void ScorePanel::draw_particles(Ui& ui, const PlaneView& plane, const Scene& scene, int index) {
  if (!scene.generated) return draw_forward(ui, plane, scene);
  const auto flow = work_->flow(index);
  facts_[index ? "flow_b_done" : "flow_done"] = flow && flow->done();
  if (flow) draw_flow(ui, plane, scene, *flow);
}

void ScorePanel::draw_plane(Ui& ui, const Rect& rect, const Scene& scene, int index) {
  const Theme& theme = ui.theme;
  const float title = theme.px(window_is_short(theme) ? 24 : 28);
  const PlaneView plane{{{rect.min.x, rect.min.y + title}, rect.max}, scene.range};
  std::string name = "Data with noise", what = mixture_text(scene.written);
  if (scene.generated) {
    const int chosen = setting_index(ui, index ? "beside" : "sampler") - index;
    const SamplerRecord& sampler = sampler_records()[std::size_t(chosen)];
    name = sampler.label;
    what = sampler.order == 0 ? "stochastic" : "deterministic";
  }
  const float x = rect.min.x + draw_text(theme.strong, rect.min, theme.text, name);
  const float badge = rect.max.x - text_width(theme.small, "exact"), y = rect.min.y + theme.px(2);
  const std::vector<LegendEntry> paths = {{straight_colour(theme), "path, straight"}, {bent_colour(theme), "and bent"}};
  const float keys = badge - theme.px(16) - legend_width(theme, paths);
  const bool explained = setting(ui, "trail") > 0 && keys > x + theme.px(24);
  if (explained) draw_legend(theme, {keys, y}, badge, paths);
  draw_text_fitting(theme.small, {x + theme.px(10), y}, theme.dim, what, (explained ? keys : badge) - x - theme.px(20));
  draw_text(theme.small, {badge, y}, theme.dim, "exact");

  draw_ground(theme, plane, setting_on(ui, "density") && model_ ? &density_ : nullptr);
  follow_mouse(ui, plane, scene, index);
  aspect_ = std::round(20 * aspect_of(plane.rect)) / 20;
  mark_subject(ui, index ? "plane2" : "plane", plane.rect);
  if (setting_on(ui, "arrows")) mark(ui, index ? "score2" : "score", plane.rect);
  ImGui::PushClipRect(plane.rect.min, plane.rect.max, true);
  if (model_) {
    if (const auto field = work_->field(); field && setting_on(ui, "arrows")) draw_arrows(theme, plane, *field);
    draw_points(plane, model_->points(), theme.px(1.7f), faded(theme.x_0, theme.dark ? 0.55f : 0.9f));
    draw_particles(ui, plane, scene, index);
    if (setting_on(ui, "probe")) draw_probe(theme, plane, model_->points(), scene.probe);
    if (scene.probe.flow) draw_paths(theme, plane, {flow_path(*scene.probe.flow, scene.written)});
    draw_text_wrapped(theme.body, {plane.rect.min.x + theme.px(12), plane.rect.min.y + theme.px(12)}, theme.warning,
                      work_->problem(index), plane.rect.width() - theme.px(24));
  } else {
    const std::string hint = "Draw: press and move the mouse, or arrows and Enter";
    draw_text(theme.body, {(rect.min.x + rect.max.x - text_width(theme.body, hint)) / 2, plane.at({0, 0.6}).y},
              theme.dim, hint);
  }
  ImGui::PopClipRect();
  if (setting_on(ui, "probe")) {
    const ImVec2 at = plane.at(scene.scale * scene.probe.x_t);
    const float r = theme.px(12);
    mark(ui, index ? "probe2" : "probe_at", {{at.x - r, at.y - r}, {at.x + r, at.y + r}});
    const ImVec2 guess = plane.at(scene.probe.posterior.x_0);  // lit by pointing at a symbol of a lesson's formula
    mark(ui, index ? "x_0_hat2" : "x_0_hat", {{guess.x - r, guess.y - r}, {guess.x + r, guess.y + r}});
    mark(ui, index ? "x_t2" : "x_t", {{at.x - r, at.y - r}, {at.x + r, at.y + r}});
  }
}

/// Beside a plane: numbers, weights and, where there is room, what they mean. Below, where it is flat: numbers beside
/// weights.
void ScorePanel::draw_card(Ui& ui, const Rect& rect, const Scene& scene) {
  const Theme& theme = ui.theme;
  ImGui::GetWindowDrawList()->AddRectFilled(rect.min, rect.max, theme.surface, theme.px(10));
  if (!model_) return;
  const bool flat = rect.width() > 2 * rect.height();
  const float pad = theme.px(window_is_short(theme) ? 10 : 16), top = std::min(pad, theme.px(flat ? 12 : 16));
  const Rect inner{{rect.min.x + pad, rect.min.y + top}, {rect.max.x - pad, rect.max.y - top}};
  Rect weights = inner;
  if (flat) {
    weights.min.x += std::min(theme.px(320), inner.width() * 0.45f);
    draw_probe_numbers(theme, {inner.min, {weights.min.x - theme.px(32), inner.max.y}}, scene.probe, theme.px(21),
                       false);
  } else {
    draw_text(theme.strong, inner.min, theme.text, "At the probe");
    draw_probe_numbers(theme, {{inner.min.x, inner.min.y + theme.px(32)}, inner.max}, scene.probe, theme.px(24), true);
    weights.min.y += theme.px(32 + (scene.probe.flow ? 7 : 5) * 24 + 20);
    const std::string text = probe_words(scene.level.alpha_bar, scene.written);
    const float width = std::min(inner.width(), theme.px(440)), words = wrapped_height(theme.small, text, width);
    const bool said = weights.height() > words + theme.px(20 + 130);
    weights.max.y = std::min(weights.max.y - (said ? words + theme.px(20) : 0), weights.min.y + theme.px(230));
    if (said) draw_text_wrapped(theme.small, {inner.min.x, weights.max.y + theme.px(20)}, theme.dim, text, width);
  }
  if (weights.height() < theme.px(80)) return;
  draw_weights(theme, weights, scene.probe);
  mark_subject(ui, "weights", weights, weights_on_paper(scene.probe.posterior.weights));
}

/// The planes fill what there is; the card about the probe stands beside them, or below where they are tall.
void ScorePanel::draw_planes(Ui& ui, const Rect& rect, const Scene& scene) {
  const Theme& theme = ui.theme;
  const float gap = theme.px(16), title = theme.px(28);
  const int count = planes(ui);
  Rect field = rect;
  if (setting_on(ui, "probe")) {  // its place is kept before anything is drawn: the planes must stay put
    const float beside = theme.px(count == 1 ? 260 : 230), below = theme.px(scene.probe.flow ? 164 : 122);
    const bool tall = rect.height() - below > (rect.width() - beside) / float(count);
    Rect card = rect;
    if (tall) {
      field.max.y = rect.max.y - below - gap;
      card.min.y = rect.max.y - below;
    } else {
      field.max.x = rect.max.x - beside - gap;
      card.min = {rect.max.x - beside, rect.min.y + title};
    }
    draw_card(ui, card, scene);
  }
  const std::vector<Part> parts(std::size_t(count), Part{});
  const auto places = columns(field, gap, parts);
  for (int i = 0; i < count; ++i)
    if (const auto& place = places[std::size_t(i)]) draw_plane(ui, *place, scene, i);
}

void ScorePanel::draw(Ui& ui, const Rect& rect) {
  make_points(ui);
  Scene scene;
  scene.schedule = ui.session.lane(0).schedule.get();
  scene.position = ui.next.position;
  scene.level = noise_level(*scene.schedule, scene.position);
  scene.written = Written(setting_index(ui, "coordinates"));
  scene.scale = written_scale(scene.written, scene.level);
  scene.range = scene.written == Written::exploding ? exploding_range : plane_range;
  scene.generated = setting_index(ui, "particles") == 1;
  ask_for_work(ui, scene);
  facts_ = {{"points", model_ ? double(model_->points().cols()) : 0}, {"generated", scene.generated}};
  if (model_) {
    Probe& probe = scene.probe;
    probe.level = scene.level, probe.scale = scene.scale;
    probe.unit = std::sqrt(scene.level.alpha_bar * model_->width() * model_->width() + scene.level.variance);
    probe.x_t = {setting(ui, "probe_x"), setting(ui, "probe_y")};
    probe.posterior = model_->posterior(probe.x_t, scene.level.log_snr);
    if (setting_on(ui, "probe") && setting_on(ui, "flow"))
      probe.flow = flow_to_noise(*model_, probe.x_t, scene.level.log_snr);
    facts_["log_density"] = probe.posterior.log_density;
    if (probe.flow) {
      facts_["flow_log_density"] = probe.flow->log_density();
      facts_["flow_error"] = std::abs(probe.flow->log_density() - probe.posterior.log_density);
    }
    facts_["score_x"] = probe.posterior.score.x(), facts_["score_y"] = probe.posterior.score.y();
    facts_["score_length"] = probe.posterior.score.matrix().norm();
    facts_["x_0_hat_x"] = probe.posterior.x_0.x(), facts_["x_0_hat_y"] = probe.posterior.x_0.y();
    facts_["effective_points"] = effective_points(probe.posterior.weights);
    if (const auto field = work_->field()) density_.show(ui.theme, *field);
  }
  const Rect rest = begin_controls(ui, rect);
  draw_controls(ui);
  end_controls(ui);
  draw_planes(ui, rest, scene);
}

}  // namespace

std::unique_ptr<Panel> make_score_panel() { return std::make_unique<ScorePanel>(); }

}  // namespace noiseglass::app
