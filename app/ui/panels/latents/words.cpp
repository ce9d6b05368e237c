// Drawn divided by √ᾱ, so that the words stay where they are and the blur grows: x_t/√ᾱ = x₀ + √((1−ᾱ)/ᾱ)·ε.

#include "ui/panels/latents/view.h"
#include "ui/panels/shared/controls.h"
#include "ui/panels/shared/figures.h"
#include "ui/widgets/hit_area.h"

#include "noiseglass/noise.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace noiseglass::app {
namespace {

constexpr int cloud_size = 400;

int time_of(const Ui& ui) {
  return std::clamp(int(std::lround(ui.next.position)), 0, ui.session.lane(0).schedule->steps());
}

/// From word coordinates to the screen, the same scale in both directions.
struct Plane {
  Rect area;
  Eigen::Vector2d centre;
  float scale;

  Plane(const Rect& rect, const Eigen::MatrixXd& points, float margin) : area(rect) {
    const Eigen::Vector2d low = points.colwise().minCoeff(), high = points.colwise().maxCoeff();
    centre = (low + high) / 2;
    scale = std::min((rect.width() - 2.4f * margin) / float(high[0] - low[0]),
                     (rect.height() - 2 * margin) / float(high[1] - low[1]));
  }
  ImVec2 at(const Eigen::Vector2d& p) const {
    return {(area.min.x + area.max.x) / 2 + scale * float(p[0] - centre[0]),
            (area.min.y + area.max.y) / 2 - scale * float(p[1] - centre[1])};
  }
};

int most_likely(const Eigen::ArrayXd& odds) {
  Eigen::Index best = 0;
  odds.maxCoeff(&best);
  return int(best);
}

}  // namespace

Eigen::Vector2d WordsView::x_t(double alpha_bar) const {
  return std::sqrt(alpha_bar) * x_0_ + std::sqrt(1 - alpha_bar) * epsilon_;
}

void WordsView::draw(Ui& ui, const Rect& rect, const WordSet& words) {
  const Theme& theme = ui.theme;
  word_ = std::min(setting_index(ui, "word"), int(words.words.size()) - 1);
  x_0_ = words.points.row(word_);
  float z[2];
  fill_gaussian({ui.session.state().seed, streams::forward}, 0, z);
  epsilon_ = {z[0], z[1]};
  const double alpha_bar = ui.session.lane(0).schedule->alpha_bar(time_of(ui));
  odds_ = point_weights(words.points, x_t(alpha_bar), alpha_bar);
  nearest_ = most_likely(odds_);

  const float gap = theme.px(20), column = std::clamp(rect.width() * 0.26f, theme.px(190), theme.px(320));
  const float history = theme.px(64);
  draw_plane(ui, {rect.min, {rect.max.x - column - gap, rect.max.y - history - gap}}, words);
  draw_odds(ui, {{rect.max.x - column, rect.min.y}, {rect.max.x, rect.max.y - history - gap}}, words);
  draw_history(ui, {{rect.min.x, rect.max.y - history}, rect.max}, words);
}

void WordsView::draw_plane(Ui& ui, const Rect& rect, const WordSet& words) {
  const Theme& theme = ui.theme;
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const int t = time_of(ui);
  const double alpha_bar = ui.session.lane(0).schedule->alpha_bar(t);
  const double spread = std::sqrt((1 - alpha_bar) / alpha_bar);
  const float top = draw_caption(theme, rect, "“" + words.words[std::size_t(word_)] + "” at t = " + std::to_string(t),
                                 "a point plus noise: meaning blurs", "made by hand for this picture");
  const Rect area{{rect.min.x, rect.min.y + top}, rect.max};
  draw.AddRectFilled(area.min, area.max, theme.surface, theme.px(10));
  const Plane plane(area, words.points, theme.px(30));
  draw.PushClipRect(area.min, area.max, true);
  std::vector<float> z(2 * cloud_size);
  fill_gaussian({ui.session.state().seed, streams::latent_sample(0)}, 0, z);
  if (t > 0)
    for (int n = 0; n < cloud_size; ++n) {
      const ImVec2 at = plane.at(x_0_ + spread * Eigen::Vector2d(z[2 * n], z[2 * n + 1]));
      draw.AddCircleFilled(at, theme.px(2), faded(theme.lane[0], 0.5f), 6);
    }
  for (int i = 0; i < int(words.words.size()); ++i) {
    const ImVec2 at = plane.at(words.points.row(i).transpose());
    const float strength = float(std::sqrt(odds_[i]));
    ImFont* font = i == word_ || i == nearest_ ? theme.strong : theme.small;
    const std::string& word = words.words[std::size_t(i)];
    draw.AddCircleFilled({at.x, at.y + theme.px(9)}, theme.px(1.8f), mixed(theme.dim, theme.x_0_hat, strength), 8);
    const float width = text_width(font, word), y = at.y - (i == word_ && t > 0 ? theme.px(20) : 0);  // above its noise
    if (i == nearest_ && t > 0)
      draw.AddRectFilled({at.x - width / 2 - theme.px(5), y - theme.px(9)},
                         {at.x + width / 2 + theme.px(5), y + theme.px(9)}, mixed(theme.surface, theme.x_0_hat, 0.4f),
                         theme.px(5));
    draw_text(font, {at.x - width / 2, y - font->FontSize / 2},
              mixed(theme.dim, theme.text, i == word_ || i == nearest_ ? 1 : 0.25f + 0.75f * strength), word);
  }
  const ImVec2 from = plane.at(x_0_), to = plane.at(x_0_ + spread * epsilon_);
  draw.AddLine(from, to, faded(theme.lane[0], 0.9f), theme.px(1.5f));
  draw.AddCircleFilled(to, theme.px(6), theme.surface);
  draw.AddCircleFilled(to, theme.px(4.5f), theme.lane[0]);
  draw.PopClipRect();
  const bool inside = to.x > area.min.x && to.x < area.max.x && to.y > area.min.y && to.y < area.max.y;
  draw_text(theme.small, {area.min.x + theme.px(12), area.max.y - theme.px(8) - theme.small->FontSize}, theme.dim,
            inside ? "orange: xₜ for this noise, and for 400 others"
                   : "xₜ has left the map: the noise outweighs any meaning");

  ImGui::SetCursorScreenPos(area.min);
  hit_area("plane", {area.width(), area.height()});
  const FocusKeys keys = focus_stop(Takes::plane);  // from word to word, in the order of the list
  const int last = int(words.words.size()) - 1;
  if (keys.steps() != 0) set_setting(ui, "word", std::clamp(setting_index(ui, "word") + keys.steps(), 0, last));
  if (ImGui::IsItemClicked()) {
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    int best = 0;
    float least = 1e30f;
    for (int i = 0; i < int(words.words.size()); ++i) {
      const ImVec2 at = plane.at(words.points.row(i).transpose());
      const float distance = std::hypot((at.x - mouse.x) / 2, at.y - mouse.y);  // words are wider than they are high
      if (distance < least) least = distance, best = i;
    }
    set_setting(ui, "word", best);
  }
  mark_subject(ui, "plane", area);
}

