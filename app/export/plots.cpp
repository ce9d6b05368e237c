#include "export/plots.h"

#include "session/csv.h"
#include "session/text.h"

#include "noiseglass/error.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <iterator>

namespace noiseglass::exports {
namespace {

constexpr double log_snr_limit = 14;
constexpr Type tick_type{10, false, grey}, label_type{11}, title_type{12, true}, heading_type{15, true};
constexpr Ink curve_inks[] = {{0.05, 0.25, 0.55}, {0.72, 0.27, 0.05}, {0.1, 0.45, 0.25}, {0.45, 0.2, 0.5}};

Ink ink_of(std::size_t curve) { return curve_inks[curve % std::size(curve_inks)]; }

struct Quantity {
  const char *title, *label, *column;
  double y_min, y_max;
  bool log_y;
  std::vector<double> ticks;
  double (Schedule::*value)(int) const;
};

const std::vector<Quantity>& quantities() {
  static const std::vector<Quantity> all = {
      {"β: noise variance added per step",
       "βₜ",
       "beta",
       1e-5,
       1,
       true,
       {1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1},
       &Schedule::beta},
      {"ᾱ: share of the picture's variance that is left",
       "ᾱₜ",
       "alpha_bar",
       0,
       1,
       false,
       {0, 0.25, 0.5, 0.75, 1},
       &Schedule::alpha_bar},
      {"Signal-to-noise ratio of the weights",
       "SNR in dB",
       "snr_db",
       -90,
       45,
       false,
       {-80, -60, -40, -20, 0, 20, 40},
       &Schedule::snr_db},
  };
  return all;
}

/// Round numbers from 0 to T, some five of them.
std::vector<double> ticks_of_time(int steps) {
  const double rough = steps / 5.0, power = std::pow(10, std::floor(std::log10(rough)));
  double step = power;
  for (const double nice : {2.0, 2.5, 5.0, 10.0})
    if (step < rough) step = nice * power;
  step = std::max(1.0, std::round(step));
  std::vector<double> ticks;
  for (double t = 0; t <= steps; t += step) ticks.push_back(t);
  return ticks;
}

/// The SNR of the picture itself is drawn, as on the screen, and not that of the weights.
bool of_picture(const Source& source, const Quantity& quantity) {
  return quantity.value == &Schedule::snr_db && source.state().snr_of == app::SnrOf::picture;
}

Curve curve_of(const Source& source, int index, const Quantity& quantity, bool over_t) {
  const Lane& lane = source.lane(index);
  const Schedule& schedule = *lane.schedule;
  Curve curve{lane.schedule_title, {}, {}};
  const double shift = of_picture(source, quantity) ? 10 * std::log10(lane.variance) : 0;
  const int stride = std::max(1, schedule.steps() / 1000);
  for (int t = 1; t <= schedule.steps(); t += stride) {
    curve.x.push_back(over_t ? t : schedule.log_snr(t));
    curve.y.push_back((schedule.*quantity.value)(t) + shift);
  }
  const int t = source.lane_t(index, source.state().position);
  curve.cursor_x = over_t ? t : schedule.log_snr(t);
  curve.cursor_y = t == 0 ? std::nan("") : (schedule.*quantity.value)(t) + shift;
  return curve;
}

std::string tick_words(double value, bool power) {
  if (power && value != 1) {
    static const char* raised[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
    const int exponent = int(std::lround(std::log10(std::abs(value))));
    std::string words = exponent < 0 ? "10⁻" : "10";
    for (const char digit : std::to_string(std::abs(exponent))) words += raised[digit - '0'];
    return words;
  }
  return app::number(value, 5);
}

void draw_axes(Canvas& canvas, const Plot& plot, const PlotPlace& place) {
  const Box& area = place.area;
  for (const double tick : plot.y_ticks) {
    canvas.line(area.left, place.y(tick), area.right(), place.y(tick), {faint, 0.6});
    canvas.text(area.left - 7, place.y(tick) + 3.5, tick_words(tick, plot.log_y), tick_type, At::right);
  }
  for (const double tick : plot.x_ticks) {
    const double x = place.x(tick);
    canvas.line(x, area.top, x, area.bottom(), {faint, 0.6});
    canvas.line(x, area.bottom(), x, area.bottom() + 4, {grey, 0.8});
    canvas.text(x, area.bottom() + 15, tick_words(tick, false), tick_type, At::middle);
  }
  canvas.frame(area, {grey, 0.8});
  canvas.text(area.left + area.width / 2, area.bottom() + 29, plot.x_label, label_type, At::middle);
  canvas.upright_text(area.left - 42, area.top + area.height / 2, plot.y_label, label_type);
}

}  // namespace

std::vector<ExportPart> plot_parts() {
  std::vector<ExportPart> parts;
  for (const Quantity& quantity : quantities()) parts.push_back({quantity.column, quantity.label});
  return parts;
}

std::vector<Plot> schedule_plots(const Source& source, int only, const std::string& of) {
  const bool over_t = source.state().plot_axis == app::PlotAxis::t;
  std::vector<Plot> plots;
  for (const Quantity& quantity : quantities()) {
    if (!of.empty() && of != quantity.column) continue;
    Plot plot;
    plot.title = of_picture(source, quantity) ? "Signal-to-noise ratio of the picture itself" : quantity.title;
    plot.x_label = over_t ? "timestep t" : "ln SNR  (noise to the right)", plot.y_label = quantity.label;
    plot.x_min = over_t ? 0 : log_snr_limit, plot.x_max = over_t ? source.state().steps : -log_snr_limit;
    plot.x_ticks = over_t ? ticks_of_time(source.state().steps) : std::vector<double>{10, 5, 0, -5, -10};
    plot.y_min = quantity.y_min, plot.y_max = quantity.y_max;
    plot.log_y = quantity.log_y, plot.y_ticks = quantity.ticks;
    for (const int lane : source.lanes(only)) plot.curves.push_back(curve_of(source, lane, quantity, over_t));
    plots.push_back(std::move(plot));
  }
  return plots;
}

std::string plots_table(const Source& source, int only, const std::string& of) {
  std::vector<Quantity> wanted;
  std::ranges::copy_if(quantities(), std::back_inserter(wanted),
                       [&](const Quantity& quantity) { return of.empty() || of == quantity.column; });
  std::string header = "t";
  for (const int lane : source.lanes(only)) {
    const std::string name = ",lane" + std::to_string(lane + 1) + "_";
    for (const Quantity& quantity : wanted) header += name + quantity.column;
    header += name + "log_snr";
  }
  Csv table(header, Csv::Infinity::allowed);  // the log-SNR of the clean picture
  for (int t = 0; t <= source.state().steps; ++t) {
    std::vector<double> row = {double(t)};
    for (const int lane : source.lanes(only)) {
      const Schedule& schedule = *source.lane(lane).schedule;
      for (const Quantity& quantity : wanted) row.push_back((schedule.*quantity.value)(t));
      row.push_back(schedule.log_snr(t));
    }
    table.add_row(row);
  }
  return table.text();
}

double PlotPlace::x(double value) const {
  const auto across = [&](double v) { return plot.log_x ? std::log10(std::max(v, 1e-300)) : v; };
  return area.left + (across(value) - across(plot.x_min)) / (across(plot.x_max) - across(plot.x_min)) * area.width;
}

double PlotPlace::y(double value) const {
  const auto height = [&](double v) { return plot.log_y ? std::log10(std::max(v, 1e-300)) : v; };
  const double share = (height(value) - height(plot.y_min)) / (height(plot.y_max) - height(plot.y_min));
  return area.bottom() - std::clamp(share, -1.0, 2.0) * area.height;
}

PlotPlace place_of(const Plot& plot, const Box& box) {
  return {plot, {box.left + 60, box.top + 20, box.width - 76, box.height - 56}};
}

void draw_plot(Canvas& canvas, const Plot& plot, const Box& box) {
  const PlotPlace place = place_of(plot, box);
  canvas.text(place.area.left, box.top + 12, plot.title, title_type);
  draw_axes(canvas, plot, place);
  for (std::size_t i = 0; i < plot.curves.size(); ++i) {
    const Curve& curve = plot.curves[i];
    Canvas::Points points;
    for (std::size_t k = 0; k < curve.x.size(); ++k)
      if (std::isfinite(curve.x[k]) && std::isfinite(curve.y[k]))
        points.emplace_back(place.x(curve.x[k]), place.y(curve.y[k]));
    canvas.curve(points, {ink_of(i), 1.7, i % 2 == 1}, place.area);
  }
  for (std::size_t i = 0; i < plot.curves.size(); ++i) {
    const Curve& curve = plot.curves[i];
    const bool inside = (curve.cursor_x - plot.x_min) * (curve.cursor_x - plot.x_max) <= 0;
    if (!inside || !std::isfinite(curve.cursor_x) || !std::isfinite(curve.cursor_y)) continue;
    const double x = place.x(curve.cursor_x), y = place.y(curve.cursor_y);
    canvas.line(x, place.area.top, x, place.area.bottom(), {grey, 0.6});
    if (y < place.area.top || y > place.area.bottom()) continue;
    canvas.dot(x, y, 4.2, white);
    canvas.dot(x, y, 3.2, ink_of(i));
  }
}

double draw_legend(Canvas& canvas, const std::vector<Curve>& curves, double left, double top) {
  for (std::size_t i = 0; i < curves.size(); ++i) {
    canvas.line(left, top + 8, left + 30, top + 8, {ink_of(i), 1.7, i % 2 == 1});
    left += 36 + canvas.text(left + 36, top + 12, curves[i].label, label_type) + 24;
  }
  return 20;
}

namespace {

/// In as few digits as bring the number back.
std::string precise(double value) {
  std::array<char, 32> text;
  return {text.data(), std::to_chars(text.data(), text.data() + text.size(), value).ptr};
}

std::vector<char> plot_numbers(const Plot& plot) {
  std::string text = "curve,x,y\n";
  for (const Curve& curve : plot.curves)
    for (std::size_t i = 0; i < curve.x.size(); ++i)
      if (std::isfinite(curve.x[i]) && std::isfinite(curve.y[i]))
        text += csv_text(curve.label) + ',' + precise(curve.x[i]) + ',' + precise(curve.y[i]) + '\n';
  return {text.begin(), text.end()};
}

}  // namespace

std::vector<char> plot_file(const Plot& plot, const std::string& format) {
  if (format == "csv") return plot_numbers(plot);
  if (format != "svg" && format != "pdf" && format != "png")
    throw UsageError("A plot is written as .svg, .png, .pdf or .csv.");
  constexpr double width = 560, height = 330, row = 20;
  const auto rows = double(plot.curves.size());
  const Canvas::Kind kind = format == "svg"   ? Canvas::Kind::svg
                            : format == "pdf" ? Canvas::Kind::pdf
                                              : Canvas::Kind::picture;
  Canvas canvas(kind, width, height + row * rows, 2);
  const Box box{20, 16, width - 40, height - 16};
  draw_plot(canvas, plot, box);
  const double left = place_of(plot, box).area.left;
  for (std::size_t i = 0; i < plot.curves.size(); ++i) {  // one below the other: names can be long
    const double y = height + row * double(i);
    canvas.line(left, y + 4, left + 30, y + 4, {ink_of(i), 1.7, i % 2 == 1});
    canvas.text_within(left + 38, y + 8, width - left - 58, plot.curves[i].label, label_type);
  }
  return kind == Canvas::Kind::picture ? png_of(canvas.pixels()) : canvas.document();
}

namespace {
constexpr double sheet_width = 560, plot_height = 210, sheet_margin = 20, head = 52;
}

PlotSheet lay_out(const std::vector<Plot>& plots) {
  PlotSheet sheet{sheet_width, head + sheet_margin + double(plots.size()) * plot_height, {}};
  for (std::size_t i = 0; i < plots.size(); ++i)
    sheet.boxes.push_back(
        {sheet_margin, head + double(i) * plot_height, sheet_width - 2 * sheet_margin, plot_height - 8});
  return sheet;
}

void draw_sheet(Canvas& canvas, const Source& source, const std::vector<Plot>& plots) {
  const double left = place_of(plots.front(), lay_out(plots).boxes.front()).area.left;
  canvas.text(left, 22, "Noise schedules, T = " + std::to_string(source.state().steps), heading_type);
  draw_legend(canvas, plots.front().curves, left, 28);
  const PlotSheet sheet = lay_out(plots);
  for (std::size_t i = 0; i < plots.size(); ++i) draw_plot(canvas, plots[i], sheet.boxes[i]);
}

}  // namespace noiseglass::exports
