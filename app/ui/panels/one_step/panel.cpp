// One step back in one dimension: the density flowing over time, and at a point of it the true step back, which a
// Gaussian can stand in for only while the step is small.

#include "ui/panels/one_step/panel.h"

#include "session/published.h"
#include "ui/panels/shared/controls.h"
#include "ui/panels/shared/figures.h"
#include "ui/panels/shared/mix_colours.h"
#include "ui/widgets/hit_area.h"
#include "ui/widgets/layout.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace noiseglass::app {
namespace {

Mixture1D chosen_data(int index) {
  if (index == 1) return Mixture1D({{1, -1.5, 0.18}, {1, 0, 0.18}, {1, 1.5, 0.18}});
  if (index == 2) return Mixture1D({{5, -0.9, 0.14}, {3, -0.45, 0.3}, {2, 0.4, 0.45}, {1, 1.4, 0.3}});
  return Mixture1D({{1, -1, 0.16}, {1, 1, 0.16}});
}

int count_humps(const Mixture1D& q, double from, double to) {
  int humps = 0;
  double before = 0, now = 0;
  for (int i = 0; i <= 400; ++i) {
    const double next = q.density(from + (to - from) * i / 400);
    humps += now > before && now >= next;
    before = now, now = next;
  }
  return humps;
}

OneStepScene make_scene(const Ui& ui) {
  const Schedule& schedule = *ui.session.lane(0).schedule;
  const int t = std::clamp(ui.session.lane(0).t, 1, schedule.steps());
  const int s = std::max(0, t - setting_index(ui, "step"));
  const Mixture1D data = chosen_data(setting_index(ui, "data"));
  const double x_t = setting(ui, "x_t"), x_0 = setting(ui, "x_0");
  const auto variance = StepVariance(setting_index(ui, "variance"));
  const ReverseStep step(data, schedule, t, s);
  const Mixture1D exact = step.exact(x_t);
  const Normal1D stand_in = step.stand_in(x_t, variance);
  const Normal1D bell = step.bell(x_t), matched = step.moments(x_t);
  const double reach = 4.2 * std::max(matched.std, stand_in.std);
  const double low = std::max(-line_reach, matched.mean - reach), high = std::min(line_reach, matched.mean + reach);
  return {data,
          schedule,
          t,
          s,
          x_t,
          x_0,
          variance,
          step,
          exact,
          stand_in,
          step.given_x_0(x_0, x_t),
          bell,
          total_variation(exact, stand_in),
          kl_divergence(exact, stand_in),
          count_humps(exact, low, high),
          low,
          std::max(high, low + 1e-3)};
}

class OneStepPanel final : public Panel {
 public:
  void draw(Ui& ui, const Rect& rect) override;
  std::map<std::string, double> facts() const override { return facts_; }

 private:
  void draw_controls(Ui& ui, const OneStepScene& scene);
  Axes draw_flow(Ui& ui, const OneStepScene& scene, const Rect& rect);
  void draw_paths(Ui& ui, const Axes& axes);
  void draw_ends(Ui& ui, const OneStepScene& scene, const Axes& axes, float left);
  void drag(Ui& ui, const OneStepScene& scene, const Axes& axes);
  void update_flow(const Ui& ui, const OneStepScene& scene);
  void update_errors(const OneStepScene& scene, const Key& key);
  void update_chain(const Ui& ui, const OneStepScene& scene);

