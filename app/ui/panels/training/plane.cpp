// The plane in the training panel: arrows of what is learned and of what is exact, and samples.

#include "ui/panels/shared/axes.h"
#include "ui/panels/training/view.h"

#include <algorithm>
#include <cmath>

namespace noiseglass::app {
namespace {

constexpr int rows_of_arrows = 15;
constexpr int shown_points = 300;

struct PlaneMap {
  Rect rect;
  ImVec2 operator()(double x, double y) const {
    const double unit = rect.height() / (2 * view_half_height);
    return {float((rect.min.x + rect.max.x) / 2 + x * unit), float((rect.min.y + rect.max.y) / 2 - y * unit)};
  }
};

void draw_dots(const PlaneMap& map, const Points& points, float radius, ImU32 colour) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  for (Eigen::Index i = 0; i < points.cols(); ++i)
    if (points.col(i).isFinite().all() && points.col(i).abs().maxCoeff() < 100)
      draw.AddCircleFilled(map(points(0, i), points(1, i)), radius, colour, 8);
}

void draw_arrow(ImVec2 from, ImVec2 to, float thickness, float head, ImU32 colour) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const float dx = to.x - from.x, dy = to.y - from.y, length = std::hypot(dx, dy);
  draw.AddLine(from, to, colour, thickness);
  if (length < head) return;
  const float ux = dx / length * head, uy = dy / length * head;
  draw.AddTriangleFilled(to, {to.x - ux - uy * 0.5f, to.y - uy + ux * 0.5f},
                         {to.x - ux + uy * 0.5f, to.y - uy - ux * 0.5f}, colour);
}

/// Arrows point along −ε̂, where the guess says that the noise did not come from; the longest are cut to a cell.
void draw_arrows(const Theme& theme, const PlaneMap& map, const LearnedField& field, const Points& epsilon,
                 ImU32 colour, float thickness) {
  for (Eigen::Index i = 0; i < field.at.cols(); ++i) {
    const Eigen::Array2d guess = -epsilon.col(i);
    const double size = guess.matrix().norm();
    if (!std::isfinite(size) || size < 1e-6) continue;
    const double length = std::min(0.55 * size, 0.92) * field.cell;
    const Eigen::Array2d end = field.at.col(i) + guess / size * length;
    draw_arrow(map(field.at(0, i), field.at(1, i)), map(end[0], end[1]), thickness, theme.px(4.5f),
               faded(colour, 0.15f + 0.85f * float(field.seen[i])));
  }
}

}  // namespace

LearnedField make_field(const LearningSnapshot& snapshot, int t, double half_width) {
  const double log_snr = snapshot.schedule->log_snr(t);
  LearnedField field;
  field.t = t;
  field.half_width = half_width, field.half_height = view_half_height;
  field.cell = 2 * view_half_height / rows_of_arrows;
  const int columns = std::max(1, int(2 * half_width / field.cell));
  field.at.resize(2, columns * rows_of_arrows);
  for (int i = 0; i < field.at.cols(); ++i)
    field.at.col(i) << (i % columns - 0.5 * (columns - 1)) * field.cell,
        (i / columns - 0.5 * (rows_of_arrows - 1)) * field.cell;
  field.learned = snapshot.now.denoiser->guess(field.at, Eigen::ArrayXd::Constant(field.at.cols(), log_snr)).epsilon;
  field.exact.resize(2, field.at.cols());
  field.seen.resize(field.at.cols());
  for (Eigen::Index i = 0; i < field.at.cols(); ++i) {
    const PointPosterior posterior = snapshot.data->posterior(field.at.col(i), log_snr);
    field.exact.col(i) = posterior.epsilon;
    field.seen[i] = std::clamp((posterior.log_density + 12) / 9, 0.0, 1.0);
  }
  const int count = std::min<int>(shown_points, int(snapshot.data->points().cols()));
  const Eigen::Index stride = snapshot.data->points().cols() / count;
  const Points noise = gaussian_points({snapshot.now.choice.seed, streams::forward}, count);
  field.x_t.resize(2, count);
  for (int i = 0; i < count; ++i)
    field.x_t.col(i) = std::sqrt(snapshot.schedule->alpha_bar(t)) * snapshot.data->points().col(i * stride) +
                       snapshot.schedule->sigma(t) * noise.col(i);
  return field;
}

Rect draw_plane_frame(const Theme& theme, const Rect& rect, const std::string& title, const std::string& honesty) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  draw.AddRectFilled(rect.min, rect.max, theme.surface, theme.px(10));
  const float x = rect.min.x + theme.px(12), y = rect.min.y + theme.px(8);
  const float used = draw_text(theme.strong, {x, y}, theme.text, title);
  draw_text_fitting(theme.small, {x + used + theme.px(8), y + theme.px(2)}, theme.dim, honesty,
                    rect.width() - used - theme.px(32));
  return {{rect.min.x + theme.px(6), rect.min.y + theme.px(32)}, {rect.max.x - theme.px(6), rect.max.y - theme.px(6)}};
}

void draw_field(const Theme& theme, const Rect& plane, const LearnedField& field, bool learned) {
  const PlaneMap map{plane};
  ImGui::PushClipRect(plane.min, plane.max, true);
  draw_dots(map, field.x_t, theme.px(1.5f), faded(theme.x_t, 0.3f));
  if (learned) draw_arrows(theme, map, field, field.exact, faded(theme.dim, 0.55f), theme.px(1));
  draw_arrows(theme, map, field, learned ? field.learned : field.exact, theme.score, theme.px(1.6f));
  ImGui::PopClipRect();
}

void draw_samples(const Theme& theme, const Rect& plane, const LearningSnapshot& snapshot) {
  const PlaneMap map{plane};
  ImGui::PushClipRect(plane.min, plane.max, true);
  const Points& data = snapshot.data->points();
  const Eigen::Index count = std::min<Eigen::Index>(500, data.cols());
  draw_dots(map, data.leftCols(count), theme.px(1.5f), faded(theme.x_0, 0.45f));
  draw_dots(map, snapshot.now.samples, theme.px(1.9f), theme.x_0_hat);
  ImGui::PopClipRect();
  Eigen::Index outside = 0;
  const double half_width = view_half_height * aspect_of(plane);
  for (const auto& sample : snapshot.now.samples.colwise())
    outside += !(std::abs(sample[0]) < half_width && std::abs(sample[1]) < view_half_height);
  if (outside > 0 && snapshot.now.steps > 0)
    draw_text_fitting(theme.small, {plane.min.x + theme.px(6), plane.max.y - theme.small->FontSize - theme.px(2)},
                      theme.dim,
                      std::to_string(outside) + " of " + std::to_string(snapshot.now.samples.cols()) +
                          (outside == 1 ? " samples lies outside this view" : " samples lie outside this view"),
                      plane.width() - theme.px(12));
}

}  // namespace noiseglass::app
