#include "ui/panels/score/drawing.h"

#include "ui/panels/shared/mix_colours.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

namespace noiseglass::app {
namespace {

/// From the surface to a blue that the particles still stand out against.
std::array<std::array<std::uint8_t, 3>, 256> density_colours(const Theme& theme) {
  const ImU32 blue = theme.dark ? IM_COL32(0x3d, 0x7c, 0xb8, 255) : IM_COL32(0x7f, 0xb2, 0xdf, 255);
  std::array<std::array<std::uint8_t, 3>, 256> colours;
  for (int i = 0; i < 256; ++i) {
    const ImU32 mixed = mix_colours(theme.surface, blue, float(i) / 255);
    for (int c = 0; c < 3; ++c) colours[i][c] = std::uint8_t(mixed >> (8 * c));
  }
  return colours;
}

void draw_arrow(ImDrawList& draw, ImVec2 from, ImVec2 to, float thickness, float head, ImU32 colour) {
  const float dx = to.x - from.x, dy = to.y - from.y, length = std::hypot(dx, dy);
  if (length < 1) return;
  const float ux = dx / length, uy = dy / length;
  head = std::min(head, 0.6f * length);
  const ImVec2 neck{to.x - ux * head, to.y - uy * head};
  draw.AddLine(from, neck, colour, thickness);
  draw.AddTriangleFilled(to, {neck.x - uy * head * 0.45f, neck.y + ux * head * 0.45f},
                         {neck.x + uy * head * 0.45f, neck.y - ux * head * 0.45f}, colour);
}

/// Long arrows grow ever more slowly, so that none leaves its cell.
double saturated(double length) { return 1 - std::exp(-length / 1.2); }

void draw_dashed(ImDrawList& draw, ImVec2 from, ImVec2 to, float dash, float thickness, ImU32 colour) {
  const float length = std::hypot(to.x - from.x, to.y - from.y);
  for (float at = 0; at < length; at += 2 * dash) {
    const float a = at / length, b = std::min(at + dash, length) / length;
    draw.AddLine({from.x + a * (to.x - from.x), from.y + a * (to.y - from.y)},
                 {from.x + b * (to.x - from.x), from.y + b * (to.y - from.y)}, colour, thickness);
  }
}

std::vector<Eigen::Index> heaviest(const Eigen::ArrayXd& weights, int count) {
  std::vector<Eigen::Index> order(std::size_t(weights.size()));
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = Eigen::Index(i);
  const auto end = order.begin() + std::min<std::ptrdiff_t>(count, std::ptrdiff_t(order.size()));
  std::partial_sort(order.begin(), end, order.end(),
                    [&](Eigen::Index a, Eigen::Index b) { return weights[a] > weights[b]; });
  order.erase(end, order.end());
  return order;
}

std::string pair(const Eigen::Array2d& point, int decimals) {
  return fixed(point.x(), decimals) + ",  " + fixed(point.y(), decimals);
}

std::string percent(double share) { return share < 0.001 ? "< 0.1 %" : fixed(100 * share, share < 0.1 ? 1 : 0) + " %"; }

}  // namespace

double effective_points(const Eigen::ArrayXd& weights) { return 1 / weights.square().sum(); }

void DensityPicture::show(const Theme& theme, const Field& field) {
  const Key key(field.key, theme.dark);
  if (key == key_) return;
  key_ = key, range_ = field.range;
  const auto colours = density_colours(theme);
  ByteImage picture(Shape{field.rows, field.columns, 3});
  for (std::size_t i = 0; i < field.density.size(); ++i)
    std::copy_n(colours[field.density[i]].begin(), 3, picture.data.begin() + std::ptrdiff_t(3 * i));
  if (texture_ && texture_.shape() == picture.shape)
    texture_.update(picture);
  else
    texture_ = render::Texture(picture, {true, false});
}

void draw_ground(const Theme& theme, const PlaneView& plane, const DensityPicture* density) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const auto [min, max] = plane.rect;
  const float rounding = theme.px(8);
  draw.AddRectFilled(min, max, theme.surface, rounding);
  if (density && density->texture()) {  // where it was computed for, though the plane may have another shape by now
    const float aspect = float(density->shape().width) / float(density->shape().height);
    const double wide = density->range() * std::max(1.f, aspect), high = density->range() * std::max(1.f, 1 / aspect);
    draw.PushClipRect(min, max, true);
    draw.AddImageRounded(ImTextureID(std::intptr_t(density->texture())), plane.at({-wide, high}),
                         plane.at({wide, -high}), {0, 0}, {1, 1}, IM_COL32_WHITE, rounding);
    draw.PopClipRect();
  }
  const double tick = plane.range > 2 * plane_range ? 6 : 2;
  draw_plane_axes(theme, plane, {-tick, tick});
}

