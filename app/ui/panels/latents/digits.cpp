#include "ui/panels/latents/view.h"
#include "ui/panels/shared/controls.h"
#include "ui/panels/shared/figures.h"
#include "ui/widgets/hit_area.h"
#include "ui/widgets/layout.h"
#include "ui/widgets/lines.h"

#include "noiseglass/noise.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

namespace noiseglass::app {
namespace {

constexpr int side = DigitSet::side, pixels = side * side;

render::Texture picture_of(const Eigen::VectorXd& x) {
  Image image(Shape{side, side, 1});
  for (int i = 0; i < pixels; ++i) image.data[std::size_t(i)] = float(x[i]);
  return render::Texture(to_bytes(image), {.mipmaps = false});
}

Eigen::VectorXd normals(NoiseKey key, int count) {
  std::vector<float> z(std::size_t(count), 0.f);
  fill_gaussian(key, 0, z);
  return Eigen::Map<const Eigen::VectorXf>(z.data(), count).cast<double>();
}

/// The numbers themselves, one cell each: dark −2, light +2.
void draw_numbers(const Theme& theme, const Rect& rect, const Eigen::VectorXd& values, int columns) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const float cell = rect.width() / float(columns), gap = std::max(1.f, std::floor(cell * 0.14f));
  for (int i = 0; i < int(values.size()); ++i) {
    const ImVec2 min{rect.min.x + cell * float(i % columns), rect.min.y + cell * float(i / columns)};
    const float share = float(std::clamp((values[i] + 2) / 4, 0.0, 1.0));
    draw.AddRectFilled(min, {min.x + cell - gap, min.y + cell - gap},
                       mixed(mixed(theme.ground, theme.lane[1], 0.25f), theme.lane[1], share));
  }
}

}  // namespace

LatentModel make_latent_model() {
  const DigitSet set = read_digit_set();
  LatentModel model;
  std::vector<int> others;
  for (int i = 0; i < int(set.labels.size()); ++i) {
    Eigen::VectorXd& shown = model.shown[std::size_t(set.labels[std::size_t(i)])];
    if (shown.size() == 0)
      shown = set.pixels.row(i);
    else
      others.push_back(i);
  }
  model.fitted_to = int(others.size());
  model.pca = Pca::fit(set.pixels(others, Eigen::all));
  return model;
}

void DigitsView::renew(const Ui& ui, const LatentModel& model) {
  const Schedule& schedule = *ui.session.lane(0).schedule;
  const int t = std::clamp(int(std::lround(ui.next.position)), 0, schedule.steps()), digit = setting_index(ui, "digit");
  const std::uint64_t seed = ui.session.state().seed;
  k_ = std::min(setting_index(ui, "k"), model.pca.available());
  alpha_bar_ = schedule.alpha_bar(t);
  const Key key(digit, k_, t, ui.session.lane(0).schedule_key, seed);
  if (key == key_) return;
  key_ = key;
  explained_ = model.pca.explained(k_);
  const double signal = std::sqrt(alpha_bar_), sigma = schedule.sigma(t);
  const Eigen::VectorXd& x_0 = model.shown[std::size_t(digit)];
  const NoiseKey noise{seed, streams::forward};
  x_t_ = signal * x_0 + sigma * normals(noise, pixels);
  z_0_ = model.pca.encode(x_0, k_);
  z_t_ = signal * z_0_ + sigma * normals(noise, k_);
  clean_ = picture_of(x_0);
  noisy_ = picture_of(x_t_);
  decoded_ = picture_of(model.pca.decode(z_0_));
  decoded_noisy_ = picture_of(model.pca.decode(z_t_));
  for (int n = 0; n < int(samples_.size()); ++n)
    samples_[std::size_t(n)] = picture_of(model.pca.decode(normals({seed, streams::latent_sample(n)}, k_)));
}

