#include "export/animation.h"

#include "export/canvas.h"
#include "export/sheet.h"
#include "export/tiles.h"
#include "session/view_sampling.h"

#include "noiseglass/corruption.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace noiseglass::exports {
namespace {

constexpr int usual_frames = 40, usual_size = 288;
constexpr double margin = 12, gap = 12, above = 26, below = 28;  // a lane's title, and what stands under a tile
constexpr Type title_type{15, true}, caption_type{13}, details_type{13, false, grey}, symbol_type{13, true};

/// A lane's pictures at one moment.
struct Shown {
  std::string title, details, caption;
  std::vector<std::pair<std::string, const ByteImage*>> tiles;  // with their symbols
};

int even(double length) { return (int(std::ceil(length)) + 1) / 2 * 2; }

/// Lanes side by side where each has one tile, else one below the other.
ByteImage draw_frame(const std::vector<Shown>& lanes) {
  double tile_width = 0, tile_height = 0;
  for (const Shown& lane : lanes)
    for (const auto& [symbol, tile] : lane.tiles) {
      tile_width = std::max(tile_width, double(tile->shape.width));
      tile_height = std::max(tile_height, double(tile->shape.height));
    }
  const bool stacked = lanes.front().tiles.size() > 1;
  const double across = double(stacked ? lanes.front().tiles.size() : lanes.size());
  const double down = double(stacked ? lanes.size() : 1), pitch = above + tile_height + below;
  Canvas canvas(Canvas::Kind::picture, even(2 * margin + across * (tile_width + gap) - gap),
                even(2 * margin - 4 + down * pitch));
  for (std::size_t i = 0; i < lanes.size(); ++i) {
    double x = margin + (stacked ? 0 : double(i) * (tile_width + gap));
    const double y = margin + (stacked ? double(i) * pitch : 0);
    const double room = stacked ? canvas.width() - 2 * margin : tile_width;
    canvas.text_within(x, y + 15, room, lanes[i].title, title_type);
    const double beside = canvas.text_width(lanes[i].title, title_type) + 10;
    if (room - beside > 60) canvas.text_within(x + beside, y + 15, room - beside, lanes[i].details, details_type);
    const double under = y + above + tile_height + 17;
    for (const auto& [symbol, tile] : lanes[i].tiles) {
      canvas.picture(*tile, {x, y + above, double(tile->shape.width), double(tile->shape.height)});
      const double width = canvas.text(x, under, symbol, symbol_type);
      if (tile == lanes[i].tiles.front().second)
        canvas.text_within(x + width + 10, under, tile_width - width - 10, lanes[i].caption, caption_type);
      x += tile_width + gap;
    }
  }
  return canvas.pixels();
}

std::string caption_of(const Lane& lane, int t) { return "t = " + std::to_string(t) + "   " + snr_words(lane, t); }

/// One moment of a run at the size of its tiles; a whole run at its own would not fit into memory.
struct Small {
  int t = 0;
  double position = 0;  // of the slider
  ByteImage x_t, x_0;
};

/// Where the slider stands when a lane is at t.
double position_of(const Source& source, int lane, int t) {
  if (lane == 0 || source.state().lockstep == app::Lockstep::same_t || t == 0) return t;
  return source.lane(0).schedule->nearest_t(source.log_snr(lane, t));
}

std::vector<Small> run_of(const Source& source, int lane, const Cut& cut, const Work& work) {
  const int most = cut.count ? cut.count : 3 * usual_frames;
  const std::vector<int> kept = spread(most, source.run_length(lane) - 1);
  const app::ViewRect view = whole_view(source.lane(lane).x_0->shape, cut.size ? cut.size : usual_size);
  std::vector<Small> run;
  walk(
      source.run(lane),
      [&](const SamplerStep& step) {
        if (!std::ranges::binary_search(kept, step.index)) return;
        const Moment moment = to_moment(step);
        run.push_back(
            {moment.t, position_of(source, lane, moment.t), x_t_picture(moment, view), x_0_picture(moment, view)});
      },
      work);
  return run;
}

/// The last moment that has been reached when the slider stands at `position`.
const Small& at(const std::vector<Small>& run, double position) {
  const Small* found = &run.front();
  for (const Small& moment : run)
    if (moment.position >= position) found = &moment;
  return *found;
}

/// The ends stay longer, so that they can be looked at.
int beats_of(std::size_t frame, std::size_t frames, double rate) {
  if (frame + 1 == frames) return std::max(1, int(std::lround(2 * rate)));
  return frame == 0 ? std::max(1, int(std::lround(rate))) : 1;
}

}  // namespace