void draw_arrows(const Theme& theme, const PlaneView& plane, const Field& field) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const double cell = 2 * plane.range / arrows_across;
  for (Eigen::Index i = 0; i < field.at.cols(); ++i) {
    const Eigen::Array2d score = field.arrows.col(i);
    const double length = score.matrix().norm();
    if (!(length > 0.02)) continue;
    const Eigen::Array2d half = score / length * (0.44 * cell * saturated(length));
    draw_arrow(draw, plane.at(field.at.col(i) - half), plane.at(field.at.col(i) + half), theme.px(1.3f), theme.px(6),
               faded(theme.score, 0.75f));
  }
}

void draw_paths(const Theme& theme, const PlaneView& plane, const std::vector<Path>& paths) {
  const double far = 50 * plane.range;  // further than that no line is drawn: pixels are float
  for (const Path& path : paths) {
    std::vector<ImVec2> line;
    std::size_t now = 0;
    const auto add = [&](const Eigen::Array2d& place) {
      if (place.abs().maxCoeff() < far) line.push_back(plane.at(place));
    };
    for (std::size_t k = 0; k < path.places.size(); ++k) {
      if (Eigen::Index(k) == path.past) now = line.size(), add(path.now);
      add(path.places[k]);
    }
    if (path.past >= Eigen::Index(path.places.size())) now = line.size(), add(path.now);
    draw_bent_line(theme, line, theme.px(1.7f), now, 0.95f, theme.dark ? 0.4f : 0.55f);
  }
}

void draw_probe(const Theme& theme, const PlaneView& plane, const Points& data, const Probe& probe) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const PointPosterior& posterior = probe.posterior;
  const ImVec2 at = plane.at(probe.scale * probe.x_t), guess = plane.at(posterior.x_0);
  const double largest = posterior.weights.maxCoeff();
  for (const Eigen::Index i : heaviest(posterior.weights, 80)) {
    const double share = posterior.weights[i] / largest;
    if (share < 0.01) break;
    const ImVec2 point = plane.at(data.col(i));
    draw.AddLine(at, point, faded(theme.x_0, float(0.05 + 0.4 * share)), theme.px(1));
    draw.AddCircleFilled(point, theme.px(1.8f + 7 * float(std::sqrt(posterior.weights[i]))), faded(theme.x_0, 0.9f));
  }
  // The score points at √ᾱ·x̂₀, the mean of what x_t would be without its noise; x̂₀ lies further out by 1/√ᾱ.
  const ImVec2 scaled = plane.at(probe.scale * std::sqrt(probe.level.alpha_bar) * posterior.x_0);
  draw_dashed(draw, at, scaled, theme.px(4), theme.px(1.5f), theme.x_0_hat);
  draw_dashed(draw, scaled, guess, theme.px(2), theme.px(1), theme.x_0_hat);
  draw.AddCircle(scaled, theme.px(4), theme.x_0_hat, 16, theme.px(1.5f));
  draw.AddCircleFilled(guess, theme.px(7.5f), theme.surface);
  draw.AddCircleFilled(guess, theme.px(6), theme.x_0_hat);

  const double length = posterior.score.matrix().norm() * probe.unit;
  if (length > 1e-6) {
    const float ring = std::hypot(scaled.x - at.x, scaled.y - at.y) - theme.px(6);  // it points there, and no further
    const float pixels = std::min(theme.px(110) * float(saturated(length)), std::max(ring, theme.px(20)));
    const Eigen::Array2d towards = posterior.score / posterior.score.matrix().norm();
    draw_arrow(draw, at, {at.x + float(towards.x()) * pixels, at.y - float(towards.y()) * pixels}, theme.px(3),
               theme.px(12), theme.score);
  }
  draw.AddCircleFilled(at, theme.px(9), theme.surface);
  draw.AddCircle(at, theme.px(8), theme.x_t, 24, theme.px(2));
  draw.AddCircleFilled(at, theme.px(3), theme.x_t);
}

