#include "ui/panels/noise/parts.h"
#include "ui/widgets/hit_area.h"
#include "ui/widgets/layout.h"
#include "ui/window/lanes/wipe.h"
#include "ui/window/zoom.h"

#include <algorithm>
#include <cmath>

namespace noiseglass::app {

bool same_proportions(Shape a, Shape b) {
  return a.channels == b.channels && std::abs(double(a.width) / a.height - double(b.width) / b.height) < 0.05;
}

Guess guess_of(const Ui& ui, int lane) {
  Guess guess;
  guess.lane = lane;
  guess.view = &ui.session.lane(lane);
  const Preview* preview = guess.view->preview.get();
  guess.waiting = guess.view->t == 0 ? "At t = 0 there is no noise to predict." : "computing…";
  const std::string& problem = guess.view->preview_problem;
  if (!problem.empty()) guess.waiting = problem;
  const auto usable = [&] {  // not left over from another picture, or from a longer schedule
    const bool same = preview && (guess.view->preview_current || preview->x_0.shape == guess.view->x_0->shape ||
                                  (preview->quick && same_proportions(preview->x_0.shape, guess.view->x_0->shape)));
    return same && problem.empty() && preview->t > 0 && preview->t <= guess.view->schedule->steps() &&
           guess.view->t > 0;
  };
  guess.preview = usable() ? preview : nullptr;
  if (guess.preview) guess.about = about_guess_of(*guess.view);
  guess.tag = to_string(find_record("denoiser", denoiser_records(), ui.session.state().lanes[lane].denoiser).honesty);
  guess.aspect = float(guess.view->x_0->shape.width) / float(guess.view->x_0->shape.height);
  return guess;
}

Key Guess::key(const ViewRect& shown) const {
  return Key(preview ? preview->id : 0, preview && preview->quick, lane, view->fit_key, key_of(shown));
}

void draw_zoomed_tile(Ui& ui, const char* id, const Rect& place, const PictureTile& tile,
                      std::optional<unsigned> original) {
  draw_picture_tile(ui.theme, place, tile);
  const bool compares = original && tile.texture;
  const bool held = compares && drag_wipe(ui, ui.next.panel + "." + id, place);
  ImGui::SetCursorScreenPos(place.min);
  hit_area(id, {place.width(), place.height()});
  zoom_by_keys(ui, focus_stop(Takes::plane));
  zoom_and_pan(ui, place);
  if (compares) draw_wipe(ui, place, *original, held);
  mark_subject(ui, id, place);
}

unsigned original_of(const Ui& ui, TextureSlots& slots, const Guess& guess, const ViewRect& view) {
  if (ui.graphics.wipe <= 0) return 0;
  return slots.show("original", Key(guess.view->fit_key, key_of(view)),
                    [&] { return sample_clean(*guess.view->x_0, view); });
}

std::string subtraction_in_numbers(const Schedule& schedule, int t) {
  const double signal = std::sqrt(schedule.alpha_bar(t));
  return "x̂₀ = (xₜ − " + fixed(schedule.sigma(t), 3) + "·ε̂) / " + (signal < 0.1 ? number(signal, 2) : fixed(signal, 3));
}

void GuessTiles::compare(const Session& session, const Guess& guess) {
  if (!guess.preview || guess.preview->id == compared_ || guess.preview->quick) return;
  const Shape shape = guess.preview->epsilon.shape;
  const std::uint64_t seed = session.state().seed;
  const Key key(seed, guess.view->fit_key);
  if (key != true_key_ || true_epsilon_.shape != shape) {
    true_epsilon_ = gaussian_image({seed, streams::forward}, shape);
    true_key_ = key;
  }
  if (guess.stale()) return;
  rms_ = std::sqrt(mean_squared_error(guess.preview->epsilon, true_epsilon_));
  compared_ = guess.preview->id;
}

/// xₜ on its way to x̂₀, mixed on the card: see alpha_bar_after_subtracting.
unsigned GuessTiles::morph(Ui& ui, const Guess& guess, const ViewRect& view, double share) {
  const bool from_truth = share <= 0 || !guess.preview;  // xₜ itself needs no guess, and is there at once
  const NoiseKey truth{ui.session.state().seed, streams::forward};
  const Key key =
      from_truth ? Key("true", guess.view->fit_key, truth.seed, key_of(view)) : Key("guess", guess.key(view));
  const int t = from_truth ? guess.t() : guess.preview->t;
  const double alpha_bar = alpha_bar_after_subtracting(guess.view->schedule->alpha_bar(t), from_truth ? 0 : share);
  if (key != mixed_key_) {
    const Image& x_0 = from_truth ? *guess.view->x_0 : guess.preview->x_0;
    const Image epsilon =
        from_truth ? sample_noise(truth, x_0.shape, view) : sample_noise(guess.preview->epsilon, view);
    clean_ = render::Texture(sample_clean(x_0, view), {.mipmaps = false});
    noise_ = render::Texture(epsilon, {.mipmaps = false});
  }
  if (key != mixed_key_ || alpha_bar != mixed_alpha_bar_) ui.graphics.mixer.mix(mixed_, clean_, noise_, alpha_bar);
  mixed_key_ = key, mixed_alpha_bar_ = alpha_bar;
  return mixed_.texture_id();
}

PictureTile GuessTiles::first_tile(Ui& ui, const Guess& guess, const ViewRect& view, double share) {
  const Theme& theme = ui.theme;
  const bool some = share > 0 && guess.preview, all = share >= 1 && guess.preview;
  PictureTile tile{.symbol = all ? "x̂₀" : "xₜ", .symbol_colour = all ? theme.x_0_hat : theme.x_t};
  tile.caption = all ? "estimated picture" : some ? fixed(100 * share, 0) + " % of ε̂ removed" : "noisy picture";
  tile.tag = some ? guess.tag : "exact";
  tile.texture = morph(ui, guess, view, share);
  tile.dimmed = some && guess.stale();
  if (some && !guess.about.empty()) tile.caption = guess.about;
  return tile;
}

float GuessTiles::gain() const {
  float gain = 1;
  while (gain < 8 && 2 * double(gain) * rms_ < 1) gain *= 2;
  return gain;
}

std::array<PictureTile, 3> GuessTiles::noise_tiles(const Ui& ui, const Guess& guess, const ViewRect& view) {
  const Preview* preview = guess.preview;
  const NoiseKey key{ui.session.state().seed, streams::forward};
  const Shape shape = guess.view->x_0->shape;
  const auto truth = [&] { return sample_noise(key, shape, view); };
  const auto difference = [&] {
    Image image = sample_noise(preview->epsilon, view);
    const Image real = truth();
    for (std::size_t i = 0; i < image.data.size(); ++i) image.data[i] = gain() * (image.data[i] - real.data[i]);
    return image;
  };
  const auto show = [&](const char* slot, const Key& what, const auto& make) {
    return slots_.show(slot, what, [&] { return noise_as_picture(make()); });
  };
  const ImU32 colour = ui.theme.epsilon;
  PictureTile guessed{.symbol = "ε̂", .symbol_colour = colour, .caption = "predicted noise", .tag = guess.tag};
  PictureTile real{.symbol = "ε", .symbol_colour = colour, .caption = "true noise: we made it", .tag = "exact"};
  PictureTile wrong{.symbol = "ε̂ − ε", .symbol_colour = colour, .caption = "the error"};
  real.texture = show("true", Key(guess.view->fit_key, key.seed, key_of(view)), truth);
  guessed.empty = wrong.empty = guess.waiting;
  if (!preview) return {guessed, real, wrong};
  guessed.texture = show("guess", guess.key(view), [&] { return sample_noise(preview->epsilon, view); });
  guessed.dimmed = wrong.dimmed = guess.stale();
  if (!guess.about.empty()) guessed.caption = guess.about;
  if (preview->quick) {
    wrong.empty = "The error is measured on the full prediction, which is computed once the slider rests.";
    return {guessed, real, wrong};
  }
  wrong.texture = show("difference", guess.key(view), difference);
  if (gain() > 1) wrong.caption = "the error, × " + number(gain());
  if (!guess.stale()) wrong.tag = "RMS " + fixed(rms_, 3);
  return {guessed, real, wrong};
}

float GuessTiles::draw(Ui& ui, const Rect& rect, const Guess& guess, double share) {
  compare(ui.session, guess);
  const Theme& theme = ui.theme;
  const std::string words = guess.t() > 0 ? subtraction_in_numbers(*guess.view->schedule, guess.t()) : "";
  const std::string greys = "Noise as a picture: grey is 0, black −3, white +3.";
  const float gap = theme.px(16), line = theme.body->FontSize + theme.px(6);
  const bool one_line = text_width(theme.body, words) + gap + text_width(theme.small, greys) < rect.width();
  const float below_tiles = line * (one_line ? 1.f : 2.f);
  const std::vector<Rect> places =
      picture_grid({rect.min, {rect.max.x, rect.max.y - below_tiles}}, 4, guess.aspect, gap, theme.px(tile_caption));
  const ViewRect view = zoomed_view(ui.next, places[0]);
  const auto [guessed, real, wrong] = noise_tiles(ui, guess, view);
  const PictureTile tiles[] = {first_tile(ui, guess, view, share), guessed, real, wrong};
  static const char* names[] = {"x_t", "epsilon_hat", "epsilon", "difference"};
  draw_zoomed_tile(ui, names[0], places[0], tiles[0], original_of(ui, slots_, guess, view));
  for (int i = 1; i < 4; ++i) draw_zoomed_tile(ui, names[i], places[std::size_t(i)], tiles[i]);
  const float below = places[3].max.y + theme.px(6);
  float width = 0;
  if (!words.empty()) width = draw_text(theme.body, {rect.min.x, below}, theme.text, words) + gap;
  const ImVec2 at = one_line ? ImVec2{rect.min.x + width, below + theme.px(1)} : ImVec2{rect.min.x, below + line};
  draw_text(theme.small, at, theme.dim, greys);
  return below + below_tiles;
}

}  // namespace noiseglass::app
