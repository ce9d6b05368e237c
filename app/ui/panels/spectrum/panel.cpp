// The panel "Spectrum": how strong picture and noise are at each fineness of detail, and so what can still be seen.

#include "ui/panels/shared/picture_tiles.h"
#include "ui/panels/spectrum/data.h"
#include "ui/panels/spectrum/plot.h"
#include "ui/widgets/layout.h"

#include "noiseglass/corruption.h"

#include <algorithm>
#include <cmath>

namespace noiseglass::app {
namespace {

using Show = SpectrumRequest::Show;

constexpr int tiles_across = 3;

constexpr const char* notes[] = {
    "The mean strength of all waves of one frequency. Pictures are strongest at low frequencies; noise is equally "
    "strong at all. Where the noise is stronger, nobody can tell what was there.",
    "The network's estimate x̂₀ while it generates: coarse waves get their strength first, fine ones last. A diffusion "
    "model predicts one frequency after the other, in soft transitions (Dieleman, 2024).",
    "The same t for the same picture in more pixels. Each pixel gets as much noise as before, but a coarse wave now "
    "has "
    "more pixels to speak for it: less of the picture drowns. So large pictures need schedules with more noise "
    "(Hoogeboom et al., 2023)."};

std::vector<double> times(std::vector<double> power, double factor) {
  for (double& value : power) value *= factor;
  return power;
}

int half_of(Shape shape) { return std::max(shape.height, shape.width) / 2; }

/// The sum over rings first … end − 1 of one spectrum by that of another.
double share(const std::vector<double>& of, const std::vector<double>& all, int first, int end) {
  const auto sum = [&](const std::vector<double>& power) {
    double total = 0;
    for (int k = first; k < std::min(end, int(power.size())); ++k) total += power[std::size_t(k)] * k;
    return total;
  };
  const double whole = sum(all);
  return whole > 0 ? sum(of) / whole : 0;
}

class SpectrumPanel final : public Panel {
 public:
  void draw(Ui& ui, const Rect& rect) override {
    if (!data_) data_ = std::make_unique<SpectrumData>(ui.wake);
    const Rect body = begin_controls(ui, rect, 232);  // its pictures and plot need the width
    control_heading(ui, "What is looked at");
    setting_segments(ui, "show");
    control_note(ui, notes[setting_index(ui, "show")]);
    end_controls(ui);
    const SpectrumRequest request = request_of(ui);
    data_->want(request);
    facts_ = {{"t", double(request.t)}, {"floor", request.schedule->variance(request.t)}};
    if (request.show == Show::way_back && request.model_path.empty()) {
      draw_text_wrapped(ui.theme.body, {body.min.x, body.min.y + ui.theme.px(12)}, ui.theme.dim,
                        "There is no trained network here, so nothing can be generated.", body.width());
      return;
    }
    if (!data_->problem().empty()) {
      draw_text_wrapped(ui.theme.body, {body.min.x, body.min.y + ui.theme.px(12)}, ui.theme.warning, data_->problem(),
                        body.width());
      return;
    }
    const float gap = ui.theme.px(16), caption = ui.theme.px(tile_caption);
    const float aspect = aspect_of(request);
    const float in_a_row = (body.width() - float(tiles_across - 1) * gap) / float(tiles_across) / aspect + caption;
    const bool at_curve = ui.marks.highlighted.contains("spectrum.curve");
    const std::array<Part, 2> parts{
        {{ui.theme.px(130), 1.1f, at_curve ? 0 : 1, in_a_row}, {ui.theme.px(190), 1, at_curve ? 1 : 0}}};
    const auto places = rows(body, gap, parts);
    if (places[0]) draw_tiles(ui, picture_grid(*places[0], tiles_across, aspect, gap, caption), request);
    const SpectrumPlot plot = plot_of(ui, request);
    if (places[1]) draw_spectrum(ui, *places[1], plot);
  }

  std::map<std::string, double> facts() const override { return facts_; }

