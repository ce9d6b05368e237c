#include "ui/panels/discrete/view.h"

#include "ui/panels/shared/controls.h"
#include "ui/panels/shared/figures.h"
#include "ui/widgets/hit_area.h"
#include "ui/widgets/layout.h"
#include "ui/widgets/lines.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace noiseglass::app {
namespace {

constexpr int picture_pixels = 64;

std::string percent(double share) {
  if (share > 0 && share < 0.005) return "<1%";
  if (share < 1 && share > 0.995) return ">99%";
  return std::to_string(int(std::lround(100 * share))) + " %";
}

/// One letter: its tile says whether it is still what it was, another one, or masked.
void draw_tile(const Theme& theme, const Rect& tile, const DiscreteScene& scene, int state, int was, float opacity) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const float round = theme.px(4);
  if (state == scene.transition.mask()) {
    draw.AddRect(tile.min, tile.max, line_colour(theme), round, 0, theme.px(1.2f));
    draw.AddCircleFilled({(tile.min.x + tile.max.x) / 2, (tile.min.y + tile.max.y) / 2}, theme.px(1.6f), theme.dim);
    return;
  }
  const bool other = was >= 0 && state != was;
  draw.AddRectFilled(tile.min, tile.max, other ? mixed(theme.raised, theme.lane[0], 0.55f) : theme.raised, round);
  const std::string letter = letter_name(state);
  draw_letter(theme.body,
              {(tile.min.x + tile.max.x - text_width(theme.body, letter)) / 2,
               (tile.min.y + tile.max.y - theme.body->FontSize) / 2},
              faded(theme.text, opacity), letter);
}

/// How much of a bar a probability fills: 1 % and 10 % are told apart.
void draw_share(const Theme& theme, const Rect& bar, double share) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const float round = bar.height() / 2;
  draw.AddRectFilled(bar.min, bar.max, theme.raised, round);
  if (share <= 0.002) return;
  const float width = std::max(theme.px(2), bar.width() * float(share));
  draw.AddRectFilled(bar.min, {bar.min.x + width, bar.max.y}, theme.x_0_hat, std::min(round, width / 2));
}

/// Where the lines of a sentence begin: as many letters in each as there is room for, broken between words.
std::vector<int> line_starts(const Tokens& sentence, int room) {
  const int all = int(sentence.size());
  std::vector<int> starts = {0};
  while (all - starts.back() > room) {
    int end = starts.back() + room;
    while (end > starts.back() && sentence[std::size_t(end)] != 0 && sentence[std::size_t(end - 1)] != 0) --end;
    starts.push_back(end > starts.back() ? end : starts.back() + room);  // a word longer than a line
  }
  return starts;
}

std::string headline(const DiscreteScene& scene) {
  const std::string at = "t = " + std::to_string(scene.t);
  if (scene.generated) {
    std::string text = "Step " + std::to_string(scene.step) + " of " + std::to_string(scene.steps) + ", " + at;
    return text + (scene.pure ? ", from pure noise" : ", from your noised original");
  }
  const std::size_t n = scene.x.size();
  std::size_t touched = 0;
  for (std::size_t i = 0; i < n; ++i) touched += scene.x[i] != scene.set->members.front()[i];
  const int rows = scene.set->rows, columns = scene.set->columns;
  const std::string all = rows == columns ? std::to_string(columns) + "×" + std::to_string(rows) : std::to_string(n);
  return at + ": " + std::to_string(touched) + " of " + all +
         (scene.transition.has_mask() ? " are masked" : " have changed");
}

std::string expectation(const DiscreteScene& scene) {
  if (scene.generated) return "one draw from p(xₛ | xₜ) per step";
  return "each is kept with probability ᾱ = " + fixed(scene.schedule->alpha_bar(scene.t), 3);
}

}  // namespace

std::string letter_name(int token) { return token == 0 ? "" : std::string(1, letters[std::size_t(token)]); }

void draw_mask_sign(const Theme& theme, ImVec2 c, float size) {
  const float r = std::floor(size * 0.36f);
  ImGui::GetWindowDrawList()->AddRect({c.x - r, c.y - r}, {c.x + r, c.y + r}, theme.dim, theme.px(1.5f));
}

void DiscreteScene::show(const Tokens& x_t, const Eigen::ArrayXd& member_weights) {
  if (x == x_t && weights.size() == member_weights.size() && (weights == member_weights).all()) return;
  x = x_t;
  weights = member_weights;
  guess = token_guess(set->members, weights, set->classes);
  ++version;
}

