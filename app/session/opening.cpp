#include "session/opening.h"

#include "session/groups.h"

#include "noiseglass/corruption.h"
#include "noiseglass/files.h"
#include "noiseglass/fitting.h"

#include <algorithm>
#include <utility>

namespace noiseglass::app {
namespace {

constexpr int reduced_sides[] = {2048, 1024, 512}, small_enough = 1024;  // longest, in pixels

void go_on_unless(const std::stop_token& stop) {
  if (stop.stop_requested()) throw Cancelled();
}

std::string title_of(const std::filesystem::path& path, const Library& library) {
  for (const BundledPicture& picture : library.pictures)
    if (picture.path == path) return picture.title;
  return path.filename().string();
}

std::shared_ptr<const OpenPicture> read(const PictureRequest& request, std::uint64_t id, const Library& library,
                                        const std::stop_token& stop, const Progress& progress) {
  static constexpr std::uint8_t levels[] = {255, 128, 0};
  const std::uint8_t level = levels[int(request.background)];
  auto picture = std::make_shared<OpenPicture>();
  picture->id = id;
  picture->path = request.path;
  picture->title = title_of(request.path, library);
  picture->bytes = without_equal_channels(read_picture(request.path, {level, level, level}, stop, progress));
  const int longest = std::max(picture->bytes.shape.width, picture->bytes.shape.height);
  for (const int side : reduced_sides) {
    go_on_unless(stop);
    if (longest <= small_enough || side >= longest) continue;
    const Shape small = fit_longest_side(picture->bytes.shape, side);
    picture->reduced.push_back(
        resize(picture->reduced.empty() ? picture->bytes : picture->reduced.back(), small.width, small.height));
  }
  return picture;
}

FittedPicture fit_for(const OpenPicture& picture, const std::string& wanted, int working_size, const Library& library,
                      const std::array<FittedPicture, 2>& known) {
  const int fitting = fitting_model(picture.path, picture.bytes, library);
  int chosen = fitting;
  for (std::size_t i = 0; i < library.models.size(); ++i)
    if (library.models[i].name == wanted) chosen = int(i);
  FittedPicture out;
  out.model = chosen < 0 ? nullptr : &library.models[std::size_t(chosen)];
  out.model_fits = chosen == fitting;
  const bool one_size = out.model && out.model->size > 0;
  out.fit_key = Key(picture.id, chosen, one_size ? 0 : working_size);
  for (const FittedPicture& same : known)
    if (same.x_0 && same.fit_key == out.fit_key) return same;
  Fitted fitted =
      out.model ? fit_to_model(picture.bytes, *out.model, working_size) : fit(picture.bytes, 3, 0, working_size);
  out.x_0 = std::make_shared<Image>(std::move(fitted.x_0));
  out.variance = variance_of(*out.x_0);
  out.note = std::move(fitted.note);
  const bool only_reduced = !one_size && picture.bytes.shape.channels <= out.x_0->shape.channels;
  out.full_size = out.note.empty() || only_reduced;
  return out;
}

}  // namespace

PictureRequest PictureRequest::of(const AppState& state) {
  return {state.picture, state.background, {state.lanes[0].model, state.lanes[1].model}, state.working_size};
}

void PictureRequest::put_into(AppState& state) const {
  state.picture = path;
  state.background = background;
  for (std::size_t i = 0; i < models.size(); ++i) state.lanes[i].model = models[i];
  state.working_size = working_size;
}

PreparedPicture prepare_picture(const PictureRequest& request, const PreparedPicture& known, std::uint64_t id,
                                const Library& library, std::stop_token stop, const Progress& progress) {
  PreparedPicture out = known;
  if (!out.picture) out.picture = read(request, id, library, stop, progress);
  for (std::size_t i = 0; i < out.lanes.size(); ++i) {
    go_on_unless(stop);
    out.lanes[i] = fit_for(*out.picture, request.models[i], request.working_size, library, out.lanes);
  }
  go_on_unless(stop);
  return out;
}

}  // namespace noiseglass::app