 private:
  static SpectrumRequest request_of(const Ui& ui) {
    SpectrumRequest request;
    const LaneView& lane = ui.session.lane(0);
    request.show = Show(setting_index(ui, "show"));
    request.picture = ui.session.shared_picture();
    if (lane.model) request.model_path = lane.model->path, request.model_size = lane.model->size;
    request.schedule = lane.schedule;
    request.schedule_key = lane.schedule_key;
    request.seed = ui.session.state().seed;
    request.t = lane.t;
    return request;
  }

  float aspect_of(const SpectrumRequest& request) const {
    if (request.show == Show::way_back) return 1;
    const auto now = data_->picture(spectrum_side);
    const Shape shape = now ? now->x_0.shape : request.picture->bytes.shape;
    return float(shape.width) / float(shape.height);
  }

  /// A tile with the name that it is marked by, and what it shows as soon as that is there.
  struct Entry {
    const char* name;
    PictureTile tile;
    Key key;
    std::function<Image()> image;  ///< none: not yet, then what was there before is dimmed
  };

  std::vector<Entry> way_entries(const Theme& theme) const {
    const auto way = data_->way();
    const int i = data_->moment();
    const auto of = [&](auto get) -> std::function<Image()> {
      if (i < 0) return {};
      return [way, i, get] { return get(*way->way[std::size_t(i)]); };
    };
    std::function<Image()> end;
    if (i >= 0 && way->way.back()->t == 0) end = [way] { return way->way.back()->x_0; };
    const Key key(data_->way_key(), i);
    return {{"x_t",
             {.symbol = "xₜ", .symbol_colour = theme.x_t, .caption = "generated so far"},
             key,
             of([](const WayMoment& moment) { return moment.x_t; })},
            {"x_0_hat",
             {.symbol = "x̂₀", .symbol_colour = theme.x_0_hat, .caption = "estimate", .tag = "learned"},
             key,
             of([](const WayMoment& moment) { return moment.x_0; })},
            {"end", {.caption = "at the end", .tag = "learned"}, data_->way_key(), end}};
  }

  std::vector<Entry> picture_entries(const Theme& theme, const SpectrumRequest& request) const {
    const auto now = data_->picture(spectrum_side);
    const auto split = data_->split();
    const double alpha_bar = request.schedule->alpha_bar(request.t);
    std::function<Image()> noisy, above, drowned;
    if (now) noisy = [now, alpha_bar] { return corrupt(now->x_0, now->epsilon, alpha_bar); };
    if (split.value) above = [split] { return split.value->above; };
    if (split.value) drowned = [split] { return split.value->drowned; };
    const std::string t = "t = " + std::to_string(request.t);
    return {{"x_t",
             {.symbol = "xₜ", .symbol_colour = theme.x_t, .caption = t, .tag = "exact"},
             Key(data_->key(), alpha_bar),
             noisy},
            {"above",
             {.symbol = "x₀", .symbol_colour = theme.x_0, .caption = "above the noise", .tag = "exact"},
             Key(split.id),
             above},
            {"drowned",
             {.symbol = "x₀", .symbol_colour = theme.x_0, .caption = "drowned", .tag = "exact"},
             Key(split.id),
             drowned}};
  }

  std::vector<Entry> size_entries(const Theme& theme) const {
    static const char* const names[] = {"size0", "size1", "size2"};
    std::vector<Entry> entries;
    for (std::size_t i = 0; i < spectrum_sides.size(); ++i) {
      const auto now = data_->picture(spectrum_sides[i]);
      const auto noisy = data_->noisy(spectrum_sides[i]);
      std::function<Image()> image;
      if (noisy.value) image = [noisy] { return *noisy.value; };
      const std::string size =
          now ? std::to_string(now->x_0.shape.width) + " × " + std::to_string(now->x_0.shape.height) : "";
      entries.push_back({names[i],
                         {.symbol = "xₜ", .symbol_colour = size_colour(theme, i), .caption = size, .tag = "exact"},
                         Key(noisy.id),
                         image});
    }
    return entries;
  }