void DiscreteView::draw(Ui& ui, const Rect& rect, const DiscreteScene& scene) {
  const Theme& theme = ui.theme;
  const float gap = theme.px(24);
  const std::array<Part, 2> parts{{{theme.px(380), 2, 1}, {theme.px(240), 1, 0, theme.px(440)}}};
  const auto places = columns(rect, gap, parts);
  if (!places[0]) return;
  const Rect left = *places[0];
  const float top = draw_caption(theme, left, headline(scene), expectation(scene), "exact");
  const Rect below{{left.min.x, left.min.y + top + theme.px(4)}, left.max};
  scene.pictures ? draw_pictures(ui, below, scene) : draw_sentence(ui, below, scene);
  if (places[1]) draw_token(ui, *places[1], scene);
}

/// Line by line: the letters as they were, as they are, as the denoiser guesses them, one under the other.
void DiscreteView::draw_sentence(Ui& ui, const Rect& rect, const DiscreteScene& scene) {
  const Theme& theme = ui.theme;
  const int all = int(scene.x.size()), kinds = scene.generated ? 2 : 3;
  const float label = theme.px(44), room = rect.width() - label;
  const int at_most = std::max(1, int(room / theme.px(22)));  // narrower tiles would have no room for their letters
  const Tokens& original = scene.set->members.front();
  std::vector<int> starts = line_starts(original, at_most);
  const int rows = int(starts.size());
  int columns = (all + rows - 1) / rows;  // the fewest that need no line more, so that the letters are large
  while (line_starts(original, columns).size() > starts.size()) ++columns;
  starts = line_starts(original, columns);
  starts.push_back(all);
  const float pitch = std::floor(room / float(columns)), side = pitch - theme.px(2);
  const float high = (rect.height() * 0.6f / float(rows) - theme.px(12)) / float(kinds) - theme.px(3);
  const float line = std::clamp(high, theme.px(18), std::min(side, theme.px(48)));
  const float block = float(kinds) * (line + theme.px(3)) + theme.px(12);
  const char* names[] = {"x₀", "xₜ", "guess"};
  const ImU32 colours[] = {theme.x_0, theme.x_t, theme.x_0_hat};
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  for (int row = 0; row < rows; ++row)
    for (int kind = 3 - kinds; kind < 3; ++kind) {
      const float y = rect.min.y + float(row) * block + float(kind - 3 + kinds) * (line + theme.px(3));
      draw_text(theme.small, {rect.min.x, y + (line - theme.small->FontSize) / 2}, colours[kind], names[kind]);
      for (int i = starts[std::size_t(row)]; i < starts[std::size_t(row) + 1]; ++i) {
        const int was = scene.generated ? -1 : original[std::size_t(i)];
        const float x = rect.min.x + label + pitch * float(i - starts[std::size_t(row)]);
        const Rect tile{{x, y}, {x + side, y + line}};
        Eigen::Index likely = 0;
        const double sure = scene.guess.col(i).maxCoeff(&likely);
        if (kind == 0) draw_tile(theme, tile, scene, was, was, 1);
        if (kind == 1) draw_tile(theme, tile, scene, scene.x[i], was, 1);
        if (kind == 2) draw_tile(theme, tile, scene, int(likely), -1, 0.2f + 0.8f * float(sure));
        if (i == scene.token && kind == 1)
          draw.AddRect({tile.min.x - 2, tile.min.y - 2}, {tile.max.x + 2, tile.max.y + 2}, theme.text, theme.px(5), 0,
                       theme.px(1.6f));
      }
    }
  const Rect tiles{{rect.min.x + label, rect.min.y},
                   {rect.min.x + label + pitch * float(columns), rect.min.y + block * float(rows)}};
  ImGui::SetCursorScreenPos(tiles.min);
  hit_area("tiles", {tiles.width(), tiles.height()});
  const FocusKeys keys = focus_stop(Takes::plane);
  if (keys.steps() != 0)
    set_setting(ui, "letter", std::clamp(scene.token + keys.across - columns * keys.up, 0, all - 1));
  if (ImGui::IsItemActive()) {
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    const auto row = std::size_t(std::clamp(int((mouse.y - tiles.min.y) / block), 0, rows - 1));
    const int letter = starts[row] + std::max(0, int((mouse.x - tiles.min.x) / pitch));
    set_setting(ui, "letter", std::min(letter, starts[row + 1] - 1));
  }
  mark_subject(ui, "tiles", tiles);
  draw_shelf(ui, {{rect.min.x, tiles.max.y + theme.px(8)}, rect.max}, scene);
}