void DigitsView::draw(Ui& ui, const Rect& rect, const LatentModel& model) {
  renew(ui, model);
  const Theme& theme = ui.theme;
  const float gap = theme.px(14);
  const auto wanted = [&](const char* name) { return ui.marks.highlighted.contains(std::string("latents.") + name); };
  const bool below = wanted("coefficients") || wanted("explained") || wanted("samples");
  // Two halves are of use while their pictures can be told apart above all the numbers of a step.
  const float high = theme.px(134) + (rect.width() - gap) / 8;
  // More than two pictures as wide as they go, above all the numbers, would be an empty lower third.
  const float inner = (rect.width() - gap) / 2 - theme.px(28);
  const float filled = std::max(high, (inner - theme.px(12)) / 2 + inner / 4 + theme.px(84));
  const std::array<Part, 2> parts{
      {{below ? theme.px(170) : high, 0.73f, below ? 0 : 1, filled}, {theme.px(120), 0.27f, below ? 1 : 0}}};
  const auto places = rows(rect, gap, parts);
  const std::array<Part, 3> thirds{};
  if (places[0]) {
    const auto half = columns(*places[0], gap, std::span(thirds).first(2));
    if (half[0]) draw_half(ui, *half[0], model, false);
    if (half[1]) draw_half(ui, *half[1], model, true);
  }
  if (!places[1]) return;
  const auto third = columns(*places[1], gap, thirds);
  if (third[0]) draw_coefficients(ui, *third[0]);
  if (third[1]) draw_explained(ui, *third[1], model);
  if (third[2]) draw_samples(ui, *third[2]);
}

/// One space: its clean picture, the same with noise, and all the numbers that a step there has to handle.
void DigitsView::draw_half(Ui& ui, const Rect& rect, const LatentModel&, bool latent) {
  const Theme& theme = ui.theme;
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  draw.AddRectFilled(rect.min, rect.max, theme.surface, theme.px(10));
  const float pad = theme.px(window_is_short(theme) ? 8 : 14), gap = theme.px(12);
  const Rect inner{{rect.min.x + pad, rect.min.y + pad}, {rect.max.x - pad, rect.max.y - pad}};
  const std::string share = std::to_string(int(std::lround(100 * explained_)));
  float y = inner.min.y + draw_caption(theme, inner, latent ? "Noise in the coefficients" : "Noise in the pixels",
                                       latent ? "k = " + std::to_string(k_) + ": " + share + " % of the variance" : "",
                                       "exact");
  constexpr int columns = 56, rows = pixels / columns;
  const float line = theme.small->FontSize + theme.px(5);
  // All the numbers below the two pictures, or beside them where the card is flat: whichever leaves more to see.
  const auto area = [&](float size, float block_width) {
    return 2 * size * size + block_width * block_width * float(rows) / float(columns);
  };
  const float high = inner.max.y - y, across = inner.width();  // what the pictures are stands on them
  // How many numbers there are is said above them, or beside pictures that leave room there.
  const float block = across * rows / columns, lower = std::min((across - gap) / 2, high - block - theme.px(10));
  const bool said_beside = across - 2 * (lower + gap) > theme.px(120);
  const float over = std::floor(said_beside ? lower : std::min((across - gap) / 2, high - block - line - theme.px(12)));
  const float beside = std::floor(std::min(high, across * 0.27f));
  const float beside_width = across - 2 * (beside + gap);
  const bool is_flat = over < theme.px(56) || area(beside, beside_width) > area(over, across);
  const float size = is_flat ? beside : over;
  const struct {
    const render::Texture& texture;
    std::string words;
    const char* name;
  } pictures[] = {{latent ? decoded_ : clean_, latent ? "z₀ decoded" : "x₀", latent ? "decoded" : "clean"},
                  {latent ? decoded_noisy_ : noisy_, latent ? "zₜ decoded" : "xₜ", latent ? "decoded_noisy" : "noisy"}};
  const float step = std::min(size + gap, inner.width() - size);
  for (int i = 0; i < 2; ++i) {
    const float x = inner.min.x + float(i) * step;
    const Rect place = draw_fitted(theme, pictures[i].texture.id(), side, side, {{x, y}, {x + size, y + size}});
    mark_subject(ui, pictures[i].name, place);
    draw_plate(theme, {x + theme.px(6), place.max.y - theme.px(22)}, theme.text, pictures[i].words);
  }
  const float left = is_flat ? inner.max.x - beside_width : inner.min.x;
  if (!is_flat) y += size + theme.px(10);
  const int count = latent ? k_ : pixels;
  const std::string number_of = std::to_string(count) + (count == 1 ? " number per step" : " numbers per step");
  const std::string fewer = latent ? number(double(pixels) / k_, 3) + " times fewer" : "";
  if (!is_flat && said_beside) {
    const float x = inner.min.x + 2 * (size + gap), top = y - theme.px(10) - size;
    draw_text_wrapped(theme.strong, {x, top}, theme.text, number_of, inner.max.x - x);
    const float words = wrapped_height(theme.strong, number_of, inner.max.x - x);
    draw_text_wrapped(theme.small, {x, top + words + theme.px(4)}, theme.dim, fewer, inner.max.x - x);
  } else {
    const float name = draw_text_fitting(theme.strong, {left, y}, theme.text, number_of, inner.max.x - left);
    const float rest = left + name + theme.px(8);
    if (text_width(theme.small, fewer) < inner.max.x - rest)
      draw_text(theme.small, {rest, y + theme.px(1.5f)}, theme.dim, fewer);
    y += line + theme.px(2);
  }
  const float heading = said_beside && !is_flat ? 0 : line + theme.px(2);
  const Rect numbers{{left, y}, {inner.max.x, y + (inner.max.x - left) * rows / columns}};
  draw_numbers(theme, numbers, latent ? z_t_ : x_t_, columns);
  mark_plot(ui, latent ? "latent_numbers" : "pixel_numbers", numbers, {{left, y - heading}, numbers.max});
}

