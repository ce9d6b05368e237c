#include "ui/panels/noise/parts.h"
#include "ui/window/zoom.h"

#include "noiseglass/sampler.h"

#include <algorithm>
#include <cmath>

namespace noiseglass::app {
namespace {

/// The step that is shown: from t to s, its weights, and whether x̂₀ is cut off.
struct Step {
  bool ddpm = true;
  int t = 0, s = 0, index = 0;
  StepParts parts;
  bool clip = false;
};

Step step_of(const Ui& ui, const Guess& guess) {
  const AppState& state = ui.session.state();
  const LaneState& lane = state.lanes[guess.lane];
  const int T = state.steps, moves = std::min(setting_index(ui, "moves"), T);
  Step step;
  step.ddpm = setting_index(ui, "sampler") == 0;
  step.t = guess.preview->t;
  step.s = std::max(0, step.t - std::max(1, int(std::lround(double(T) / moves))));
  step.index = int(std::lround(double(T - step.t) * moves / T));
  const char* id = step.ddpm ? "ddpm" : "ddim";
  const auto& record = find_record("sampler", sampler_records(), id);
  const Values values = resolve_values(record, lane.sampler == id ? lane.sampler_values : Values());
  step.parts = step.ddpm ? ddpm_step_parts(*guess.view->schedule, step.t, step.s, values.at("variance_large") != 0)
                         : ddim_step_parts(*guess.view->schedule, step.t, step.s, values.at("eta"));
  step.clip = lane.clip == LaneState::Clip::as_usual ? clips_as_usual(record, lane.class_index < 0 ? 1 : lane.guidance)
                                                     : lane.clip == LaneState::Clip::on;
  return step;
}

Image mixed(const Image& a, double weight_a, const Image& b, double weight_b) {
  Image out = a;
  for (std::size_t i = 0; i < out.data.size(); ++i)
    out.data[i] = float(weight_a) * a.data[i] + float(weight_b) * b.data[i];
  return out;
}

/// The pictures of the step at a tile's size.
struct StepPictures {
  Image x_t, epsilon, x_0, mean, z, x_s;