void draw_probe_numbers(const Theme& theme, const Rect& rect, const Probe& probe, float row_height, bool with_length) {
  const PointPosterior& posterior = probe.posterior;
  const Eigen::Array2d score = posterior.score / probe.scale;  // ∇ ln q by x = scale·x_t
  const double length = score.matrix().norm(), volume = 2 * std::log(probe.scale);
  const bool preserving = probe.scale == 1;
  struct Row {
    ImU32 colour;
    const char* symbol;
    const char* name;
    std::string value;
  };
  std::vector<Row> rows = {
      {theme.x_t, preserving ? "xₜ" : "x", "the probe", pair(probe.scale * probe.x_t, 2)},
      {theme.score, "score", "where q rises", pair(score, length < 100 ? 2 : 0)},
      {theme.score, "|score|", "how steeply", number(length, 3)},
      {theme.x_0_hat, "x̂₀", "best estimate", pair(posterior.x_0, 2)},
      {theme.text, preserving ? "ln q(xₜ)" : "ln q(x)", "", fixed(posterior.log_density - volume, 2)}};
  if (!with_length) rows.erase(rows.begin() + 2);
  if (probe.flow) {
    rows.push_back({theme.text, "along the flow", "", fixed(probe.flow->log_density() - volume, 2)});
    if (preserving)
      rows.push_back({theme.dim, "", "",
                      fixed(probe.flow->log_density_at_noise, 2) + " at noise, " +
                          (probe.flow->spread < 0 ? "− " : "+ ") + fixed(std::abs(probe.flow->spread), 2) + " spread"});
  }
  float y = rect.min.y;
  for (const auto& row : rows) {
    draw_text(theme.strong, {rect.min.x, y}, row.colour, row.symbol);
    if (rect.width() > theme.px(290))
      draw_text(theme.small, {rect.min.x + theme.px(66), y + theme.px(1)}, theme.dim, row.name);
    draw_text(theme.body, {rect.max.x - text_width(theme.body, row.value), y}, theme.text, row.value);
    y += row_height;
  }
}

void draw_weights(const Theme& theme, const Rect& rect, const Probe& probe) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const Eigen::ArrayXd& weights = probe.posterior.weights;
  const double effective = effective_points(weights);
  const std::string title = "Which point was it?";
  draw_text(theme.strong, rect.min, theme.text, title);
  const std::string shared =
      "about " + number(effective, effective < 10 ? 2 : 3) + " of " + std::to_string(weights.size());
  const float room = rect.width() - text_width(theme.strong, title) - theme.px(12);
  if (text_width(theme.small, shared) < room)
    draw_text(theme.small, {rect.max.x - text_width(theme.small, shared), rect.min.y + theme.px(2)}, theme.dim, shared);

  const float gap = theme.px(2), width = theme.px(7), base = rect.max.y;
  const auto order = heaviest(weights, int((rect.width() + gap) / (width + gap)));
  const double largest = weights[order.front()];
  const std::string label = percent(largest);
  const float top = rect.min.y + theme.px(42);
  if (base - top < theme.px(16)) return;
  draw_text(theme.small, {rect.min.x, top - theme.px(18)}, theme.x_0, label);
  float x = rect.min.x;
  for (const Eigen::Index i : order) {
    const float height = std::max(float(weights[i] / largest) * (base - top), theme.px(1));
    draw.AddRectFilled({x, base - height}, {x + width, base}, theme.x_0, theme.px(1));
    x += width + gap;
  }
}

}  // namespace noiseglass::app
