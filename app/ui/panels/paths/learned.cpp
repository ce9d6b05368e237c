#include "ui/panels/paths/learned.h"

#include "ui/panels/shared/axes.h"
#include "ui/panels/shared/controls.h"
#include "ui/panels/shared/legend.h"
#include "ui/widgets/layout.h"

#include <algorithm>
#include <cmath>

namespace noiseglass::app {
namespace {

constexpr Eigen::Index drawn_paths = 40;
constexpr double range_of_data = 3, range_exploding = 9;

std::string steps_text(int count) { return count == 1 ? "1 step" : std::to_string(count) + " steps"; }

std::string round_text(std::size_t round) {
  return round == 0 ? "at random" : round == 1 ? "by 1 reflow" : "by " + std::to_string(round) + " reflows";
}

}  // namespace

void LearnedPaths::update(Ui& ui) {
  if (!learner_) learner_ = std::make_unique<FlowLearner>(ui.wake);
  FlowChoice choice;
  choice.dataset = dataset_records()[std::size_t(setting_index(ui, "dataset"))].id;
  choice.seed = ui.next.seed;
  choice.reflows = setting_index(ui, "reflows");
  choice.count = setting_index(ui, "count");
  learner_->want(choice);
  const auto latest = learner_->latest();
  problem_ = latest.problem;
  snapshot_ = latest.value;
  if (snapshot_ && (snapshot_->choice.dataset != choice.dataset || snapshot_->choice.seed != choice.seed))
    snapshot_ = nullptr;
}

void LearnedPaths::draw_buttons(Ui& ui) {
  const bool ready = snapshot_ && snapshot_->done() && setting_index(ui, "reflows") < 4;
  if (panel_button(ui, "reflow", "Reflow",
                   "Pairs each noise with the point where the flow takes it, and trains again on these pairs.", true,
                   ready))
    set_setting(ui, "reflows", setting(ui, "reflows") + 1);
  ImGui::SameLine();
  if (panel_button(ui, "again", "Start again", "The flow that was learned from pairs at random.", false,
                   setting(ui, "reflows") > 0))
    set_setting(ui, "reflows", 0);
}

void LearnedPaths::draw_path(const Ui& ui, const PlaneView& plane, Coordinates coordinates, Eigen::Index i) {
  const Theme& theme = ui.theme;
  const FlowRound& round = *snapshot_->rounds.back();
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const double last = last_u(coordinates);
  const auto at = [&](const Eigen::Array2d& x, double u) { return plane.at(x * coordinates_at(coordinates, u).scale); };
  if (setting_on(ui, "lines")) {
    std::vector<ImVec2> line;
    for (int k = 0; k <= 24; ++k) {
      const double u = last * k / 24;
      line.push_back(at((1 - u) * round.paired.col(i) + u * round.path.front().col(i), u));
    }
    draw.AddPolyline(line.data(), int(line.size()), faded(theme.dim, 0.45f), 0, theme.px(1));
  }
  if (setting_on(ui, "flow")) {
    std::vector<ImVec2> line;
    for (std::size_t k = 0; k < round.path.size(); ++k)
      if (const double u = 1 - double(k) / double(round.path.size() - 1); u <= last + 1e-9)
        line.push_back(at(round.path[k].col(i), u));
    draw_bent_line(theme, line, theme.px(2));
  }
  if (setting_on(ui, "steps")) {
    std::vector<ImVec2> line;
    const auto count = double(round.euler.size() - 1);
    for (std::size_t k = 0; k + 1 < round.euler.size(); ++k)
      for (int part = 0; part <= 12; ++part)  // straight in u, so bent in other coordinates
        if (const double share = part / 12.0, u = 1 - (double(k) + share) / count; u <= last)
          line.push_back(at((1 - share) * round.euler[k].col(i) + share * round.euler[k + 1].col(i), u));
    draw.AddPolyline(line.data(), int(line.size()), theme.x_t, 0, theme.px(1.3f));
    for (std::size_t k = 1; k < round.euler.size(); ++k)
      if (const double u = 1 - double(k) / count; u <= last)
        draw.AddCircleFilled(at(round.euler[k].col(i), u), theme.px(2.6f), theme.x_t);
  }
}

void LearnedPaths::draw_paths(Ui& ui, const Rect& rect) {
  const Theme& theme = ui.theme;
  const auto coordinates = Coordinates(setting_index(ui, "coordinates"));
  const char* titles[] = {"(1 − u)·x₀ + u·ε", "√ᾱ·x₀ + √(1−ᾱ)·ε", "x₀ + σ·ε"};
  const Rect inside = draw_card(theme, rect, titles[int(coordinates)], "learned");
  const bool exploding = coordinates == Coordinates::exploding;
  std::vector<LegendEntry> legend = {{theme.x_0, "data"}};
  if (!exploding) legend.push_back({theme.epsilon, "noise"});
  if (setting_on(ui, "lines")) legend.push_back({faded(theme.dim, 0.6f), "pairs"});
  if (setting_on(ui, "flow"))
    legend.push_back({straight_colour(theme), "the flow, straight"}),
        legend.push_back({bent_colour(theme), "and bent"});
  if (setting_on(ui, "steps")) legend.push_back({theme.x_t, steps_text(setting_index(ui, "count"))});
  const float high = draw_legend(theme, inside.min, inside.max.x, legend) + theme.px(6);
  const PlaneView plane{{{inside.min.x, inside.min.y + high}, inside.max}, exploding ? range_exploding : range_of_data};
  if (plane.rect.height() < theme.px(40)) return;
  ImGui::PushClipRect(plane.rect.min, plane.rect.max, true);
  draw_plane_axes(theme, plane, exploding ? std::vector<double>{-6, 6} : std::vector<double>{-2, 2});
  draw_points(plane, snapshot_->data->points().leftCols(500), theme.px(1.6f), faded(theme.x_0, 0.5f));
  const FlowRound& round = *snapshot_->rounds.back();
  for (Eigen::Index i = 0; i < drawn_paths; ++i) draw_path(ui, plane, coordinates, i);
  if (!exploding) draw_points(plane, round.path.front().leftCols(drawn_paths), theme.px(3), theme.epsilon);
  draw_points(plane, round.path.back().leftCols(drawn_paths), theme.px(3), theme.x_0_hat);
  ImGui::PopClipRect();
  mark_plot(ui, "plane", plane.rect, {inside.min, inside.max});
}

void LearnedPaths::draw_samples(Ui& ui, const Rect& rect) {
  const Theme& theme = ui.theme;
  const FlowRound& round = *snapshot_->rounds.back();
  const int count = int(round.euler.size()) - 1;
  const Rect inside = draw_card(
      theme, rect, count == 1 ? "Generated in 1 step" : "Generated in " + std::to_string(count) + " steps", "learned");
  const float high =
      draw_legend(theme, inside.min, inside.max.x, {{theme.x_0, "data"}, {theme.x_0_hat, "generated"}}) + theme.px(6);
  const PlaneView plane{{{inside.min.x, inside.min.y + high}, inside.max}, range_of_data};
  if (plane.rect.height() < theme.px(40)) return;
  ImGui::PushClipRect(plane.rect.min, plane.rect.max, true);
  draw_plane_axes(theme, plane, {-2, 2});
  draw_points(plane, snapshot_->data->points().leftCols(500), theme.px(1.6f), faded(theme.x_0, 0.5f));
  draw_points(plane, round.euler.back(), theme.px(2.2f), theme.x_0_hat);
  ImGui::PopClipRect();
  mark_subject(ui, "samples", {inside.min, inside.max});
}

void LearnedPaths::draw_table(Ui& ui, const Rect& rect) {
  const Theme& theme = ui.theme;
  const Rect inside = draw_card(theme, rect, "How straight, and does it matter?", "learned");
  const float width = inside.width(), name = inside.min.x;
  const float places[] = {name, name + 0.24f * width, name + 0.5f * width, name + 0.8f * width};
  float y = inside.min.y;
  const int count = snapshot_->choice.count;
  const std::string off =
      count == 1 ? "How far off 1 step ends" : "How far off " + std::to_string(count) + " steps end";
  const std::string heads[] = {"Pairs", "How far the paths bend", off, "Training"};
  for (int i = 0; i < 4; ++i)
    draw_text_fitting(theme.small, {places[i], y}, theme.dim, heads[i],
                      (i < 3 ? places[i + 1] : inside.max.x) - places[i] - theme.px(8));
  y += theme.px(20);
  for (std::size_t i = 0; i < snapshot_->rounds.size(); ++i) {
    const FlowRound& round = *snapshot_->rounds[i];
    const bool last = i + 1 == snapshot_->rounds.size();
    ImFont* font = last ? theme.strong : theme.body;
    draw_text_fitting(font, {places[0], y}, theme.text, round_text(i), places[1] - places[0] - theme.px(8));
    draw_text(font, {places[1], y}, theme.text, number(round.bending, 2));
    draw_text(font, {places[2], y}, theme.text, number(round.steps_off, 2));
    draw_text_fitting(theme.small, {places[3], y + theme.px(1)}, theme.dim,
                      round.trained() ? std::to_string(round.of) + " steps"
                                      : std::to_string(round.steps) + " of " + std::to_string(round.of) + " steps",
                      inside.max.x - places[3]);
    y += theme.px(22);
  }
  mark(ui, "rounds", rect);
}

void LearnedPaths::draw(Ui& ui, const Rect& rect) {
  const Theme& theme = ui.theme;
  if (!snapshot_ || snapshot_->rounds.empty() || !problem_.empty()) {
    draw_text_wrapped(theme.body, rect.min, problem_.empty() ? theme.dim : theme.warning,
                      problem_.empty() ? "Preparing…" : problem_, rect.width());
    return;
  }
  const float gap = theme.px(12);
  const float table = theme.px(66 + 22 * float(snapshot_->rounds.size()));
  const Part heights[] = {{.least = theme.px(160), .share = 1, .priority = 2},
                          {.least = table, .share = 0, .priority = 1, .most = table}};
  const auto places = rows(rect, gap, heights);
  const bool beside = places[0]->width() > places[0]->height();
  const Part halves[] = {{.least = theme.px(120), .priority = 2}, {.least = theme.px(120), .priority = 1}};
  const auto planes = beside ? columns(*places[0], gap, halves) : rows(*places[0], gap, halves);
  if (planes[0]) draw_paths(ui, *planes[0]);
  if (planes[1]) draw_samples(ui, *planes[1]);
  if (places[1]) draw_table(ui, *places[1]);
}

std::map<std::string, double> LearnedPaths::facts() const {
  if (!snapshot_ || snapshot_->rounds.empty()) return {};
  const FlowRound &first = *snapshot_->rounds.front(), &now = *snapshot_->rounds.back();
  return {{"bending", now.bending},
          {"steps_off", now.steps_off},
          {"bending_first", first.bending},
          {"steps_off_first", first.steps_off},
          {"trained", snapshot_->done()}};
}

}  // namespace noiseglass::app