  StepPictures(const Guess& guess, const Step& step, std::uint64_t seed, const ViewRect& view) {
    const double signal = std::sqrt(guess.view->schedule->alpha_bar(step.t)),
                 sigma = guess.view->schedule->sigma(step.t);
    x_0 = sample_clean(guess.preview->x_0, view);
    epsilon = sample_noise(guess.preview->epsilon, view);
    x_t = mixed(x_0, signal, epsilon, sigma);
    if (step.clip)
      for (float& value : x_0.data) value = std::clamp(value, -1.f, 1.f);
    mean = step.ddpm ? mixed(x_0, step.parts.x_0, x_t, step.parts.x_t)
                     : mixed(x_0, step.parts.x_0, epsilon, step.parts.epsilon);
    z = sample_noise(NoiseKey{seed, streams::sampler(step.index)}, guess.preview->x_0.shape, view);
    x_s = mixed(mean, 1, z, step.parts.sigma);
  }
};

struct Part {
  PictureTile tile;
  std::string line;  ///< in numbers, below the tile
  const char* name;  ///< of the mark
  Image StepPictures::*picture;
  bool noise;  ///< shown around mid-grey, −3 … +3
  int stage;   ///< from which stage on it is seen
};

std::array<Part, 6> parts_of(const Ui& ui, const Guess& guess, const Step& step) {
  const Theme& theme = ui.theme;
  const StepParts& p = step.parts;
  const std::string mean = step.ddpm ? step.s == 0 ? "μ = x̂₀: this is the last step"
                                                   : "μ = " + fixed(p.x_0, 3) + "·x̂₀ + " + fixed(p.x_t, 3) + "·xₜ"
                                     : "μ = " + fixed(p.x_0, 3) + "·x̂₀ + " + fixed(p.epsilon, 3) + "·ε̂";
  const bool adds = p.sigma > 1e-9;
  const std::string now = "t = " + std::to_string(step.t), then = "s = " + std::to_string(step.s);
  return {{
      {{.symbol = "xₜ", .symbol_colour = theme.x_t, .caption = "where we are", .tag = now},
       "the noisy picture",
       "step_x_t",
       &StepPictures::x_t,
       false,
       0},
      {{.symbol = "ε̂", .symbol_colour = theme.epsilon, .caption = "predict the noise", .tag = guess.tag, .number = 1},
       "all that the network predicts",
       "step_epsilon",
       &StepPictures::epsilon,
       true,
       1},
      {{.symbol = "x̂₀",
        .symbol_colour = theme.x_0_hat,
        .caption = "estimate the picture",
        .tag = guess.tag,
        .number = 2},
       subtraction_in_numbers(*guess.view->schedule, step.t) + (step.clip ? ", within ±1" : ""),
       "step_x_0",
       &StepPictures::x_0,
       false,
       2},
      {{.symbol = "μ",
        .caption = step.ddpm ? "mean of q(xₛ | xₜ, x̂₀)" : "re-mixed with less noise",
        .tag = "from x̂₀",
        .number = 3},
       mean,
       "step_mean",
       &StepPictures::mean,
       false,
       3},
      {{.symbol = "z",
        .symbol_colour = theme.epsilon,
        .caption = adds ? "add fresh noise" : "add nothing",
        .tag = adds ? "random" : "",
        .number = 4},
       adds          ? "σ = " + fixed(p.sigma, 3)
       : step.s == 0 ? "σ = 0: the last step adds none"
                     : "σ = 0: η is 0",
       "step_noise",
       &StepPictures::z,
       true,
       4},
      {{.symbol = "xₛ", .symbol_colour = theme.x_t, .caption = "where we are next", .tag = then},
       adds ? "xₛ = μ + " + fixed(p.sigma, 3) + "·z" : "xₛ = μ",
       "step_x_s",
       &StepPictures::x_s,
       false,
       4},
  }};
}

/// What leads to a tile from the one before it.
void draw_sign(const Theme& theme, const char* sign, const Rect& place, float gap) {
  draw_text(theme.title,
            {place.min.x - (gap + text_width(theme.title, sign)) / 2,
             (place.min.y + place.max.y - theme.title->FontSize) / 2},
            theme.dim, sign);
}

void draw_outline(const Theme& theme, const Rect& rect, ImU32 colour, float width) {
  ImGui::GetWindowDrawList()->AddRect(rect.min, rect.max, colour, theme.px(4), 0, theme.px(width));
}

}  // namespace

void StepTiles::draw(Ui& ui, const Rect& rect, const Guess& guess) {
  const Theme& theme = ui.theme;
  if (!guess.preview) {
    draw_text_wrapped(theme.body, {rect.min.x, rect.min.y + theme.px(12)}, theme.dim,
                      guess.t() == 0 ? "At t = 0 there is no step left to take: drag t to the right." : guess.waiting,
                      rect.width());
    return;
  }
  const Step step = step_of(ui, guess);
  const int stage = setting_index(ui, "stage");
  const float gap = theme.px(20), caption = theme.px(tile_caption), line = theme.px(26);
  const float width = (rect.width() - 2 * gap) / 3, height = (rect.height() - gap) / 2 - caption - line;
  const Rect cell = tile_in({{0, 0}, {width, height}}, guess.aspect);
  const ViewRect view = zoomed_view(ui.next, cell);
  const float spread = std::max(gap, std::min((rect.width() - 3 * cell.width()) / 2, theme.px(72)));
  const float column = cell.width() + spread;
  std::unique_ptr<StepPictures> pictures;  // made only when a texture has to be
  const Key key(guess.key(view), ui.next.seed, step.s, step.index, step.ddpm, step.clip, step.parts.sigma);
  const std::array<Part, 6> parts = parts_of(ui, guess, step);
  static constexpr const char* signs[] = {"", "→", "→", "", "+", "="};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const Part& part = parts[i];
    const ImVec2 at{rect.min.x + float(i % 3) * column,
                    rect.min.y + caption + float(i / 3) * (cell.height() + caption + line + gap)};
    const Rect place = tile_in({at, {at.x + cell.width(), at.y + cell.height()}}, guess.aspect);
    const bool seen = stage >= part.stage, empty_noise = part.noise && part.stage == 4 && step.parts.sigma <= 1e-9;
    PictureTile tile = part.tile;
    tile.dimmed = guess.stale();
    if (!guess.about.empty() && part.stage == 1) tile.caption = guess.about;
    if (seen && !empty_noise)
      tile.texture = slots_.show(part.name, key, [&] {
        if (!pictures) pictures = std::make_unique<StepPictures>(guess, step, ui.next.seed, view);
        const Image& picture = (*pictures).*part.picture;
        return part.noise ? noise_as_picture(picture) : picture;
      });
    if (!seen) tile.caption.clear(), tile.tag.clear();
    std::optional<unsigned> original;  // noise has none
    if (!part.noise) original = original_of(ui, slots_, guess, view);
    draw_zoomed_tile(ui, part.name, place, tile, original);
    if (seen)
      draw_text_fitting(theme.small, {place.min.x, place.max.y + theme.px(6)}, theme.text, part.line,
                        column - theme.px(8));
    if (seen && i % 3 > 0) draw_sign(theme, signs[i], place, spread);
    if (stage == part.stage && stage > 0) draw_outline(theme, place, theme.accent, 2);
  }
}

}  // namespace noiseglass::app
