#include "session/denoiser_plan.h"

#include "session/session.h"

#include "noiseglass/library.h"
#include "noiseglass/network_denoiser.h"

#include <map>
#include <mutex>

namespace noiseglass::app {

const DenoiserRecord& denoiser_of(const LaneState& lane) {
  return find_record("denoiser", denoiser_records(), lane.denoiser);
}

double guidance_in(const LaneState& lane, const ModelInfo* model) {
  if (lane.class_index >= 0 && lane.guidance != 1) return lane.guidance;
  return model && denoiser_of(lane).needs.model ? model->guidance : 1;
}

std::shared_ptr<const Denoiser> exact_denoiser(Shape shape) {
  static std::mutex making;  // held while making, so that nothing is made twice
  static std::vector<std::pair<Shape, std::shared_ptr<const Denoiser>>> made;
  std::lock_guard lock(making);
  for (const auto& [known, denoiser] : made)
    if (known == shape) return denoiser;
  if (made.size() > 3) made.erase(made.begin());  // two lanes, each with its picture and a quick look's
  made.emplace_back(shape, make_nearest_data_denoiser(read_data_set({}, shape)));
  return made.back().second;
}

std::shared_ptr<const Network> load_network(const std::string& path) {
  static std::mutex loading;
  static std::map<std::string, std::shared_ptr<const Network>> loaded;
  std::lock_guard lock(loading);
  std::shared_ptr<const Network>& network = loaded[path];
  if (!network) network = Network::load(path);
  return network;
}

DenoiserPlan plan_of(const LaneState& state, const LaneView& view, Progress progress) {
  return {state, view.model ? view.model->path : "", view.x_0, std::move(progress)};
}

std::shared_ptr<const Denoiser> DenoiserPlan::make() const {
  const DenoiserRecord& record = denoiser_of(lane);
  if (record.needs.model) {
    if (model_path.empty()) throw Error("There is no trained network to denoise with; choose the exact denoiser.");
    return make_network_denoiser(load_network(model_path), lane.class_index, lane.guidance, progress,
                                 lane.sample_steps);
  }
  if (record.needs.data_set) return exact_denoiser(x_0->shape);
  DenoiserSources sources;
  sources.x_0 = to_state(*x_0);
  sources.mean = Eigen::ArrayXd::Zero(Eigen::Index(x_0->shape.size()));
  sources.std = 0.5;  // about the contrast of a photograph in [−1, 1]
  return record.make(sources);
}

}  // namespace noiseglass::app