double beats_per_second(const Source& source, bool run, const Cut& cut) {
  if (cut.rate > 0) return std::min(cut.rate, 50.0);  // more is too much for a GIF
  if (!run) return 12;
  const int lane = source.lanes(cut.only).front();
  const double moments = source.run_length(lane);
  return std::round(std::clamp(moments / 5, 4.0, 20.0));  // about five seconds
}

void animate_forward(const Source& source, const Cut& cut, const SeeFrame& see, const Work& work) {
  const std::vector<int> lanes = source.lanes(cut.only);
  struct Mixed {
    app::ViewRect view;
    Image clean;
    app::NoiseSampler noise;
  };
  std::vector<Mixed> parts;
  for (const int index : lanes) {
    const Image& x_0 = *source.lane(index).x_0;
    const app::ViewRect view = whole_view(x_0.shape, cut.size ? cut.size : usual_size);
    parts.push_back({view, app::sample_clean(x_0, view), {}});
  }
  const std::vector<int> positions = spread(cut.count ? cut.count : usual_frames, source.state().steps);
  for (std::size_t k = 0; k < positions.size(); ++k) {
    work.say(double(k) / double(positions.size()));
    std::vector<ByteImage> pictures;
    std::vector<Shown> shown;
    pictures.reserve(lanes.size());
    for (std::size_t i = 0; i < lanes.size(); ++i) {
      const Lane& lane = source.lane(lanes[i]);
      const int t = source.lane_t(lanes[i], positions[k]);
      const Image noise = parts[i].noise.sample(source.noise(lanes[i], t), lane.x_0->shape, parts[i].view);
      pictures.push_back(to_bytes(corrupt(parts[i].clean, noise, lane.schedule->alpha_bar(t))));
      shown.push_back({lane.schedule_title, "", caption_of(lane, t), {{"xₜ", &pictures.back()}}});
    }
    const double rate = beats_per_second(source, false, cut);
    see({draw_frame(shown), beats_of(k, positions.size(), rate), source.lane_t(lanes.front(), positions[k])});
  }
}

void animate_run(const Source& source, const Cut& cut, const SeeFrame& see, const Work& work) {
  const std::vector<int> lanes = source.lanes(cut.only);
  std::vector<std::vector<Small>> runs;
  std::set<double, std::greater<>> positions;
  for (std::size_t i = 0; i < lanes.size(); ++i) {
    const double n = double(lanes.size()), share = 0.9;  // the rest is for drawing
    runs.push_back(run_of(source, lanes[i], cut, work.part(share * double(i) / n, share * double(i + 1) / n)));
    for (const Small& moment : runs.back()) positions.insert(moment.position);
  }
  std::size_t k = 0;
  const double rate = beats_per_second(source, true, cut);
  for (const double position : positions) {
    work.say(0.9 + 0.1 * double(k) / double(positions.size()));
    std::vector<Shown> shown;
    for (std::size_t i = 0; i < lanes.size(); ++i) {
      const Lane& lane = source.lane(lanes[i]);
      const Small& moment = at(runs[i], position);
      shown.push_back(
          {lane.title, lane.details, caption_of(lane, moment.t), {{"xₜ", &moment.x_t}, {"x̂₀", &moment.x_0}}});
    }
    see({draw_frame(shown), beats_of(k, positions.size(), rate), at(runs.front(), position).t});
    ++k;
  }
}

}  // namespace noiseglass::exports