/// Every coefficient as a bar from 0, with a dash where it stood before the noise.
void DigitsView::draw_coefficients(Ui& ui, const Rect& rect) {
  const Theme& theme = ui.theme;
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const float top = draw_caption(theme, rect, "Coefficients zₜ", "dash: z₀; shaded: ±1", "exact");
  const Rect area{{rect.min.x, rect.min.y + top}, rect.max};
  const float middle = (area.min.y + area.max.y) / 2, unit = area.height() / 6.4f, pitch = area.width() / float(k_);
  draw.AddRectFilled({area.min.x, middle - unit}, {area.max.x, middle + unit}, faded(theme.raised, 0.5f));  // ±1
  draw.AddLine({area.min.x, middle}, {area.max.x, middle}, line_colour(theme));
  const auto height = [&](double z) { return middle - unit * float(std::clamp(z, -3.2, 3.2)); };
  for (int j = 0; j < k_; ++j) {
    const float left = area.min.x + pitch * float(j), width = std::max(1.f, pitch * 0.7f);
    const float y = height(z_t_[j]);
    draw.AddRectFilled({left, std::min(y, middle)}, {left + width, std::max(y, middle)}, theme.lane[1]);
    const float before = height(z_0_[j]);
    draw.AddRectFilled({left, before - theme.px(1)}, {left + width, before + theme.px(1)}, theme.x_0);
  }
  exports::Plot paper{"Coefficients",           "component", "coefficient", 0, double(k_), -3.2, 3.2, false, {},
                      {-3, -2, -1, 0, 1, 2, 3}, {}};
  for (int i = 0; i <= 4; ++i) paper.x_ticks.push_back(std::round(double(k_) * i / 4));
  for (const auto& [label, z] : {std::pair("z₀", &z_0_), std::pair("zₜ", &z_t_)}) {
    exports::Curve curve{label, {}, {}, std::nan(""), std::nan("")};
    for (int j = 0; j < k_; ++j) curve.x.push_back(j + 1), curve.y.push_back(double((*z)[j]));
    paper.curves.push_back(std::move(curve));
  }
  mark_subject(ui, "coefficients", rect, std::move(paper));
}

