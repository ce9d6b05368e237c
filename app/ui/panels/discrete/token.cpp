// The column that looks at one token: its transition matrix, and four distributions of what it is, was and will be.

#include "ui/panels/discrete/view.h"
#include "ui/panels/shared/controls.h"
#include "ui/panels/shared/figures.h"
#include "ui/widgets/layout_record.h"

#include <algorithm>
#include <cmath>

namespace noiseglass::app {
namespace {

std::string quoted(const DiscreteScene& scene, int state) {
  if (state == scene.transition.mask()) return "the mask";
  if (scene.pictures) return "level " + std::to_string(state);
  return state == 0 ? "the space" : "“" + letter_name(state) + "”";
}

std::string title(const DiscreteScene& scene) {
  const int now = scene.x[std::size_t(scene.token)];
  std::string text = scene.pictures ? "Pixel " + std::to_string(scene.token % scene.set->columns) + ", " +
                                          std::to_string(scene.token / scene.set->columns)
                                    : "Letter " + std::to_string(scene.token + 1);
  if (scene.generated) return text + ": now " + quoted(scene, now);
  const int was = scene.set->members.front()[std::size_t(scene.token)];
  if (now == was) return text + ": still " + quoted(scene, was);
  return text + ": " + quoted(scene, was) + " → " + quoted(scene, now);
}

/// What stands under the bars: letters, or the grey levels themselves.
void draw_state(const Theme& theme, const DiscreteScene& scene, int state, ImVec2 centre, float size) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  if (state == scene.transition.mask()) return draw_mask_sign(theme, centre, size);
  if (scene.pictures) {
    const int byte = int(std::lround((level_value(state, scene.set->classes) + 1) * 127.5));
    const float r = size / 2;
    draw.AddRectFilled({centre.x - r, centre.y - r}, {centre.x + r, centre.y + r}, IM_COL32(byte, byte, byte, 255));
    draw.AddRect({centre.x - r, centre.y - r}, {centre.x + r, centre.y + r}, theme.border);
    return;
  }
  if (state == 0) {  // the space
    draw.AddLine({centre.x - size * 0.3f, centre.y + size * 0.3f}, {centre.x + size * 0.3f, centre.y + size * 0.3f},
                 theme.dim);
    return;
  }
  const std::string name = letter_name(state);
  const float font_size = theme.small->FontSize;
  const ImVec2 extent = theme.small->CalcTextSizeA(font_size, 1e9f, 0, name.c_str());
  draw.AddText(theme.small, font_size, {centre.x - extent.x / 2, centre.y - extent.y / 2}, theme.dim, name.c_str());
  note_text(name,
            {{centre.x - extent.x / 2, centre.y - extent.y / 2}, {centre.x + extent.x / 2, centre.y + extent.y / 2}},
            font_size);
}

/// Cell (row i, column j): how likely a token that is i at t = 0 is j at t. Brightness is √p, so that small shares
/// show.
void draw_matrix(const Theme& theme, const Rect& rect, const DiscreteScene& scene) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const int rows = scene.transition.classes(), columns = scene.transition.states();
  const float keep = float(scene.schedule->alpha_bar(scene.t));
  const float w = rect.width() / float(columns), h = rect.height() / float(rows);
  draw.AddRectFilled(rect.min, rect.max, theme.raised);
  for (int i = 0; i < rows; ++i)
    for (int j = 0; j < columns; ++j) {
      const double p = scene.transition.probability(i, j, keep);
      if (p < 1e-4) continue;
      draw.AddRectFilled({rect.min.x + w * float(j), rect.min.y + h * float(i)},
                         {rect.min.x + w * float(j + 1), rect.min.y + h * float(i + 1)},
                         mixed(theme.raised, theme.lane[1], float(std::sqrt(p))));
    }
  if (scene.generated) return;
  const float y = rect.min.y + h * float(scene.set->members.front()[std::size_t(scene.token)]);
  draw.AddRect({rect.min.x - 1, y - 1}, {rect.max.x + 1, y + h + 1}, theme.text, 0, 0, theme.px(1.4f));
}

