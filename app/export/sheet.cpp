#include "export/sheet.h"

#include "export/canvas.h"
#include "export/tiles.h"
#include "session/text.h"
#include "session/view_sampling.h"

#include "noiseglass/corruption.h"

#include <algorithm>
#include <cmath>

namespace noiseglass::exports {
namespace {

constexpr double margin = 20, gap = 10, title_height = 34, row_title_height = 30, caption_height = 19;
constexpr Type title_type{18, true}, details_type{13, false, grey}, row_type{15, true}, caption_type{13},
    note_type{12, false, grey};
constexpr int usual_cells = 6, usual_cell = 240, usual_samples = 16, usual_sample = 160, usual_tile = 400;

struct Measures {
  double width = 0, height = 0;  // of the sheet
  double cell_width = 0, cell_height = 0, below = 0;
};

Measures measure(const Sheet& sheet) {
  Measures m;
  std::size_t columns = 1;
  bool notes = false;
  double titles = 0;
  for (const Sheet::Row& row : sheet.rows) {
    columns = std::max(columns, row.cells.size());
    titles += row.title.empty() ? 0 : row_title_height;
    for (const Sheet::Cell& cell : row.cells) {
      m.cell_width = std::max(m.cell_width, double(cell.picture.shape.width));
      m.cell_height = std::max(m.cell_height, double(cell.picture.shape.height));
      notes |= !cell.note.empty();
    }
  }
  m.below = (notes ? 2 : 1) * caption_height + gap;
  m.width = 2 * margin + double(columns) * (m.cell_width + gap) - gap;
  m.height = 2 * margin + (sheet.title.empty() ? 0 : title_height) + titles +
             double(sheet.rows.size()) * (m.cell_height + m.below) - gap;
  return m;
}

/// A title with what else there is to say behind it, as far as there is room.
void draw_title(Canvas& canvas, double y, const std::string& title, const Type& type, const std::string& details) {
  const double room = canvas.width() - 2 * margin;
  const double width = std::min(canvas.text_width(title, type), room);
  canvas.text_within(margin, y, room, title, type);
  if (const double left = room - width - 12; left > 60)
    canvas.text_within(margin + width + 12, y, left, details, details_type);
}

Sheet::Cell cell_of(const Lane& lane, const Moment& moment, int size) {
  return {x_t_picture(moment, whole_view(lane.x_0->shape, size)), "t = " + std::to_string(moment.t),
          snr_words(lane, moment.t)};
}

Sheet::Row forward_row(const Source& source, int index, int count, int size) {
  const Lane& lane = source.lane(index);
  const app::ViewRect view = whole_view(lane.x_0->shape, size);
  const Image clean = app::sample_clean(*lane.x_0, view);
  app::NoiseSampler noise;
  Sheet::Row row{lane.schedule_title, "", {}};
  for (const int position : spread(count, source.state().steps)) {
    const int t = source.lane_t(index, position);
    const Image epsilon = noise.sample(source.noise(index, t), lane.x_0->shape, view);
    row.cells.push_back({to_bytes(corrupt(clean, epsilon, lane.schedule->alpha_bar(t))), "t = " + std::to_string(t),
                         snr_words(lane, t)});
  }
  return row;
}

Sheet::Row run_row(const Source& source, int index, int count, int size, const Work& work) {
  const Lane& lane = source.lane(index);
  const std::vector<int> kept = spread(count, source.run_length(index) - 1);
  Sheet::Row row{lane.title, lane.details, {}};
  walk(
      source.run(index),
      [&](const SamplerStep& step) {
        if (std::ranges::binary_search(kept, step.index)) row.cells.push_back(cell_of(lane, to_moment(step), size));
      },
      work);
  return row;
}

}  // namespace

std::string snr_words(const Lane& lane, int t) { return "SNR " + app::fixed(lane.schedule->snr_db(t), 1) + " dB"; }

std::vector<int> spread(int count, int last) {
  std::vector<int> out;
  count = std::clamp(count, 1, last + 1);
  for (int i = 0; i < count; ++i) out.push_back(count == 1 ? last : int(std::lround(double(i) * last / (count - 1))));
  return out;
}

ByteImage draw_sheet(const Sheet& sheet) {
  const Measures m = measure(sheet);
  Canvas canvas(Canvas::Kind::picture, m.width, m.height);
  double y = margin;
  if (!sheet.title.empty()) {
    draw_title(canvas, y + 16, sheet.title, title_type, sheet.details);
    y += title_height;
  }
  for (const Sheet::Row& row : sheet.rows) {
    if (!row.title.empty()) {
      draw_title(canvas, y + 19, row.title, row_type, row.details);
      y += row_title_height;
    }
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const Sheet::Cell& cell = row.cells[i];
      const double x = margin + double(i) * (m.cell_width + gap);
      const Box box{x, y, double(cell.picture.shape.width), double(cell.picture.shape.height)};
      canvas.picture(cell.picture, box);
      canvas.text_within(x, box.bottom() + 16, m.cell_width, cell.caption, caption_type);
      canvas.text_within(x, box.bottom() + 16 + caption_height, m.cell_width, cell.note, note_type);
    }
    y += m.cell_height + m.below;
  }
  return canvas.pixels();
}