void WordsView::draw_odds(Ui& ui, const Rect& rect, const WordSet& words) const {
  const Theme& theme = ui.theme;
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const float top = draw_caption(theme, rect, "Which word was it?", "", "exact");
  draw_text(theme.small, {rect.min.x, rect.min.y + top - theme.px(3)}, theme.dim, "p(word | xₜ), by Bayes' rule");
  std::vector<int> order(words.words.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::stable_sort(order, [&](int a, int b) { return odds_[a] > odds_[b]; });
  const float pitch = theme.px(34), first = rect.min.y + top + theme.px(22);
  const int count = std::min(int(order.size()), int((rect.max.y - first) / pitch));
  for (int n = 0; n < count; ++n) {
    const int i = order[std::size_t(n)];
    const double p = odds_[i];
    const float y = first + pitch * float(n), bar = y + theme.px(19), thick = theme.px(2.5f);
    draw_text(i == word_ ? theme.strong : theme.body, {rect.min.x, y}, p > 0.005 ? theme.text : theme.dim,
              words.words[std::size_t(i)]);
    const std::string share = p > 0 && p < 0.005 ? "<1 %" : std::to_string(int(std::lround(100 * p))) + " %";
    draw_text(theme.small, {rect.max.x - text_width(theme.small, share), y + theme.px(1)},
              p > 0.005 ? theme.text : theme.dim, share);
    draw.AddRectFilled({rect.min.x, bar}, {rect.max.x, bar + 2 * thick}, theme.raised, thick);
    if (p > 0.002)
      draw.AddRectFilled({rect.min.x, bar},
                         {rect.min.x + std::max(2 * thick, rect.width() * float(p)), bar + 2 * thick}, theme.x_0_hat,
                         thick);
  }
  mark_subject(ui, "odds", rect);
}

/// The likeliest word over all t, for the noise that is shown.
void WordsView::draw_history(Ui& ui, const Rect& rect, const WordSet& words) const {
  const Theme& theme = ui.theme;
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const float top =
      draw_caption(theme, rect, "Most likely word as noise grows", "t from 0 to T, for this noise", "exact");
  const Schedule& schedule = *ui.session.lane(0).schedule;
  const int T = schedule.steps(), samples = std::min(T, 400);
  const float y = rect.min.y + top, bottom = rect.max.y;
  const auto x = [&](double t) { return rect.min.x + float(t / T) * rect.width(); };
  const auto likeliest = [&](int t) {
    return most_likely(point_weights(words.points, x_t(schedule.alpha_bar(t)), schedule.alpha_bar(t)));
  };
  int start = 0, word = word_;
  bool odd = false;
  for (int n = 1; n <= samples; ++n) {
    const int t = int(std::lround(double(n) * T / samples)), next = n < samples ? likeliest(t) : -1;
    if (next == word) continue;
    const Rect part{{x(start) + 1, y}, {x(t) - 1, bottom}};
    draw.AddRectFilled(part.min, part.max,
                       word == word_ ? mixed(theme.raised, theme.lane[0], 0.4f)
                       : odd         ? theme.raised
                                     : theme.hovered,
                       theme.px(4));
    const std::string& name = words.words[std::size_t(word)];
    if (text_width(theme.small, name) + theme.px(8) < part.width())
      draw_text(
          theme.small,
          {(part.min.x + part.max.x - text_width(theme.small, name)) / 2, (y + bottom - theme.small->FontSize) / 2},
          theme.text, name);
    start = t, word = next, odd = !odd;
  }
  const float now = x(time_of(ui));
  draw.AddLine({now, y - theme.px(3)}, {now, bottom + theme.px(3)}, theme.accent, theme.px(2));
  mark_subject(ui, "history", rect);
}

std::map<std::string, double> WordsView::facts() const {
  if (odds_.size() == 0) return {};
  Eigen::ArrayXd others = odds_;
  others[word_] = -1;
  return {{"nearest", double(nearest_)}, {"mistaken_for", double(most_likely(others))}};
}

}  // namespace noiseglass::app