/// Share of the digits' variance over k; dragging it sets k.
void DigitsView::draw_explained(Ui& ui, const Rect& rect, const LatentModel& model) {
  const Theme& theme = ui.theme;
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const float top =
      draw_caption(theme, rect, "Variance kept", "over k, of " + std::to_string(model.fitted_to) + " digits", "exact");
  const Rect area{{rect.min.x, rect.min.y + top}, {rect.max.x, rect.max.y - theme.px(18)}};
  const int most = std::min(200, model.pca.available());
  const auto x = [&](double k) { return area.min.x + float(k / most) * area.width(); };
  const auto y = [&](double share) { return area.max.y - float(share) * area.height(); };
  for (const double share : {0.0, 0.5, 1.0}) draw.AddLine({area.min.x, y(share)}, {area.max.x, y(share)}, theme.border);
  std::vector<ImVec2> points;
  for (int k = 0; k <= most; ++k) points.push_back({x(k), y(model.pca.explained(k))});
  draw.AddPolyline(points.data(), int(points.size()), theme.lane[1], 0, theme.px(2));
  const ImVec2 at{x(k_), y(explained_)};
  draw.AddLine({at.x, area.min.y}, {at.x, area.max.y}, faded(theme.text, 0.4f));
  draw.AddCircleFilled(at, theme.px(5), theme.text);
  const std::string text = "k = " + std::to_string(k_) + ": " + fixed(100 * explained_, 1) + " %";
  const float width = text_width(theme.small, text);
  const float left = at.x + theme.px(10) + width > area.max.x ? at.x - theme.px(10) - width : at.x + theme.px(10);
  draw_text(theme.small, {left, std::min(at.y + theme.px(8), area.max.y - theme.small->FontSize)}, theme.text, text);
  for (const int k : {0, 100, most}) {
    const std::string label = std::to_string(k);
    draw_text(theme.small, {std::min(x(k), area.max.x - text_width(theme.small, label)), area.max.y + theme.px(3)},
              theme.dim, label);
  }
  ImGui::SetCursorScreenPos(area.min);
  hit_area("explained", {area.width(), area.height()});
  if (ImGui::IsItemActive()) set_setting(ui, "k", double(ImGui::GetIO().MousePos.x - area.min.x) / area.width() * most);
  exports::Plot paper{"Variance kept",
                      "numbers kept, k",
                      "share of the digits' variance",
                      0,
                      double(most),
                      0,
                      1,
                      false,
                      {0, 50, 100, 150, double(most)},
                      {0, 0.25, 0.5, 0.75, 1},
                      {}};
  exports::Curve curve{"principal components", {}, {}, double(k_), explained_};
  for (int k = 0; k <= most; ++k) curve.x.push_back(k), curve.y.push_back(model.pca.explained(k));
  paper.curves.push_back(std::move(curve));
  mark_subject(ui, "explained", rect, std::move(paper));
}

/// What the decoder makes of pure noise.
void DigitsView::draw_samples(Ui& ui, const Rect& rect) {
  const Theme& theme = ui.theme;
  const float top = draw_caption(theme, rect, "N(0, I), decoded", "what pure noise decodes to", "exact");
  const int columns = 4, rows = int(samples_.size()) / columns;
  const float gap = theme.px(6), room = rect.max.y - rect.min.y - top - 2;  // for their frames
  const float size = std::floor(
      std::min((rect.width() - gap * (columns - 1)) / columns, (room - gap * float(rows - 1)) / float(rows)));
  for (int n = 0; n < int(samples_.size()); ++n) {
    const ImVec2 min{rect.min.x + float(n % columns) * (size + gap),
                     rect.min.y + top + float(n / columns) * (size + gap)};
    draw_fitted(theme, samples_[std::size_t(n)].id(), side, side, {min, {min.x + size, min.y + size}});
  }
  mark_subject(ui, "samples", rect);
}

std::map<std::string, double> DigitsView::facts() const {
  return {{"k", double(k_)}, {"explained", explained_}, {"alpha_bar", alpha_bar_}};
}

}  // namespace noiseglass::app