struct Chart {
  const char* id;
  std::string title, words;
  Bars bars;
};

std::vector<double> to_vector(const Eigen::ArrayXd& values) { return {values.data(), values.data() + values.size()}; }

std::vector<Chart> charts(const Theme& theme, const DiscreteScene& scene) {
  const std::size_t i = std::size_t(scene.token);
  const int now = scene.x[i], states = scene.transition.states();
  std::vector<Chart> out;
  if (!scene.generated) {
    const int was = scene.set->members.front()[i];
    Bars marginal{
        to_vector(token_marginal(scene.transition, *scene.schedule, scene.t, was)), {}, now, 1, theme.lane[0], {}};
    out.push_back({"marginal", "q(xₜ | x₀)", "what it may become", std::move(marginal)});
  }
  Eigen::ArrayXd guess = Eigen::ArrayXd::Zero(states);
  guess.head(scene.set->classes) = scene.guess.col(scene.token).array();
  out.push_back(
      {"token_guess", "p(x₀ | xₜ)", "what it may have been", {to_vector(guess), {}, -1, 1, theme.x_0_hat, {}}});
  if (scene.t > scene.s) {
    Bars back{to_vector(reverse_marginal(scene.set->members, scene.weights, scene.x,
                                         {scene.transition, *scene.schedule, scene.t, scene.s}, scene.token)),
              {},
              -1,
              1,
              theme.lane[1],
              {}};
    if (!scene.generated)
      back.outlines = to_vector(
          token_posterior({scene.transition, *scene.schedule, scene.t, scene.s}, now, scene.set->members.front()[i]));
    out.push_back({"posterior", "One step back, t = " + std::to_string(scene.s),
                   scene.generated ? "p(xₛ | xₜ)" : "p(xₛ | xₜ); outlined: if x₀ is known", std::move(back)});
  }
  return out;
}

}  // namespace

void draw_token(Ui& ui, const Rect& rect, const DiscreteScene& scene) {
  const Theme& theme = ui.theme;
  float y = rect.min.y + draw_caption(theme, rect, title(scene), "", "exact") + theme.px(4);
  std::vector<Chart> all = charts(theme, scene);
  const float note = theme.small->FontSize + theme.px(4), gap = theme.px(10);
  const float room = rect.max.y - y, matrix = std::min(room * 0.3f, rect.width());
  draw_caption(theme, {{rect.min.x, y}, rect.max}, "From x₀ to xₜ", "row: from, column: to; stronger colour: likelier");
  y += note;
  const Rect cells{{rect.min.x, y}, {rect.max.x, y + matrix - note}};
  draw_matrix(theme, cells, scene);
  mark_subject(ui, "matrix", cells);
  y += matrix - note + gap;
  const float count = scene.generated ? 2 : 3;  // at t = 0 there is no step back, but nothing jumps
  const float each = std::min((rect.max.y - y - gap * (count - 1)) / count, theme.px(190));
  for (Chart& chart : all) {
    const float caption = draw_caption(theme, {{rect.min.x, y}, rect.max}, chart.title, chart.words);
    const Rect area{{rect.min.x, y + caption}, {rect.max.x, y + each}};
    if (!scene.pictures) chart.bars.least_label = 12;
    chart.bars.label = [&](int i, ImVec2 centre, float size) { draw_state(theme, scene, i, centre, size); };
    const double largest = *std::ranges::max_element(chart.bars.values);
    chart.bars.max = largest <= 0.25 ? 0.25 : largest <= 0.5 ? 0.5 : 1;
    draw_bars(theme, area, chart.bars);
    mark_subject(ui, chart.id, {{rect.min.x, y}, area.max});
    y += each + gap;
  }
}

}  // namespace noiseglass::app
