#include "ui/window/pictures.h"

namespace noiseglass::app {
namespace {

/// Of a moment of a run: no two frames of one have the same t.
Key key_of(const LaneView& lane, const ViewRect& view) { return Key("run", lane.run->id, lane.frame->t, key_of(view)); }
Key key_of(const Preview& preview, const ViewRect& view) { return Key("preview", preview.id, key_of(view)); }

render::Texture upload(const Image& image) { return render::Texture(image, {.mipmaps = false}); }
render::Texture upload_bytes(const Image& image) { return render::Texture(to_bytes(image), {.mipmaps = false}); }

}  // namespace

Image noise_as_picture(Image epsilon) {
  for (float& value : epsilon.data) value /= 3;
  return epsilon;
}

unsigned LanePictures::x_t(const render::NoiseMixer& mixer, const Session& session, int index, const ViewRect& view) {
  const LaneView& lane = session.lane(index);
  const AppState& state = session.state();
  double alpha_bar = lane.schedule->alpha_bar(lane.t);
  if (session.shows_run() && state.origin == Origin::noise && !lane.frame) alpha_bar = 0;
  Key key;
  if (lane.frame) {
    alpha_bar = lane.frame->alpha_bar;
    key = key_of(lane, view);
    if (key != x_t_key_) {
      clean_ = upload(sample_clean(lane.frame->x_0, view));
      noise_ = upload(sample_noise(lane.frame->epsilon, view));
    }
  } else {
    key = Key("picture", lane.full_size ? 0 : lane.x_0_id, session.picture().id, state.seed, key_of(view));
    if (key != x_t_key_) {
      const Shape shape = lane.full_size ? session.picture().bytes.shape : lane.x_0->shape;
      const ByteImage& bytes = session.picture().for_view(view.right - view.left, view.width);
      clean_ = upload(lane.full_size ? sample_clean(bytes, view) : sample_clean(*lane.x_0, view));
      noise_ = upload(sample_noise(NoiseKey{state.seed, streams::forward}, shape, view));
    }
  }
  if (key != x_t_key_ || alpha_bar != mixed_alpha_bar_) {
    mixer.mix(mixed_, clean_, noise_, alpha_bar);
    x_t_key_ = key;
    mixed_alpha_bar_ = alpha_bar;
  }
  return mixed_.texture_id();
}

unsigned LanePictures::x_0(const Session& session, int index, const ViewRect& view) {
  const LaneView& lane = session.lane(index);
  const Preview* preview = lane.preview.get();
  if (session.state().view == View::reverse) {
    if (!lane.frame) return 0;
    const Key key = key_of(lane, view);
    if (key != x_0_.key) x_0_ = {key, upload_bytes(sample_clean(lane.frame->x_0, view))};
    return x_0_.texture.id();
  }
  if (!preview || !preview->error.empty()) return 0;
  const Key key = key_of(*preview, view);
  if (key != x_0_.key) x_0_ = {key, upload_bytes(sample_clean(preview->x_0, view))};
  return x_0_.texture.id();
}

unsigned LanePictures::epsilon(const Session& session, int index, const ViewRect& view) {
  const LaneView& lane = session.lane(index);
  const Preview* preview = lane.preview.get();
  if (session.state().view == View::reverse) {
    if (!lane.frame) return 0;
    const Key key = key_of(lane, view);
    if (key != epsilon_.key) epsilon_ = {key, upload_bytes(noise_as_picture(sample_noise(lane.frame->epsilon, view)))};
    return epsilon_.texture.id();
  }
  if (!preview || !preview->error.empty()) return 0;
  const Key key = key_of(*preview, view);
  if (key != epsilon_.key) epsilon_ = {key, upload_bytes(noise_as_picture(sample_noise(preview->epsilon, view)))};
  return epsilon_.texture.id();
}

}  // namespace noiseglass::app
