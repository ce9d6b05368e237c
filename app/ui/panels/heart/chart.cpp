#include "ui/panels/heart/parts.h"
#include "ui/panels/shared/axes.h"
#include "ui/panels/shared/legend.h"
#include "ui/widgets/hit_area.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace noiseglass::app {
namespace {

constexpr int columns = int(face_counts.size());

struct MeasuredCurve {
  std::string name;
  ImU32 colour;
  bool thin;  ///< a yardstick for the others
  double FacesMeasured::*value;
};

std::array<MeasuredCurve, 3> curves_of(const Theme& theme) {
  return {{{"a new face from its nearest", theme.dim, true, &FacesMeasured::unseen},
           {"an answer from its nearest", theme.lane[1], false, &FacesMeasured::own},
           {"A’s answer from B’s", theme.lane[0], false, &FacesMeasured::apart}}};
}

/// The same numbers, for paper.
exports::Plot on_paper(const FewOrMany& known, const Theme& theme) {
  exports::Plot plot;
  plot.title = "Learned or by heart?";
  plot.x_label = "faces in each set (powers of ten)", plot.y_label = "RMS, of 255 levels";
  plot.x_min = 0.5, plot.x_max = 4.5, plot.y_max = 50;
  plot.x_ticks = {1, 2, 3, 4}, plot.y_ticks = {0, 10, 20, 30, 40, 50};
  for (const MeasuredCurve& curve : curves_of(theme)) {
    exports::Curve drawn{curve.name, {}, {}, std::nan(""), std::nan("")};
    for (const FacesMeasured& row : known.measured)
      drawn.x.push_back(std::log10(row.faces)), drawn.y.push_back(row.*curve.value);
    plot.curves.push_back(std::move(drawn));
  }
  return plot;
}

/// A's and B's answer of one column, below each other.
void draw_column(Ui& ui, const FaceAnswers& answers, TextureSlots& slots, int count, float centre, float top,
                 float side, bool chosen) {
  const Theme& theme = ui.theme;
  for (int set = 0; set < face_sets; ++set) {
    const ImVec2 at{std::round(centre - side / 2), std::round(top + float(set) * (side + theme.px(4)))};
    const Rect place{at, {at.x + side, at.y + side}};
    const auto answer = answers.answer(count, set);
    const std::string slot = "small" + std::to_string(count) + char('a' + set);
    PictureTile tile{.texture = slots.last(slot), .dimmed = !answer};
    if (answer && !answer->picture.empty())
      tile.texture =
          slots.show(slot, Key(answers.key_of(count, set), answer->progress), [&] { return answer->picture; });
    draw_picture_tile(theme, place, tile);
    if (chosen)
      ImGui::GetWindowDrawList()->AddRect({place.min.x - theme.px(2), place.min.y - theme.px(2)},
                                          {place.max.x + theme.px(2), place.max.y + theme.px(2)}, theme.text,
                                          theme.px(2), 0, theme.px(2));
  }
}

/// The measured medians as lines, and this noise's own figures as rings.
void draw_curves(const Theme& theme, const Axes& axes, const FaceAnswers& answers, const FewOrMany& known) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  for (const MeasuredCurve& curve : curves_of(theme)) {
    std::vector<ImVec2> points;
    for (int i = 0; i < columns; ++i) points.push_back(axes.at(i, known.measured[std::size_t(i)].*curve.value));
    draw.AddPolyline(points.data(), columns, curve.colour, 0, theme.px(curve.thin ? 1.2f : 2));
    for (const ImVec2& point : points) draw.AddCircleFilled(point, theme.px(curve.thin ? 2 : 3), curve.colour);
  }
  for (int i = 0; i < columns; ++i) {
    const auto pair = answers.pair(i);
    if (!pair) continue;
    const auto ring = [&](double value, ImU32 colour) {
      draw.AddCircle(axes.at(i, std::min(value, axes.y_max)), theme.px(5.5f), colour, 0, theme.px(1.5f));
    };
    ring(pair->apart, theme.lane[0]);
    if (known.searched(face_counts[std::size_t(i)]) == face_counts[std::size_t(i)])  // else among fewer than measured
      for (const double own : pair->own) ring(own, theme.lane[1]);
  }
}

}  // namespace

std::string face_count_name(int faces) {
  std::string text = std::to_string(faces);
  if (faces >= 1000) text.insert(text.size() - 3, ",");
  return text;
}

void draw_counts(Ui& ui, const Rect& rect, const FaceAnswers& answers, TextureSlots& slots, int chosen) {
  const Theme& theme = ui.theme;
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const auto known = answers.known();
  const Rect inside = draw_card(theme, rect, "For every number of faces", "RMS, of 255 levels");
  std::vector<LegendEntry> legend;
  for (const MeasuredCurve& curve : curves_of(theme)) legend.push_back({curve.colour, curve.name});
  std::ranges::reverse(legend);
  const float axis = theme.px(28), below = theme.px(22), row = theme.px(18);
  const float left = inside.min.x + axis, cell = (inside.max.x - left) / columns;
  // The pictures have what room the curves leave, who are owed some height.
  const float spare = inside.height() - below - float(legend.size()) * row - theme.px(110);
  const float side = std::floor(std::min(cell - theme.px(10), (spare - theme.px(14)) / face_sets));
  const bool strip = side >= theme.px(22);
  float y = inside.min.y + theme.px(2);
  if (strip) {
    for (int i = 0; i < columns; ++i)
      draw_column(ui, answers, slots, i, left + (float(i) + 0.5f) * cell, y, side, i == chosen);
    for (int set = 0; set < face_sets; ++set) {
      const float middle = y + float(set) * (side + theme.px(4)) + side / 2;
      draw_text(theme.strong, {inside.min.x, middle - theme.strong->FontSize / 2}, theme.text,
                std::string(1, char('A' + set)));
    }
    mark_subject(ui, "strip", {{left, y}, {inside.max.x, y + 2 * side + theme.px(4)}});
    y += 2 * side + theme.px(16);
  }
  y += draw_legend(theme, {inside.min.x, y}, inside.max.x, legend) + theme.px(6);
  const Axes axes{{{left, y}, {inside.max.x, inside.max.y - below}}, -0.5, columns - 0.5, 0, 50};
  if (axes.area.height() < theme.px(40)) return;
  draw_y_ticks(theme, axes, {0, 10, 20, 30, 40, 50});
  const float x = axes.px(chosen);
  draw.AddRectFilled({x - cell / 2, axes.area.min.y}, {x + cell / 2, axes.area.max.y}, faded(theme.text, 0.06f));
  for (int i = 0; i < columns; ++i) {
    const std::string name = face_count_name(face_counts[std::size_t(i)]);
    draw_text(theme.small, {axes.px(i) - text_width(theme.small, name) / 2, axes.area.max.y + theme.px(4)},
              i == chosen ? theme.text : theme.dim, name);
  }
  if (known) draw_curves(theme, axes, answers, *known);
  const Rect all{{left, inside.min.y}, {inside.max.x, inside.max.y - below}};
  ImGui::SetCursorScreenPos(all.min);
  hit_area("counts", {all.width(), all.height()});
  probe_by_keys(ui, "count", nullptr, 1);
  if (ImGui::IsItemActive())
    set_setting(ui, "count", std::clamp(int((ImGui::GetIO().MousePos.x - left) / cell), 0, columns - 1));
  mark(ui, "counts", all);
  if (known) mark_subject(ui, "curve", {{inside.min.x, axes.area.min.y}, inside.max}, on_paper(*known, theme));
}

}  // namespace noiseglass::app