  void draw_tiles(Ui& ui, const std::vector<Rect>& places, const SpectrumRequest& request) {
    std::vector<Entry> entries = request.show == Show::way_back  ? way_entries(ui.theme)
                                 : request.show == Show::picture ? picture_entries(ui.theme, request)
                                                                 : size_entries(ui.theme);
    for (std::size_t i = 0; i < entries.size() && i < places.size(); ++i) {
      Entry& entry = entries[i];
      const std::string slot = std::to_string(int(request.show)) + entry.name;
      entry.tile.texture = entry.image ? slots_.show(slot, entry.key, entry.image) : slots_.last(slot);
      entry.tile.dimmed = !entry.image;
      entry.tile.empty = "computing…";
      draw_picture_tile(ui.theme, places[i], entry.tile);
      mark_subject(ui, entry.name, places[i]);
    }
  }

  static ImU32 size_colour(const Theme& theme, std::size_t index) {
    return index == 0 ? theme.lane[0] : index == 1 ? theme.lane[1] : theme.x_0;
  }

  SpectrumPlot plot_of(const Ui& ui, const SpectrumRequest& request) {
    const Theme& theme = ui.theme;
    const NoiseLevel level = request.schedule->level(request.t);
    SpectrumPlot plot;
    plot.title = "Strength over fineness";
    if (request.show == Show::way_back) return way_plot(ui, plot);
    const auto now = data_->picture(spectrum_side);
    plot.floor = level.variance;
    if (request.show == Show::picture) {
      plot.tag = "exact";
      if (!now) return plot;
      const int half = half_of(now->x_0.shape);
      plot.end = half, plot.drowned = data_->drowned();
      plot.curves = {{"the picture in xₜ", theme.x_0, times(now->spectrum.clean, level.alpha_bar), half},
                     {"xₜ", theme.x_t, now->spectrum.at(level), half, 1.5f}};
      facts_["drowned"] = data_->drowned(), facts_["half"] = half;
      facts_["left_share"] = left_share(*now, data_->drowned());
      return plot;
    }
    plot.tag = "exact";
    for (std::size_t i = 0; i < spectrum_sides.size(); ++i) {
      const auto size = data_->picture(spectrum_sides[i]);
      if (!size) continue;
      const int half = half_of(size->x_0.shape), end = first_drowned(size->spectrum.clean, level, size->x_0.shape);
      plot.end = std::max(i == 0 ? 0 : plot.end, half);
      plot.curves.push_back({std::to_string(std::max(size->x_0.shape.width, size->x_0.shape.height)) + " pixels",
                             size_colour(theme, i), times(size->spectrum.clean, level.alpha_bar), half, 2, end});
      facts_["crossing_" + std::to_string(spectrum_sides[i])] = end;
    }
    return plot;
  }

  /// The share of the picture's variance, its mean apart, that is above the noise.
  static double left_share(const PictureSpectrum& picture, int end) {
    double kept = 0, all = 0;
    for (int k = 1; k < picture.fourier->rings(); ++k) {
      const double power = picture.spectrum.clean[std::size_t(k)] * double(picture.fourier->count(k));
      all += power;
      if (k < end) kept += power;
    }
    return all > 0 ? kept / all : 0;
  }

  SpectrumPlot way_plot(const Ui& ui, SpectrumPlot plot) {
    const Theme& theme = ui.theme;
    plot.tag = "learned";
    const auto way = data_->way();
    const int now = data_->moment();
    if (now < 0) return plot;
    const int half = half_of(way->way.front()->x_0.shape);
    plot.end = half;
    for (int i = 0; i < int(way->x_0.size()); ++i)
      if (i != now)
        plot.curves.push_back({"", faded(theme.dim, i < now ? 0.5f : 0.2f), way->x_0[std::size_t(i)], half, 1});
    plot.curves.push_back({"x̂₀ at this t", theme.x_0_hat, way->x_0[std::size_t(now)], half, 2.5f});
    const std::vector<double>&last = way->x_0.back(), &current = way->x_0[std::size_t(now)];
    facts_["way_done"] = way->way.back()->t == 0;
    facts_["low_share"] = share(current, last, 1, 4);
    facts_["high_share"] = share(current, last, half / 2, half + 1);
    return plot;
  }

  std::unique_ptr<SpectrumData> data_;
  TextureSlots slots_;
  std::map<std::string, double> facts_;
};

}  // namespace

std::unique_ptr<Panel> make_spectrum_panel() { return std::make_unique<SpectrumPanel>(); }

}  // namespace noiseglass::app
