#include "ui/window/pictures.h"

#include "session/lane_run.h"

namespace noiseglass::app {
namespace {

/// Of a moment of a run: no two frames of one have the same t.
Key key_of(const RunFrame& frame, std::uint64_t run, const ViewRect& view) {
  return Key("run", run, frame.t, key_of(view));
}
Key key_of(const Preview& preview, const ViewRect& view) {
  return Key("preview", preview.id, preview.quick, key_of(view));
}

render::Texture upload(const Image& image) { return render::Texture(image, {.mipmaps = false}); }
render::Texture upload_bytes(const Image& image) { return render::Texture(to_bytes(image), {.mipmaps = false}); }

}  // namespace

Image noise_as_picture(Image epsilon) {
  for (float& value : epsilon.data) value /= 3;
  return epsilon;
}

void LanePictures::mix(const render::NoiseMixer& mixer, Mixed& mixed, double alpha_bar, const Part& clean,
                       const Part& noise) {
  if (clean.key == mixed.clean_key && noise.key == mixed.noise_key && alpha_bar == mixed.alpha_bar) return;
  if (clean.key != mixed.clean_key) mixed.clean = upload(clean.make());
  if (noise.key != mixed.noise_key) mixed.noise = upload(noise.make());
  mixer.mix(mixed.shown, mixed.clean, mixed.noise, alpha_bar);
  mixed.clean_key = clean.key, mixed.noise_key = noise.key;
  mixed.alpha_bar = alpha_bar;
}

LanePictures::Moment& LanePictures::moment(const RunFrame& frame, std::uint64_t run, const RunFrame* keep) {
  for (Moment& known : moments_)
    if (known.frame == &frame && known.run == run) return known;
  Moment& free = moments_[0].frame == keep && keep ? moments_[1] : moments_[0];
  free.frame = &frame, free.run = run;
  return free;
}

/// The picture as the lane has it: its own bytes, or what it was fitted to.
Image LanePictures::clean_of(const Session& session, int index, const ViewRect& view) {
  const LaneView& lane = session.lane(index);
  const ByteImage& bytes = session.picture().for_view(view.right - view.left, view.width);
  return lane.full_size ? sample_clean(bytes, view) : sample_clean(*lane.x_0, view);
}

unsigned LanePictures::original(const Session& session, int index, int tile, const ViewRect& view) {
  const LaneView& lane = session.lane(index);
  return show(originals_[std::size_t(tile)],
              Key("original", lane.full_size ? Key() : lane.fit_key, session.picture().id, key_of(view)),
              [&] { return clean_of(session, index, view); });
}

unsigned LanePictures::x_t(const render::NoiseMixer& mixer, const Session& session, int index, const ViewRect& view) {
  const LaneView& lane = session.lane(index);
  if (lane.frame) return moment_x_t(mixer, session, index, view, *lane.frame, lane.next);
  const AppState& state = session.state();
  const bool pure_noise = session.shows_run() && state.origin == Origin::noise;
  const double alpha_bar = pure_noise ? 0 : lane.schedule->alpha_bar(lane.t);
  const Key clean("picture", lane.full_size ? Key() : lane.fit_key, session.picture().id, key_of(view));
  const Epsilon epsilon = pure_noise ? Epsilon::one : state.shown_epsilon();
  Key noise("noise", clean, state.seed, epsilon);
  if (epsilon == Epsilon::chain) noise.add_all(lane.t, lane.schedule_key);
  mix(mixer, forward_, alpha_bar, {clean, [&] { return clean_of(session, index, view); }},
      {noise, [&] {
         return forward_noise_.sample(noise_at(epsilon, *lane.schedule, lane.t, state.seed), session.shown_shape(index),
                                      view);
       }});
  return forward_.shown.texture_id();
}

unsigned LanePictures::moment_x_t(const render::NoiseMixer& mixer, const Session& session, int index,
                                  const ViewRect& view, const RunFrame& frame, const RunFrame* keep) {
  const std::uint64_t run = session.lane(index).run->id;
  Mixed& mixed = moment(frame, run, keep).x_t;
  const Key key = key_of(frame, run, view);
  mix(mixer, mixed, frame.alpha_bar, {key, [&] { return sample_clean(frame.x_0, view); }},
      {key, [&] { return sample_noise(frame.epsilon, view); }});
  return mixed.shown.texture_id();
}

unsigned LanePictures::next_x_t(const render::NoiseMixer& mixer, const Session& session, int index,
                                const ViewRect& view) {
  const LaneView& lane = session.lane(index);
  return lane.next ? moment_x_t(mixer, session, index, view, *lane.next, lane.frame) : 0;
}

unsigned LanePictures::show(Cached& cached, const Key& key, const std::function<Image()>& make) {
  if (key != cached.key) cached = {key, upload_bytes(make())};
  return cached.texture.id();
}

unsigned LanePictures::x_0(const Session& session, int index, const ViewRect& view) {
  const LaneView& lane = session.lane(index);
  if (session.state().view == View::reverse)
    return lane.frame ? run_x_0(session, index, view, *lane.frame, lane.next) : 0;
  const Preview* preview = lane.preview.get();
  if (!preview || !lane.preview_problem.empty()) return 0;
  return show(x_0_, key_of(*preview, view), [&] { return sample_clean(preview->x_0, view); });
}

unsigned LanePictures::epsilon(const Session& session, int index, const ViewRect& view) {
  const LaneView& lane = session.lane(index);
  if (session.state().view == View::reverse)
    return lane.frame ? run_epsilon(session, index, view, *lane.frame, lane.next) : 0;
  const Preview* preview = lane.preview.get();
  if (!preview || !lane.preview_problem.empty()) return 0;
  return show(epsilon_, key_of(*preview, view), [&] { return noise_as_picture(sample_noise(preview->epsilon, view)); });
}

unsigned LanePictures::run_x_0(const Session& session, int index, const ViewRect& view, const RunFrame& frame,
                               const RunFrame* keep) {
  const std::uint64_t run = session.lane(index).run->id;
  return show(moment(frame, run, keep).x_0, key_of(frame, run, view), [&] { return sample_clean(frame.x_0, view); });
}

unsigned LanePictures::run_epsilon(const Session& session, int index, const ViewRect& view, const RunFrame& frame,
                                   const RunFrame* keep) {
  const std::uint64_t run = session.lane(index).run->id;
  return show(moment(frame, run, keep).epsilon, key_of(frame, run, view),
              [&] { return noise_as_picture(sample_noise(frame.epsilon, view)); });
}

unsigned LanePictures::next_x_0(const Session& session, int index, const ViewRect& view) {
  const LaneView& lane = session.lane(index);
  return lane.next ? run_x_0(session, index, view, *lane.next, lane.frame) : 0;
}

unsigned LanePictures::next_epsilon(const Session& session, int index, const ViewRect& view) {
  const LaneView& lane = session.lane(index);
  return lane.next ? run_epsilon(session, index, view, *lane.next, lane.frame) : 0;
}

}  // namespace noiseglass::app