  std::map<std::string, double> facts_;
  Key flow_key_, chain_key_, forward_key_;
  render::Texture flow_;
  Paths1D forward_;
  StepErrors errors_;
  Published<StepChain> published_;
  std::shared_ptr<const StepChain> chain_;
  std::uint64_t chain_id_ = 0;
  bool drags_x_0_ = false;
  Worker worker_;  // last: it ends before what its jobs use
};

/// The root of the density against its largest, so that the flat noise at the end is seen beside the peaks of the data.
void OneStepPanel::update_flow(const Ui& ui, const OneStepScene& scene) {
  const Key key(setting_index(ui, "data"), ui.session.lane(0).schedule_key, ui.next.look);
  if (key == flow_key_) return;
  flow_key_ = key;
  constexpr int side = 256;
  std::vector<ImU32> colours;
  const ImU32 full = ui.theme.dark ? IM_COL32(120, 205, 255, 255) : IM_COL32(0, 80, 150, 255);
  for (int i = 0; i < 256; ++i) colours.push_back(mix_colours(ui.theme.surface, full, float(i) / 255));
  std::vector<double> density(side * side);
  for (int column = 0; column < side; ++column) {
    const int t = int(std::lround(double(column) / (side - 1) * scene.schedule.steps()));
    const Mixture1D q = corrupted(scene.data, scene.schedule, t);
    for (int row = 0; row < side; ++row)
      density[row * side + column] = q.density(line_reach * (1 - 2 * (row + 0.5) / side));
  }
  const double largest = *std::max_element(density.begin(), density.end());
  ByteImage image(Shape{side, side, 3});
  for (std::size_t i = 0; i < density.size(); ++i) {
    const ImU32 c = colours[std::size_t(std::lround(255 * std::sqrt(density[i] / largest)))];
    image.data[3 * i] = c & 255, image.data[3 * i + 1] = (c >> 8) & 255, image.data[3 * i + 2] = (c >> 16) & 255;
  }
  flow_ = render::Texture(image, {.smooth_when_enlarged = true, .mipmaps = false});
}

void OneStepPanel::update_errors(const OneStepScene& scene, const Key& key) {
  if (errors_.key == key) return;
  errors_ = {key, {}, {}};
  constexpr int points = 90;
  for (int i = 0; i < points; ++i) {
    const int size = int(std::lround(std::pow(double(scene.t), double(i) / (points - 1))));
    if (!errors_.sizes.empty() && size == int(errors_.sizes.back())) continue;
    const ReverseStep step(scene.data, scene.schedule, scene.t, scene.t - size);
    errors_.sizes.push_back(size);
    errors_.total_variation.push_back(total_variation(step.exact(scene.x_t), step.stand_in(scene.x_t, scene.variance)));
  }
}

void OneStepPanel::update_chain(const Ui& ui, const OneStepScene& scene) {
  const Key fixed_part(setting_index(ui, "data"), ui.session.lane(0).schedule_key, ui.next.seed);
  const int size = setting_index(ui, "step");
  const Key key(fixed_part, size, scene.variance);
  if (forward_key_ != fixed_part) {
    forward_key_ = fixed_part;
    forward_ = forward_paths(scene.data, scene.schedule, 8, ui.next.seed);
  }
  if (chain_key_ != key) {
    chain_key_ = key;
    ++chain_id_;
  }
  auto work = [=, data = scene.data, schedule = scene.schedule, variance = scene.variance,
               seed = ui.next.seed](std::stop_token stop) {
    StepChain chain;
    chain.key = key;
    chain.paths = reverse_paths(data, schedule, {size, variance, 4000, 10, seed}, stop);
    chain.density.assign(64, 0);
    const double width = 2 * line_reach / 64;
    for (const double x : chain.paths.ends) {
      const int bin = int(std::floor((x + line_reach) / width));
      if (bin >= 0 && bin < 64) chain.density[bin] += 1 / (width * double(chain.paths.ends.size()));
    }
    return chain;
  };
  worker_.want({published_.job(chain_id_, ui.wake, std::move(work))});
  chain_ = published_.value();
}

const char* what_to_see(const OneStepScene& scene) {
  if (scene.total_variation < 0.01 && 2 * scene.bell.std > std::sqrt(scene.step.landscape().variance()))
    return "At this noise level the landscape itself has a single peak, so even a long step back is nearly Gaussian. "
           "Move closer to the data.";
  if (scene.total_variation < 0.01)
    return "So small a step sees only a narrow piece of the landscape, whose logarithm is almost a straight line "
           "there: a bell times such a slope is a bell again. Make the step larger.";
  if (scene.humps > 1)
    return "The bell is now so wide that it spans several peaks. The true step back is “either here or there”; a "
           "network that answers with one Gaussian lands in between.";
  return "The bell is wide enough to notice that the landscape's logarithm is more than a straight line or a parabola: "
         "the true step back is skewed, which a Gaussian never is.";
}

void OneStepPanel::draw_controls(Ui& ui, const OneStepScene& scene) {
  control_heading(ui, "The step back");
  setting_slider_log(ui, "step");
  setting_segments(ui, "variance");
  control_heading(ui, "The data");
  setting_combo(ui, "data");
  control_heading(ui, "Show");
  setting_segments(ui, "paths");
  setting_switch(ui, "chain");
  setting_switch(ui, "given_x_0");
  ImGui::Dummy({1, ui.theme.px(4)});
  control_note(ui, what_to_see(scene));
}

void OneStepPanel::draw_paths(Ui& ui, const Axes& axes) {
  const int which = setting_index(ui, "paths");
  if (which == 0 || (which == 2 && !(chain_ && chain_->key == chain_key_))) return;
  const Paths1D& paths = which == 1 ? forward_ : chain_->paths;
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  draw.PushClipRect(axes.area.min, axes.area.max, true);
  const std::size_t stride = std::max<std::size_t>(1, paths.t.size() / 400);
  for (const auto& x : paths.x) {
    std::vector<ImVec2> points;
    for (std::size_t i = 0; i < x.size(); i += stride) points.push_back(axes.at(paths.t[i], x[i]));
    draw.AddPolyline(points.data(), int(points.size()), faded(which == 1 ? ui.theme.epsilon : ui.theme.x_0_hat, 0.75f),
                     0, ui.theme.px(1.2f));
    if (paths.t.size() < 40)  // few steps: their ends can be told apart
      for (const ImVec2& point : points) draw.AddCircleFilled(point, ui.theme.px(2), ui.theme.x_0_hat);
  }
  draw.PopClipRect();
}

/// Beside t = 0: the data, and what a whole chain of such Gaussian steps makes of noise.
void OneStepPanel::draw_ends(Ui& ui, const OneStepScene& scene, const Axes& axes, float left) {
  const Theme& theme = ui.theme;
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  double largest = 0;
  for (int i = 0; i <= 200; ++i) largest = std::max(largest, scene.data.density(line_reach * (2.0 * i / 200 - 1)));
  const float base = axes.area.min.x - theme.px(4), room = base - left;
  const auto x_of = [&](double density) { return base - float(std::min(1.1, density / largest) / 1.1) * room; };
  for (float y = axes.area.min.y; y < axes.area.max.y; ++y)
    draw.AddRectFilled({x_of(scene.data.density(axes.y_at(y + 0.5f))), y}, {base, y + 1}, faded(theme.dim, 0.45f));
  if (!chain_ || chain_->key != chain_key_ || !setting_on(ui, "chain")) return;  // those of another size would be a lie
  std::vector<ImVec2> points;
  const std::size_t bins = chain_->density.size();
  for (std::size_t i = 0; i < bins; ++i)
    points.push_back({x_of(chain_->density[i]), axes.py(line_reach * (2 * (double(i) + 0.5) / double(bins) - 1))});
  draw.AddPolyline(points.data(), int(points.size()), theme.x_0_hat, 0, theme.px(1.5f));
}

/// The mouse on the flow: anywhere it puts x_t, at the left edge it takes x₀.
void OneStepPanel::drag(Ui& ui, const OneStepScene& scene, const Axes& axes) {
  const float margin = ui.theme.px(12);
  ImGui::SetCursorScreenPos({axes.area.min.x - margin, axes.area.min.y});
  hit_area("flow", {std::max(1.f, axes.area.width() + margin), std::max(1.f, axes.area.height())});
  probe_by_keys(ui, nullptr, "x_t", 0.05);
  const ImVec2 mouse = ImGui::GetIO().MousePos, handle = axes.at(0, scene.x_0);
  const bool near = std::hypot(mouse.x - handle.x, mouse.y - handle.y) < margin && setting_on(ui, "given_x_0");
  if (ImGui::IsItemActivated()) drags_x_0_ = near;
  const bool hovered = ImGui::IsItemHovered(), active = ImGui::IsItemActive();
  if (setting_on(ui, "given_x_0")) {  // the keyboard comes to it by itself
    ImGui::SetCursorScreenPos({handle.x - margin, handle.y - margin});
    hit_area("x_0 handle", {2 * margin, 2 * margin});
    probe_by_keys(ui, nullptr, "x_0", 0.05);
    ui.landmarks["one_step.x_0_handle"] = {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()};
  }
  if (hovered && near) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeNS);
  if (!active) return;
  if (drags_x_0_) {
    set_setting(ui, "x_0", axes.y_at(mouse.y));
    return;
  }
  set_setting(ui, "x_t", axes.y_at(mouse.y));
  ui.next.position = std::max(1.0, std::round(axes.x_at(mouse.x)));
  ui.next.playing = Playing::paused;
}