Sheet strip(const Source& source, int only, int count, int size, const Work& work) {
  Sheet sheet;
  const bool run = source.shows_run();
  const std::string noise = "seed " + std::to_string(source.state().seed);
  sheet.title = run && source.state().origin == app::Origin::noise ? "Generated from noise" : source.picture_title();
  sheet.details = (run ? "reverse run · " : "forward process · ") + noise;
  const std::vector<int> lanes = source.lanes(only);
  if (count == 0) count = usual_cells;
  if (size == 0) size = usual_cell;
  for (std::size_t i = 0; i < lanes.size(); ++i) {
    const Work part = work.part(double(i) / double(lanes.size()), double(i + 1) / double(lanes.size()));
    part.say(0);
    sheet.rows.push_back(run ? run_row(source, lanes[i], count, size, part)
                             : forward_row(source, lanes[i], count, size));
  }
  return sheet;
}

Sheet forward_strip(const Source& source, int count, int size, const Work& work) {
  Sheet sheet;
  for (const int lane : source.lanes()) {
    work.say(0);
    sheet.rows.push_back(forward_row(source, lane, count, size));
  }
  return sheet;
}

Sheet lanes(const Source& source, int only, int size, const Work& work) {
  Sheet sheet;
  const bool run = source.shows_run();
  sheet.title = run && source.state().origin == app::Origin::noise ? "Generated from noise" : source.picture_title();
  sheet.details = "T = " + std::to_string(source.state().steps) + ", seed " + std::to_string(source.state().seed);
  const std::vector<int> wanted = source.lanes(only);
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const Lane& lane = source.lane(wanted[i]);
    const int t = source.lane_t(wanted[i], source.state().position);
    sheet.rows.push_back({lane.title, lane.details, {}});
    auto pictures = shown_tiles(source, wanted[i], size ? size : usual_tile,
                                work.part(double(i) / double(wanted.size()), double(i + 1) / double(wanted.size())));
    for (std::size_t k = 0; k < pictures.size(); ++k) {
      const TileKind& kind = tile_kinds()[k];
      const std::string note = k == 0 ? "t = " + std::to_string(t) + ", " + snr_words(lane, t) : "";
      sheet.rows.back().cells.push_back({std::move(pictures[k]), kind.symbol + "  " + kind.label, note});
    }
  }
  return sheet;
}

Sheet wall(const Source& source, int index, int count, int size, const Work& work) {
  if (count == 0) count = usual_samples;
  if (size == 0) size = usual_sample;
  const Lane& lane = source.lane(index);
  const int columns = int(std::ceil(std::sqrt(count)));
  Sheet sheet{std::to_string(count) + (count == 1 ? " sample" : " samples"), lane.title + " · " + lane.details, {}};
  for (int i = 0; i < count; ++i) {
    if (i % columns == 0) sheet.rows.emplace_back();
    const std::uint64_t seed = source.state().seed + std::uint64_t(i);
    Moment last;
    walk(
        source.sample(index, seed),
        [&](const SamplerStep& step) {
          if (step.t == 0) last = to_moment(step);
        },
        work.part(double(i) / count, double(i + 1) / count));
    sheet.rows.back().cells.push_back(
        {x_0_picture(last, whole_view(lane.x_0->shape, size)), "seed " + std::to_string(seed), ""});
  }
  return sheet;
}

}  // namespace noiseglass::exports
