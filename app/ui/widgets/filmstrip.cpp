#include "ui/widgets/filmstrip.h"

#include "session/lane_run.h"
#include "session/view_sampling.h"

#include "noiseglass/corruption.h"

#include <algorithm>
#include <cstring>

namespace noiseglass::app {
namespace {

/// The middle square of a picture.
ViewRect square_view(Shape shape, int side) {
  ViewRect view;
  const double w = shape.width, h = shape.height;
  if (w > h) view.left = (1 - h / w) / 2, view.right = 1 - view.left;
  if (h > w) view.top = (1 - w / h) / 2, view.bottom = 1 - view.top;
  view.width = view.height = side;
  return view;
}

void paste(ByteImage& atlas, const ByteImage& cell, int index) {
  const std::size_t row = std::size_t(cell.shape.width) * 3;
  for (int y = 0; y < cell.shape.height; ++y)
    std::memcpy(&atlas.data[(std::size_t(y) * atlas.shape.width + std::size_t(index) * cell.shape.width) * 3],
                &cell.data[std::size_t(y) * row], row);
}

int cell_t(int cell, int cells, int steps) { return int((cell + 0.5) / cells * steps + 0.5); }

}  // namespace

void Filmstrip::reset(const Key& key, int cells, int side) {
  key_ = key;
  side_ = side;
  atlas_ = ByteImage(Shape{side, side * cells, 3});
  filled_.assign(cells, false);
  shown_t_.assign(cells, -1);
  changed_ = true;
}

void Filmstrip::upload() {
  if (!changed_) return;
  texture_ = render::Texture(atlas_, {.mipmaps = false});
  changed_ = false;
}

void Filmstrip::show_forward(const Session& session, int index, int cells, int side) {
  const LaneView& lane = session.lane(index);
  const AppState& state = session.state();
  Key key(lane.fit_key, state.seed, cells, side, state.lockstep, lane.schedule_key, state.shown_epsilon());
  if (state.lockstep == Lockstep::same_snr) key.add_all(session.lane(0).schedule_key);
  if (key == key_) return;
  reset(key, cells, side);
  const ViewRect view = square_view(lane.x_0->shape, side);
  const Image clean = sample_clean(*lane.x_0, view);
  NoiseSampler noise;
  Image epsilon;
  for (int k = 0; k < cells; ++k) {
    const int t = session.lane_t(index, cell_t(k, cells, state.steps));
    if (k == 0 || state.shown_epsilon() == Epsilon::chain)
      epsilon = noise.sample(noise_at(state.shown_epsilon(), *lane.schedule, t, state.seed), lane.x_0->shape, view);
    paste(atlas_, to_bytes(corrupt(clean, epsilon, lane.schedule->alpha_bar(t))), k);
    filled_[k] = true;
  }
  upload();
}

void Filmstrip::show_reverse(const Session& session, int index, int cells, int side) {
  const LaneView& lane = session.lane(index);
  const Key key(lane.run ? lane.run->id : 0, cells, side);
  if (key != key_) reset(key, cells, side);
  if (!lane.run || lane.run->frames.empty()) return;
  const int reached = lane.run->frames.back()->t;
  for (int k = 0; k < cells; ++k) {
    const int axis_t = cell_t(k, cells, session.state().steps);
    const int t = session.lane_t(index, axis_t);
    if (t < reached || axis_t > session.state().run_from) continue;
    const RunFrame* frame = lane.run->at(t);
    if (!frame || shown_t_[k] == frame->t) continue;
    const ViewRect view = square_view(frame->x_0.shape, side);
    const Image cell = corrupt(sample_clean(frame->x_0, view), sample_noise(frame->epsilon, view), frame->alpha_bar);
    paste(atlas_, to_bytes(cell), k);
    shown_t_[k] = frame->t;
    filled_[k] = changed_ = true;
  }
  upload();
}

}  // namespace noiseglass::app
