// The panel "Measured": what schedule, sampler and number of steps do to samples, in figures taken beforehand.

#include "session/measurements.h"
#include "ui/panels/shared/axes.h"
#include "ui/panels/shared/controls.h"
#include "ui/panels/shared/figures.h"
#include "ui/widgets/box.h"
#include "ui/widgets/hit_area.h"
#include "ui/widgets/layout_record.h"

#include "noiseglass/error.h"
#include "noiseglass/files.h"
#include "noiseglass/sampler.h"
#include "noiseglass/schedule.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace noiseglass::app {
namespace {

constexpr const char* schedules[] = {"linear", "cosine"};

/// What is said of each choice of the setting "figure".
struct Figure {
  const char* note;
  bool low_is_good;
};

constexpr Figure figures[] = {
    {"Fréchet distance between samples and real pictures: between Gaussians fitted to both in the feature space of a "
     "classifier. Lower is better. The score of as many real pictures is a reference, with a sampling error of its "
     "own.",
     true},
    {"The share of samples that an independent classifier reads as the class asked for. A sampler can score high by "
     "making only plain, typical pictures.",
     false},
    {"The share of samples that lie among the real pictures: how many look real. Few steps can score high here by "
     "making all samples alike.",
     false},
    {"The share of real pictures that lie among the samples: how much of their variety is covered. It is the first "
     "thing to suffer when steps are few.",
     false},
};

template <class Row>
double value_of(const Row& row, int figure) {
  const std::array<double, 4> values = {row.frechet, row.accuracy, row.precision, row.recall};
  return values[std::size_t(figure)];
}

std::string text_of(double value, int figure) {
  return figure == 0 ? fixed(value, value < 100 ? 1 : 0) : fixed(100 * value, 1) + " %";
}

/// How good a value is among all of the table, from 0 to 1; distances by their logarithm.
struct Scale {
  double worst = 0, best = 1;
  bool log = false;

  Scale(const Measured& table, int figure) : log(figures[figure].low_is_good) {
    std::vector<double> all;
    for (const MeasuredRow& row : table.rows) all.push_back(value_of(row, figure));
    if (all.empty()) return;
    const auto [low, high] = std::minmax_element(all.begin(), all.end());
    worst = log ? *high : *low;
    best = log ? *low : *high;
  }
  double operator()(double value) const {
    const auto of = [&](double v) { return log ? std::log(std::max(v, 1e-9)) : v; };
    return of(worst) == of(best) ? 1 : (of(value) - of(worst)) / (of(best) - of(worst));
  }
};

/// The Pictures tab, making samples as the row was measured: nothing clipped, a class asked for without guidance.
void show_in_pictures(Ui& ui, const Measured& table, const MeasuredRow& row) {
  AppState& next = ui.next;
  next.panel = "pictures";
  next.lane_count = 2;
  for (LaneState& lane : next.lanes) {
    lane = {};
    lane.model = table.model;
    lane.class_index = 3;
    lane.guidance = table.guidance;
    lane.sampler = row.sampler;
    lane.sample_steps = row.steps;
    lane.clip = LaneState::Clip::off;
  }
  next.lanes[0].schedule = row.schedule;
  next.lanes[1].schedule = row.schedule == schedules[0] ? schedules[1] : schedules[0];
  next.view = View::reverse;
  next.origin = Origin::noise;
  next.position = next.run_from = next.steps;
  next.playing = Playing::reverse;
}

class MeasuredPanel final : public Panel {
 public:
  MeasuredPanel() {
    try {
      tables_ = read_all_measured(assets_folder() / "measurements");
      if (tables_.empty()) problem_ = "This copy of the program has no measurements.";
    } catch (const Error& error) {
      problem_ = error.what();
    }
  }

  void draw(Ui& ui, const Rect& rect) override {
    if (!problem_.empty()) {
      draw_text_wrapped(ui.theme.body, {rect.min.x, rect.min.y + ui.theme.px(12)}, ui.theme.dim, problem_,
                        rect.width());
      return;
    }
    const Measured& table = tables_[std::min(std::size_t(setting_index(ui, "model")), tables_.size() - 1)];
    const Rect body = begin_controls(ui, rect);
    if (tables_.size() > 1) choose_table(ui, table);
    const int figure = setting_index(ui, "figure");
    control_heading(ui, "What is measured");
    setting_combo(ui, "figure");
    control_note(ui, figures[figure].note);
    control_heading(ui, "How");
    control_note(ui, "Samples of the bundled network from pure noise, T = 1000, with a class and guidance weight " +
                         number(table.guidance) +
                         ", no clipping, made by this program. Most steps of Heun evaluate the network twice. " +
                         about_real(table, figure));
    control_note(ui, "Click a cell to run it in the Pictures tab.");
    end_controls(ui);
    draw_tables(ui, body, table, figure);
  }

  std::map<std::string, double> facts() const override { return {{"tables", double(tables_.size())}}; }

 private:
  /// As the other panels call it; a network that is not there goes by its name.
  static const std::string& label_of(const Ui& ui, const Measured& table) {
    for (const ModelInfo& model : ui.session.library().models)
      if (model.name == table.model) return model.label;
    return table.model;
  }

