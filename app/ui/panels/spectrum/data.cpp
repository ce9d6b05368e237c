#include "ui/panels/spectrum/data.h"

#include "session/denoiser_plan.h"

#include "noiseglass/corruption.h"
#include "noiseglass/network_denoiser.h"

#include <algorithm>

namespace noiseglass::app {
namespace {

constexpr int steps_of_way = 25, side_of_way = 64;

Image reduced(const Image& image, int side) {
  const Shape shape = fit_longest_side(image.shape, side);
  return shape == image.shape ? image : resize(image, shape.width, shape.height);
}

}  // namespace

PictureSpectrum spectrum_of(const ByteImage& picture, int side, std::uint64_t seed) {
  const Shape shape = fit_longest_side(picture.shape, side);
  const ByteImage small = shape == picture.shape ? picture : resize(picture, shape.width, shape.height);
  PictureSpectrum made;
  made.x_0 = smooth_middle(to_image(small));
  made.epsilon = gaussian_image({seed, streams::forward}, made.x_0.shape);
  made.fourier = std::make_shared<const Fourier>(made.x_0);
  made.spectrum = NoisySpectrum(*made.fourier, Fourier(made.epsilon));
  return made;
}

SplitPicture split_at(const Fourier& fourier, int end) {
  std::vector<bool> keep(std::size_t(fourier.rings()));
  for (std::size_t k = 0; k < keep.size(); ++k) keep[k] = int(k) < end;
  SplitPicture split{fourier.picture(keep), {}};
  keep.flip();
  split.drowned = fourier.picture(keep);
  return split;
}

std::uint64_t SpectrumData::id_of(const Key& key) {
  static std::uint64_t last = 0;
  std::uint64_t& id = ids_[key];
  if (id == 0) id = ++last;
  return id;
}

std::shared_ptr<const PictureSpectrum> SpectrumData::picture(int side) const {
  const auto found = pictures_.find(side);
  const auto id = ids_.find(Key(base_, side));
  if (found == pictures_.end() || id == ids_.end()) return nullptr;
  const auto outcome = found->second.get();
  return outcome.id == id->second ? outcome.value : nullptr;
}

Published<Image>::Outcome SpectrumData::noisy(int side) const {
  const auto found = noisy_.find(side);
  return found == noisy_.end() || !picture(side) ? Published<Image>::Outcome() : found->second.get();
}

Published<SplitPicture>::Outcome SpectrumData::split() const {
  return picture(spectrum_side) ? split_.get() : Published<SplitPicture>::Outcome();
}

std::shared_ptr<const WaySpectra> SpectrumData::way() const {
  const auto id = ids_.find(way_key_);
  const auto outcome = way_.get();
  return id != ids_.end() && outcome.id == id->second ? outcome.value : nullptr;
}

int SpectrumData::moment() const {
  const auto now = way();
  return now ? moment_at(now->way, request_.t, int(now->x_0.size()) - 1) : -1;
}

std::string SpectrumData::problem() const {
  if (request_.show == SpectrumRequest::Show::way_back) return way_.problem();
  const auto found = pictures_.find(spectrum_side);
  return found == pictures_.end() ? "" : found->second.problem();
}

void SpectrumData::want(const SpectrumRequest& request) {
  using Show = SpectrumRequest::Show;
  request_ = request;
  base_ = Key(request.picture->id, request.seed);
  way_key_ = Key("way", request.model_path, request.schedule_key, request.seed);
  std::vector<Job> jobs;
  const auto need = [&](int side) {
    const Key key(base_, side);
    jobs.push_back(
        pictures_[side].job(id_of(key), wake_, [picture = request.picture, side, seed = request.seed](std::stop_token) {
          return spectrum_of(picture->for_view(1, side), side, seed);
        }));
  };
  const NoiseLevel level = request.schedule->level(request.t);
  if (request.show == Show::way_back) {
    if (!request.model_path.empty())
      jobs.push_back(way_.steps(id_of(way_key_), wake_, [request](std::stop_token stop, const auto& show) {
        const auto network = load_network(request.model_path);
        const int side = request.model_size > 0 ? request.model_size : side_of_way;
        WaySpectra made;
        go_way({make_network_denoiser(network, -1, 1), request.schedule, Shape{side, side, network->info().channels},
                steps_of_way, request.seed},
               stop, [&](const Way& way) {
                 made.way = way;
                 made.x_0.push_back(Fourier(way.back()->x_0).power());
                 show(made);
               });
      }));
    return worker_.want(std::move(jobs));
  }
  need(spectrum_side);
  const auto main = picture(spectrum_side);
  if (request.show == Show::picture) {
    if (main) {
      drowned_ = first_drowned(main->spectrum.clean, level, main->x_0.shape);
      jobs.push_back(split_.job(id_of(Key("split", base_, drowned_)), wake_,
                                [main, end = drowned_](std::stop_token) { return split_at(*main->fourier, end); }));
    }
    return worker_.want(std::move(jobs));
  }
  for (const int side : spectrum_sides) {
    if (side != spectrum_side) need(side);
    if (const auto now = picture(side))
      jobs.push_back(noisy_[side].job(id_of(Key("noisy", base_, side, request.schedule_key, request.t)), wake_,
                                      [now, level](std::stop_token) {
                                        return reduced(corrupt(now->x_0, now->epsilon, level.alpha_bar), spectrum_side);
                                      }));
  }
  worker_.want(std::move(jobs));
}

}  // namespace noiseglass::app