Axes OneStepPanel::draw_flow(Ui& ui, const OneStepScene& scene, const Rect& rect) {
  const Theme& theme = ui.theme;
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const Rect inside = draw_card(
      theme, rect, rect.width() > theme.px(390) ? "The density q(xₜ) flows from data to noise" : "The density q(xₜ)",
      "exact");
  const float ends = theme.px(64);
  const Axes axes{
      {{inside.min.x + theme.px(20) + ends, inside.min.y + theme.px(20)}, {inside.max.x, inside.max.y - theme.px(34)}},
      0,
      double(scene.schedule.steps()),
      -line_reach,
      line_reach};
  draw.AddImage(ImTextureID(std::intptr_t(flow_.id())), axes.area.min, axes.area.max);
  const double T = scene.schedule.steps();
  draw_x_ticks(theme, axes, {0, T / 2, T}, false);
  draw_text(theme.small, {axes.px(T / 4) - theme.px(8), axes.area.max.y + theme.px(3)}, theme.dim, "t  →");
  Axes labels = axes;
  labels.area.min.x -= ends;
  draw_y_ticks(theme, labels, {-3, -2, -1, 0, 1, 2, 3}, false);
  draw_key(theme, {inside.min.x, inside.min.y}, faded(theme.dim, 0.6f), "data");
  if (setting_on(ui, "chain"))
    draw_key(theme, {inside.min.x + theme.px(62), inside.min.y}, theme.x_0_hat,
             "what " +
                 std::to_string((scene.schedule.steps() + setting_index(ui, "step") - 1) / setting_index(ui, "step")) +
                 " Gaussian steps make of noise",
             inside.max.x);
  draw_ends(ui, scene, axes, labels.area.min.x);
  draw_paths(ui, axes);
  draw_text_wrapped(theme.small, {axes.area.min.x + theme.px(8), axes.area.min.y + theme.px(8)}, theme.warning,
                    published_.problem(), axes.area.width() - theme.px(16));

  // the step: from the point at t to the curve at s
  const float x_s = axes.px(scene.s), x = axes.px(scene.t);
  draw.AddLine({x, axes.area.min.y}, {x, axes.area.max.y}, faded(theme.text, 0.7f), theme.px(1));
  draw.AddLine({x_s, axes.area.min.y}, {x_s, axes.area.max.y}, faded(theme.text, 0.35f), theme.px(1));
  double peak = 0;
  for (int i = 0; i <= 300; ++i)
    peak = std::max(peak, scene.exact.density(scene.x_min + (scene.x_max - scene.x_min) * i / 300));
  const float height = theme.px(56),
              ridge = x_s - axes.area.min.x < height ? -height : height;  // away from x_t if it can
  std::vector<ImVec2> points;
  for (int i = 0; i <= 120; ++i) {
    const double v = scene.x_min + (scene.x_max - scene.x_min) * i / 120;
    points.push_back({x_s - float(scene.exact.density(v) / peak) * ridge, axes.py(v)});
  }
  draw.PushClipRect(axes.area.min, axes.area.max, true);
  draw.AddPolyline(points.data(), int(points.size()), theme.surface, 0, theme.px(4));
  draw.AddPolyline(points.data(), int(points.size()), theme.x_t, 0, theme.px(2));
  draw.PopClipRect();
  const ImVec2 point = axes.at(scene.t, scene.x_t);
  draw.AddCircleFilled(point, theme.px(8), theme.surface);
  draw.AddCircleFilled(point, theme.px(6), theme.x_t);
  draw_plate(theme, {point.x + theme.px(point.x > axes.area.max.x - theme.px(60) ? -36 : 14), point.y - theme.px(26)},
             theme.text, "xₜ");
  if (setting_on(ui, "given_x_0")) {
    const ImVec2 handle = axes.at(0, scene.x_0);
    draw.AddCircleFilled(handle, theme.px(8), theme.surface);
    draw.AddCircleFilled(handle, theme.px(6), theme.x_0);
    draw_plate(theme, {handle.x + theme.px(14), handle.y - theme.px(26)}, theme.x_0, "x₀");
  }
  drag(ui, scene, axes);
  mark_plot(ui, "flow", axes.area, {inside.min, {inside.max.x, axes.area.max.y + theme.px(18)}});
  return axes;
}

