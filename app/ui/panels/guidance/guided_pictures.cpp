#include "ui/panels/guidance/guided_pictures.h"

#include "session/denoiser_plan.h"

#include "noiseglass/network_denoiser.h"
#include "noiseglass/sampler.h"

#include <algorithm>

namespace noiseglass::app {
namespace {

constexpr std::size_t pictures_kept = 400;

Image picture_of(const Eigen::ArrayXd& values, Shape shape) { return to_image(State{shape, values}); }

/// The two predictions behind one guided step.
std::shared_ptr<const GuidedMoment> look_closely(const SamplerStep& step, double log_snr, const Denoiser& free,
                                                 const Denoiser& with_class, std::stop_token stop) {
  const Shape shape = step.x_t.shape;
  const Prediction without = free.predict(step.x_t, log_snr, stop), with = with_class.predict(step.x_t, log_snr, stop);
  auto moment = std::make_shared<GuidedMoment>();
  moment->t = step.t;
  moment->x_t = to_image(step.x_t);
  moment->epsilon_free = picture_of(without.epsilon, shape), moment->x_0_free = picture_of(without.x_0, shape);
  moment->epsilon_class = picture_of(with.epsilon, shape), moment->x_0_class = picture_of(with.x_0, shape);
  moment->epsilon = picture_of(step.epsilon, shape);
  moment->x_0 = picture_of(Prediction::from_epsilon(step.x_t.values, log_snr, step.epsilon).x_0, shape);
  return moment;
}

/// Makes the picture step by step; `publish` gets each state of it.
void make_picture(const GuidedRequest& request, std::stop_token stop,
                  const std::function<void(const GuidedPicture&)>& publish) {
  const auto network = load_network(request.model_path);
  const auto denoiser = make_network_denoiser(network, request.class_index, request.guidance);
  const auto free = make_network_denoiser(network, -1, 1),
             with_class = make_network_denoiser(network, request.class_index, 1);
  const int T = request.schedule->steps(), steps = std::min(request.steps, T);
  const auto& ddim = find_record("sampler", sampler_records(), "ddim");
  State start = to_state(gaussian_image({request.seed, streams::forward}, request.shape));
  const auto sampler =
      make_sampler("ddim", {*request.schedule, make_timesteps("trailing", *request.schedule, steps), denoiser,
                            std::move(start), request.seed, clips_as_usual(ddim, request.guidance)});
  GuidedPicture made;
  while (!sampler->done()) {
    const SamplerStep step = sampler->step(stop);
    made.picture = picture_of(step.x_0, request.shape);
    made.progress = double(step.index) / steps;
    if (request.detailed && step.t > 0)
      made.moments.push_back(look_closely(step, request.schedule->log_snr(step.t), *free, *with_class, stop));
    made.done = sampler->done();
    publish(made);
  }
}

}  // namespace

Key GuidedRequest::key() const { return Key(model_path, class_index, guidance, schedule_key, steps, seed, detailed); }

const GuidedMoment* GuidedPicture::at(double t) const {
  const GuidedMoment* found = nullptr;
  for (const auto& moment : moments)
    if (!found || moment->t >= t) found = moment.get();
  return found;
}

GuidedPictures::GuidedPictures(std::function<void()> wake) : wake_(std::move(wake)) {}

Published<GuidedPicture>::Outcome GuidedPictures::find(const GuidedRequest& request) const {
  const auto found = made_.find(request.key());
  return found == made_.end() ? Published<GuidedPicture>::Outcome() : found->second.get();
}

void GuidedPictures::want(const std::vector<GuidedRequest>& requests) {
  std::vector<Key> keys;
  for (const GuidedRequest& request : requests) keys.push_back(request.key());
  if (keys == wanted_) return;
  wanted_ = keys;
  forget_old(keys);
  std::vector<Job> jobs;
  for (std::size_t i = 0; i < requests.size(); ++i) {
    const auto known = find(requests[i]).value;
    if (!known || !known->done) jobs.push_back(job(requests[i], keys[i]));
  }
  worker_.want(std::move(jobs));
}

void GuidedPictures::forget_old(const std::vector<Key>& wanted) {
  for (const Key& key : wanted) {
    std::erase(recent_, key);
    recent_.push_back(key);
  }
  if (recent_.size() <= pictures_kept) return;
  const std::size_t surplus = std::min(recent_.size() - pictures_kept, recent_.size() - wanted.size());
  for (std::size_t i = 0; i < surplus; ++i) made_.erase(recent_[i]), ids_.erase(recent_[i]);
  recent_.erase(recent_.begin(), recent_.begin() + std::ptrdiff_t(surplus));
}

Job GuidedPictures::job(const GuidedRequest& request, const Key& key) {
  static std::uint64_t last_id = 0;
  std::uint64_t& id = ids_[key];
  if (id == 0) id = ++last_id;
  return made_[key].steps(id, wake_,
                          [request](std::stop_token stop, const auto& show) { make_picture(request, stop, show); });
}

}  // namespace noiseglass::app