  void choose_table(Ui& ui, const Measured& table) const {
    control_heading(ui, "Network");
    if (is_hidden(ui, "model") || !begin_control(ui, "model", ui.theme.px(200))) return;
    skip_label(ui);
    ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x);
    if (begin_box(ui.theme, "##model", label_of(ui, table))) {
      for (std::size_t i = 0; i < tables_.size(); ++i)
        if (list_entry(label_of(ui, tables_[i]).c_str(), &tables_[i] == &table)) set_setting(ui, "model", double(i));
      ImGui::EndCombo();
    }
    focus_stop(Takes::press);
    note_label(label_of(ui, table));
    mark(ui, "model", {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()});
    end_control(ui);
  }

  static std::string about_real(const Measured& table, int figure) {
    if (table.real.empty()) return "";
    std::string text = "For comparison, real pictures score";
    for (const MeasuredReal& real : table.real)
      text += (&real == table.real.data() ? " " : ", ") + text_of(value_of(real, figure), figure) + " (" +
              std::to_string(real.samples) + " pictures)";
    return text + ".";
  }

  void draw_tables(Ui& ui, const Rect& body, const Measured& table, int figure) const {
    const float gap = ui.theme.px(16), height = (body.height() - gap) / 2;
    for (int i = 0; i < 2; ++i) {
      const float top = body.min.y + float(i) * (height + gap);
      draw_table(ui, {{body.min.x, top}, {body.max.x, top + height}}, table, figure, i);
    }
  }

  void draw_table(Ui& ui, const Rect& rect, const Measured& table, int figure, int schedule) const {
    const Theme& theme = ui.theme;
    const std::string label = find_record("schedule", schedule_records(), schedules[schedule]).label;
    const Rect inside = draw_card(theme, rect, label + " schedule", "measured; stronger colour: better");
    mark_subject(ui, schedules[schedule], rect);
    const std::vector<int> steps = table.steps();
    const std::vector<std::string> samplers = table.samplers();
    const float head = theme.px(24), names = std::min(theme.px(136), inside.width() * 0.3f), gap = theme.px(4);
    const float width = (inside.width() - names) / float(steps.size());
    const float height = std::min(theme.px(80), (inside.height() - head) / float(samplers.size()));
    const Scale scale(table, figure);
    for (std::size_t column = 0; column < steps.size(); ++column) {
      const std::string text = std::to_string(steps[column]) + " steps";
      const float room = width - gap, spare = std::max(0.f, room - text_width(theme.small, text)) / 2;
      const float left = inside.min.x + names + float(column) * width + gap;
      draw_text_cut(theme.small, {std::round(left + spare), inside.min.y}, theme.dim, text, room);
    }
    for (std::size_t line = 0; line < samplers.size(); ++line) {
      const float top = inside.min.y + head + float(line) * height;
      const std::string name = find_record("sampler", sampler_records(), samplers[line]).label;
      draw_text_cut(theme.body, {inside.min.x, top + (height - theme.body->FontSize) / 2}, theme.text, name,
                    names - gap);
      for (std::size_t column = 0; column < steps.size(); ++column) {
        const float left = inside.min.x + names + float(column) * width;
        const Rect cell{{left + gap / 2, top + gap / 2}, {left + width - gap / 2, top + height - gap / 2}};
        draw_cell(ui, cell, table, table.find(schedules[schedule], samplers[line], steps[column]), figure, scale,
                  theme.lane[schedule]);
      }
    }
  }

  static void draw_cell(Ui& ui, const Rect& cell, const Measured& table, const MeasuredRow* row, int figure,
                        const Scale& scale, ImU32 colour) {
    const Theme& theme = ui.theme;
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    if (!row) {
      draw.AddRect(cell.min, cell.max, theme.border, theme.px(4));
      return;
    }
    const double value = value_of(*row, figure);
    const std::string id = row->schedule + "." + row->sampler + "." + std::to_string(row->steps);
    ImGui::SetCursorScreenPos(cell.min);
    const bool pressed = hit_area(id.c_str(), {std::max(1.f, cell.width()), std::max(1.f, cell.height())});
    focus_stop(Takes::press);
    const bool hovered = ImGui::IsItemHovered();
    draw.AddRectFilled(cell.min, cell.max, mixed(theme.surface, colour, float(0.08 + 0.52 * scale(value))),
                       theme.px(4));
    if (hovered) draw.AddRect(cell.min, cell.max, theme.text, theme.px(4));
    const std::string text = text_of(value, figure);
    const float width = text_width(theme.body, text);
    draw_text(theme.body, {(cell.min.x + cell.max.x - width) / 2, (cell.min.y + cell.max.y - theme.body->FontSize) / 2},
              theme.text, text);
    tooltip(theme, ("On " + std::to_string(row->samples) + " samples. Distance " + text_of(row->frechet, 0) +
                    ", class accuracy " + text_of(row->accuracy, 1) + ", precision " + text_of(row->precision, 2) +
                    ", recall " + text_of(row->recall, 3) + ".")
                       .c_str());
    mark(ui, id.c_str(), cell);
    if (pressed) show_in_pictures(ui, table, *row);
  }

  std::vector<Measured> tables_;
  std::string problem_;
};

}  // namespace

std::unique_ptr<Panel> make_measured_panel() { return std::make_unique<MeasuredPanel>(); }

}  // namespace noiseglass::app