void OneStepPanel::draw(Ui& ui, const Rect& rect) {
  const OneStepScene scene = make_scene(ui);
  const float gap = ui.theme.px(16);
  const Rect rest = begin_controls(ui, rect, 240);
  draw_controls(ui, scene);
  end_controls(ui);
  update_flow(ui, scene);
  update_errors(scene, Key(flow_key_, scene.t, scene.x_t, scene.variance));
  update_chain(ui, scene);
  const float left = std::round(rest.width() * 0.47f);
  const Axes flow = draw_flow(ui, scene, {rest.min, {rest.min.x + left, rest.max.y}});
  // Beside the flow the two columns, and below them, where there is room, how far off the Gaussian is.
  const int last = ui.marks.highlighted.contains("one_step.errors") ? 1 : 0;
  const std::array<Part, 2> parts{{{ui.theme.px(230), 0.71f, 1 - last}, {ui.theme.px(150), 0.29f, last}}};
  const auto beside = rows({{rest.min.x + left + gap, rest.min.y}, rest.max}, gap, parts);
  if (beside[0]) draw_bayes_columns(ui, scene, *beside[0], flow);
  if (beside[1]) draw_step_errors(ui, scene, errors_, *beside[1]);
  facts_ = {{"t", scene.t},
            {"s", scene.s},
            {"x_t", scene.x_t},
            {"x_0", scene.x_0},
            {"total_variation", scene.total_variation},
            {"kl", std::isfinite(scene.kl) ? scene.kl : -1},
            {"humps", scene.humps},
            {"chain_ready", chain_ && chain_->key == chain_key_}};
}

}  // namespace

std::unique_ptr<Panel> make_one_step_panel() { return std::make_unique<OneStepPanel>(); }

}  // namespace noiseglass::app