/// Every sentence that the denoiser knows, with the weight it has now.
void DiscreteView::draw_shelf(Ui& ui, const Rect& rect, const DiscreteScene& scene) {
  const Theme& theme = ui.theme;
  const float top =
      draw_caption(theme, rect, "Which sentence was it?",
                   "p(sentence | xₜ), Bayes' rule over these " + std::to_string(scene.set->members.size()), "exact");
  const int all = int(scene.set->members.size());
  const float room = rect.max.y - rect.min.y - top, least = theme.small->FontSize + theme.px(1);
  const int n = std::clamp(int(room / least), 1, all);
  const float pitch = std::min(theme.px(44), room / float(n));
  ImFont* const font = pitch > theme.px(26) ? theme.body : theme.small;
  std::vector<int> order(static_cast<std::size_t>(all));
  std::iota(order.begin(), order.end(), 0);
  if (n < all)  // the likeliest, in their usual order
    std::ranges::stable_sort(order, [&](int a, int b) { return scene.weights[a] > scene.weights[b]; });
  std::sort(order.begin(), order.begin() + n);
  const float bar = std::min(theme.px(110), rect.width() * 0.22f), number_width = theme.px(46);
  for (int row = 0; row < n; ++row) {
    const int m = order[std::size_t(row)];
    const double weight = scene.weights[m];
    const float y = rect.min.y + top + pitch * float(row), middle = y + pitch / 2,
                thick = std::clamp(pitch / 6, theme.px(2), theme.px(6));
    const std::string share = percent(weight);
    const float text_y = middle - font->FontSize / 2;
    draw_text(font, {rect.min.x + number_width - theme.px(8) - text_width(font, share), text_y},
              weight > 0.005 ? theme.text : theme.dim, share);
    const float left = rect.min.x + number_width;
    draw_share(theme, {{left, middle - thick}, {left + bar, middle + thick}}, weight);
    const std::string name = scene.set->names[std::size_t(m)] + (m == 0 ? "  (yours)" : "");
    const float text_left = left + bar + theme.px(12);
    draw_text_cut(font, {text_left, text_y}, mixed(theme.dim, theme.text, float(weight)), name, rect.max.x - text_left);
  }
  mark_subject(ui, "members", {rect.min, {rect.max.x, rect.min.y + top + pitch * float(n)}});
}

void DiscreteView::renew_textures(const Ui& ui, const DiscreteScene& scene) {
  const int classes = scene.set->classes, side = scene.set->columns;
  const auto paint = [](ByteImage& image, std::size_t i, ImU32 colour) {
    for (int c = 0; c < 3; ++c) image.data[3 * i + std::size_t(c)] = std::uint8_t(colour >> (8 * c));
  };
  const auto grey = [classes](double level) {
    const int byte = int(std::lround((level_value(0, classes) + 1 + 2 * level / (classes - 1)) * 127.5));
    return IM_COL32(byte, byte, byte, 255);
  };
  const Shape shape{side, scene.set->rows, 3};
  if (shown_set_ != scene.set.get()) {
    members_.clear();
    for (const Tokens& member : scene.set->members) {
      ByteImage image(shape);
      for (std::size_t i = 0; i < member.size(); ++i) paint(image, i, grey(member[i]));
      members_.emplace_back(image);
    }
  }
  const ImU32 mask = mixed(ui.theme.ground, ui.theme.lane[1], 0.45f);
  if (version_ == scene.version && mask == mask_ && shown_set_ == scene.set.get()) return;
  version_ = scene.version, mask_ = mask, shown_set_ = scene.set.get();
  ByteImage x(shape), guess(shape);
  const Eigen::VectorXd levels = Eigen::VectorXd::LinSpaced(classes, 0, classes - 1);
  for (std::size_t i = 0; i < scene.x.size(); ++i) {
    paint(x, i, scene.x[i] == scene.transition.mask() ? mask : grey(scene.x[i]));
    paint(guess, i, grey(levels.dot(scene.guess.col(Eigen::Index(i)))));
  }
  x_ = render::Texture(x, {.mipmaps = false});
  guess_ = render::Texture(guess, {.mipmaps = false});
}

