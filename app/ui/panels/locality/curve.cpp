#include "ui/panels/locality/parts.h"
#include "ui/panels/shared/axes.h"
#include "ui/panels/shared/mix_colours.h"
#include "ui/widgets/hit_area.h"

#include <algorithm>
#include <cmath>

namespace noiseglass::app {
namespace {

constexpr int columns_of_radii = int(compared_radii.size());

/// Where a radius lies among the compared ones: 2.5 is halfway between the third and the fourth.
double column_of(int radius) {
  for (std::size_t i = 0; i + 1 < compared_radii.size(); ++i)
    if (radius < compared_radii[i + 1])
      return double(i) + double(radius - compared_radii[i]) / (compared_radii[i + 1] - compared_radii[i]);
  return columns_of_radii - 1;
}

/// Ticks at round numbers from 0 up, and the end of the axis.
std::vector<double> ticks_up_to(double most) {
  const double raw = std::max(most, 1.0) / 3, power = std::pow(10, std::floor(std::log10(raw)));
  const double step = power * (raw / power > 5 ? 10 : raw / power > 2 ? 5 : raw / power > 1 ? 2 : 1);
  std::vector<double> ticks = {0};
  while (ticks.back() < most) ticks.push_back(ticks.back() + step);
  return ticks;
}

void draw_centred(const Theme& theme, float x, float y, ImU32 colour, const std::string& text) {
  draw_text(theme.small, {x - text_width(theme.small, text) / 2, y}, colour, text);
}

}  // namespace

std::string radius_name(int radius) { return radius >= compared_radii.back() ? "all" : std::to_string(radius); }

void draw_radii(Ui& ui, const Rect& rect, const LocalLooks& looks, TextureSlots& slots, int radius) {
  const Theme& theme = ui.theme;
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const bool wide = rect.width() > theme.px(520);
  const Rect inside =
      draw_card(theme, rect, wide ? "How far each estimate is from the network’s" : "Distance from the network",
                wide ? "RMS, of 255 levels" : "");
  const float left = theme.px(30), below = theme.px(20);
  const Rect all{{inside.min.x + left, inside.min.y}, {inside.max.x, inside.max.y - below}};
  const float cell = all.width() / columns_of_radii;
  const float side = std::floor(std::min(cell - theme.px(5), all.height() - theme.px(64)));
  const bool strip = side >= theme.px(24);
  const int moment = looks.moment();
  double most = 1;
  for (const int r : compared_radii)
    if (const auto look = looks.look(moment, r)) most = std::max(most, look->distance);
  const std::vector<double> ticks = ticks_up_to(most);
  const Axes axes{{{all.min.x, all.min.y + (strip ? side + theme.px(10) : theme.px(4))}, all.max},
                  -0.5,
                  columns_of_radii - 0.5,
                  0,
                  ticks.back()};
  draw_y_ticks(theme, axes, ticks);
  const std::optional<int> best = looks.best(moment);
  const float x_r = axes.px(column_of(radius));
  draw.AddLine({x_r, all.min.y}, {x_r, all.max.y}, faded(theme.text, 0.5f), theme.px(1.5f));
  std::vector<ImVec2> points;
  exports::Curve numbers = curve_on_paper("exact, seeing r", {}, {});
  for (int i = 0; i < columns_of_radii; ++i) {
    const int r = compared_radii[std::size_t(i)];
    const float x = axes.px(i);
    draw_centred(theme, x, all.max.y + theme.px(4), r == radius ? theme.text : theme.dim, radius_name(r));
    const auto look = looks.look(moment, r);
    const std::string name = "r" + std::to_string(r);
    if (strip) {
      const ImVec2 at{std::round(x - side / 2), std::round(all.min.y)};
      const Rect place{at, {at.x + side, at.y + side}};
      PictureTile tile{.texture = slots.last(name), .dimmed = !look};
      if (look)
        tile.texture = slots.show(name, Key(looks.key_of(moment, r), moment, look->known), [&] { return look->x_0; });
      draw_picture_tile(theme, place, tile);
      if (r == radius || (best && *best == r))
        draw.AddRect({place.min.x - theme.px(2), place.min.y - theme.px(2)},
                     {place.max.x + theme.px(2), place.max.y + theme.px(2)}, r == radius ? theme.text : theme.x_0_hat,
                     theme.px(2), 0, theme.px(2));
      mark(ui, name.c_str(), place);
    }
    if (!look) continue;
    points.push_back(axes.at(i, look->distance));
    numbers.x.push_back(r), numbers.y.push_back(look->distance);
  }
  if (strip) mark_subject(ui, "strip", {all.min, {all.max.x, all.min.y + side}});
  mark(ui, "radii_strip", rect);  // as lessons call all of it, to keep it back
  draw_text(theme.small, {inside.min.x, all.max.y + theme.px(4)}, theme.dim, "r");
  draw.AddPolyline(points.data(), int(points.size()), theme.x_0_hat, 0, theme.px(2));
  for (const ImVec2& point : points) draw.AddCircleFilled(point, theme.px(3), theme.x_0_hat);
  if (best) {
    const ImVec2 least = axes.at(column_of(*best), looks.look(moment, *best)->distance);
    draw.AddCircle(least, theme.px(7), theme.text, 0, theme.px(2));
    const std::string words = "nearest: r = " + radius_name(*best);
    const float width = text_width(theme.small, words), y = least.y + theme.px(12);
    const float x = std::clamp(least.x - width / 2, axes.area.min.x, axes.area.max.x - width);
    if (y + theme.small->FontSize < axes.area.max.y) draw_text(theme.small, {x, y}, theme.text, words);
  }
  ImGui::SetCursorScreenPos(all.min);
  hit_area("radii", {std::max(1.f, all.width()), std::max(1.f, all.height())});
  probe_by_keys(ui, "radius", nullptr, 1);
  if (ImGui::IsItemHovered()) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
  if (ImGui::IsItemActive()) {
    const int column = std::clamp(int((ImGui::GetIO().MousePos.x - all.min.x) / cell), 0, columns_of_radii - 1);
    set_setting(ui, "radius", compared_radii[std::size_t(column)]);
  }
  exports::Plot paper;
  paper.title = "How far each estimate is from the network’s";
  paper.x_label = "radius r (the largest sees all)", paper.y_label = "RMS, of 255 levels";
  paper.x_max = compared_radii.back(), paper.y_max = ticks.back();
  paper.x_ticks = {0, 5, 10, 15, 20, 25, 30}, paper.y_ticks = ticks;
  paper.curves = {std::move(numbers)};
  mark_plot(ui, "curve", axes.area, {{inside.min.x, axes.area.min.y}, {inside.max.x, inside.max.y}}, std::move(paper));
}

void draw_radii_over_t(Ui& ui, const Rect& rect, const LocalLooks& looks, int radius) {
  const Theme& theme = ui.theme;
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const Rect inside = draw_card(theme, rect, "At every t", "● nearest");
  const Rect all{{inside.min.x + theme.px(30), inside.min.y}, {inside.max.x, inside.max.y - theme.px(20)}};
  const Way& way = looks.network();
  const int T = ui.session.lane(0).schedule->steps();
  const Axes axes{all, 0, double(T), -0.5, columns_of_radii - 0.5};
  float free = 1e9f;
  for (int i = 0; i < columns_of_radii; ++i) {
    const float y = axes.py(i) - theme.small->FontSize / 2;
    if (y > free - theme.small->FontSize) continue;
    free = y;
    const std::string name = radius_name(compared_radii[std::size_t(i)]);
    draw_text(theme.small, {all.min.x - theme.px(6) - text_width(theme.small, name), y}, theme.dim, name);
  }
  draw_x_ticks(theme, axes, {0, T / 2.0, double(T)}, false);
  draw_centred(theme, axes.px(T / 4.0), all.max.y + theme.px(3), theme.dim, "t");
  draw.AddRectFilled(all.min, all.max, theme.ground);
  const float height = all.height() / columns_of_radii;
  for (std::size_t j = 0; j < way.size(); ++j) {
    if (way[j]->t == 0) continue;
    const double next = j + 1 < way.size() ? way[j + 1]->t : 0;
    const float right = axes.px(way[j]->t), left = axes.px(next);
    double least = 1e9, most = 0;
    for (const int r : compared_radii)
      if (const auto look = looks.look(int(j), r))
        least = std::min(least, look->distance), most = std::max(most, look->distance);
    const std::optional<int> best = looks.best(int(j));
    for (int i = 0; i < columns_of_radii; ++i) {
      const auto look = looks.look(int(j), compared_radii[std::size_t(i)]);
      if (!look) continue;
      const double share = most - least < 0.5 ? 0.3 : 1 - (look->distance - least) / (most - least);
      const float bottom = axes.py(i - 0.5);
      draw.AddRectFilled({left + 1, bottom - height + 1}, {right, bottom},
                         mix_colours(theme.raised, theme.x_0_hat, float(share * share)));
      if (best && *best == compared_radii[std::size_t(i)])
        draw.AddCircleFilled({(left + right) / 2, bottom - height / 2},
                             std::min({theme.px(4), height / 3, (right - left) / 3}), theme.text);
    }
    if (int(j) == looks.moment())
      draw.AddRect({left, all.min.y}, {right + 1, all.max.y}, theme.text, 0, 0, theme.px(1.5f));
  }
  const float y = axes.py(column_of(radius));
  draw.AddLine({all.min.x, y}, {all.max.x, y}, faded(theme.text, 0.4f), theme.px(1));
  ImGui::SetCursorScreenPos(all.min);
  hit_area("map", {std::max(1.f, all.width()), std::max(1.f, all.height())});
  const FocusKeys keys = focus_stop(Takes::plane);
  if (keys.up != 0) set_setting(ui, "radius", radius + keys.up);
  if (keys.across != 0 && !way.empty()) {
    const int moment = std::clamp(looks.moment() - keys.across, 0, int(way.size()) - 1);
    ui.next.position = way[std::size_t(moment)]->t, ui.next.playing = Playing::paused;
  }
  if (ImGui::IsItemActive()) {
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    ui.next.position = std::max(1.0, std::round(axes.x_at(mouse.x))), ui.next.playing = Playing::paused;
    const int row = std::clamp(int(std::lround(axes.y_at(mouse.y))), 0, columns_of_radii - 1);
    set_setting(ui, "radius", compared_radii[std::size_t(row)]);
  }
  mark_plot(ui, "map", all, {inside.min, inside.max});
}

}  // namespace noiseglass::app