void DiscreteView::draw_pictures(Ui& ui, const Rect& rect, const DiscreteScene& scene) {
  renew_textures(ui, scene);
  const Theme& theme = ui.theme;
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const float gap = theme.px(16), shelf = std::clamp(rect.height() * 0.3f, theme.px(150), theme.px(260));
  const float caption = theme.strong->FontSize + theme.px(6);
  const float side = std::floor(std::min((rect.width() - gap) / 2, rect.height() - shelf - caption));
  const Rect x_rect{{rect.min.x, rect.min.y + caption}, {rect.min.x + side, rect.min.y + caption + side}};
  draw_caption(theme, {rect.min, {x_rect.max.x, rect.min.y}}, "xₜ",
               scene.transition.has_mask() ? "masked pixels in blue" : "");
  const Rect shown = draw_fitted(theme, x_.id(), picture_pixels, picture_pixels, x_rect);
  const float left = shown.max.x + gap;
  draw_caption(theme, {{left, rect.min.y}, {left + side, rect.min.y}}, "Estimate", "mean grey of p(x₀ | xₜ)", "exact");
  const Rect guess = draw_fitted(theme, guess_.id(), picture_pixels, picture_pixels,
                                 {{left, x_rect.min.y}, {left + side, x_rect.max.y}});
  mark_subject(ui, "guess", guess);

  ImGui::SetCursorScreenPos(shown.min);
  hit_area("tiles", {shown.width(), shown.height()});
  const FocusKeys keys = focus_stop(Takes::plane);
  const int pixels = picture_pixels * picture_pixels;
  if (keys.steps() != 0)
    set_setting(ui, "pixel", std::clamp(scene.token + keys.across - picture_pixels * keys.up, 0, pixels - 1));
  const float pixel = shown.width() / picture_pixels;
  if (ImGui::IsItemActive()) {
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    const int column = std::clamp(int((mouse.x - shown.min.x) / pixel), 0, picture_pixels - 1);
    const int row = std::clamp(int((mouse.y - shown.min.y) / pixel), 0, picture_pixels - 1);
    set_setting(ui, "pixel", row * picture_pixels + column);
  }
  mark_subject(ui, "tiles", shown);
  const ImVec2 at{shown.min.x + pixel * float(scene.token % picture_pixels),
                  shown.min.y + pixel * float(scene.token / picture_pixels)};
  draw.AddRect({at.x - 2, at.y - 2}, {at.x + pixel + 2, at.y + pixel + 2}, theme.ground, 0, 0, theme.px(3));
  draw.AddRect({at.x - 2, at.y - 2}, {at.x + pixel + 2, at.y + pixel + 2}, theme.lane[0], 0, 0, theme.px(1.6f));

  const Rect row{{rect.min.x, shown.max.y + theme.px(14)}, rect.max};
  const float top = draw_caption(theme, row, "Which picture was it?",
                                 "p(picture | xₜ), Bayes' rule over these " + std::to_string(members_.size()), "exact");
  const int n = int(members_.size());
  const float foot = theme.px(24), spare = theme.px(5);
  int across = (n + 1) / 2, lines = 2;
  const auto pitch_in = [&](int count) {
    return std::min(row.width() / float((n + count - 1) / count), (row.height() - top) / float(count) - foot + spare);
  };
  for (int more = 3; more <= 4; ++more)  // as many rows as make them largest
    if (pitch_in(more) > pitch_in(lines)) lines = more, across = (n + more - 1) / more;
  const float pitch = pitch_in(lines), thumb = pitch - spare;
  for (int m = 0; m < n; ++m) {
    const double weight = scene.weights[m];
    const ImVec2 min{row.min.x + pitch * float(m % across), row.min.y + top + (thumb + foot) * float(m / across)};
    const ImVec2 max{min.x + thumb, min.y + thumb};
    draw.AddImage(ImTextureID(std::intptr_t(members_[std::size_t(m)].id())), min, max, {0, 0}, {1, 1},
                  IM_COL32(255, 255, 255, int(70 + 185 * std::sqrt(weight))));
    const float y = max.y + theme.px(5), thick = theme.px(2);
    draw_share(theme, {{min.x, y - thick}, {max.x, y + thick}}, weight);
    const std::string share = percent(weight);
    if (weight >= 0.005)
      draw_text(theme.small, {min.x + std::max(0.f, (thumb - text_width(theme.small, share)) / 2), y + theme.px(3)},
                theme.text, share);
  }
  mark_subject(ui, "members",
               {row.min, {row.min.x + pitch * float(across), row.min.y + top + float(lines) * (thumb + foot)}});
}

}  // namespace noiseglass::app
