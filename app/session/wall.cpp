#include "session/wall.h"

#include "session/denoiser_plan.h"
#include "session/session.h"

#include "noiseglass/error.h"
#include "noiseglass/judge.h"

#include <algorithm>
#include <functional>
#include <map>
#include <mutex>
#include <vector>

namespace noiseglass::app {
namespace {

std::shared_ptr<const Judge> load_judge(const std::string& path) {
  static std::mutex mutex;
  static std::map<std::string, std::shared_ptr<const Judge>> known;
  const std::lock_guard lock(mutex);
  std::shared_ptr<const Judge>& judge = known[path];
  if (!judge) judge = std::make_shared<const Judge>(Judge::load(path));
  return judge;
}

/// Many pictures as one, in rows.
Eigen::ArrayXd side_by_side(const std::vector<SamplerStep>& steps, Shape one,
                            const std::function<const Eigen::ArrayXd&(const SamplerStep&)>& values) {
  const Eigen::Index row = Eigen::Index(one.width) * one.channels, wide = row * wall_columns;
  Eigen::ArrayXd all = Eigen::ArrayXd::Zero(wide * one.height * wall_columns);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const Eigen::ArrayXd& from = values(steps[i]);
    const Eigen::Index left = Eigen::Index(i % wall_columns) * row, top = Eigen::Index(i / wall_columns) * one.height;
    for (Eigen::Index y = 0; y < one.height; ++y)
      all.segment((top + y) * wide + left, row) = from.segment(y * row, row);
  }
  return all;
}

Image part_of(const Image& wall, Shape one, int index) {
  Image part(one);
  const int top = index / wall_columns * one.height, left = index % wall_columns * one.width;
  for (int y = 0; y < one.height; ++y)
    for (int x = 0; x < one.width; ++x)
      for (int c = 0; c < one.channels; ++c) part.at(y, x, c) = wall.at(top + y, left + x, c);
  return part;
}

}  // namespace

SamplerStep wall_of(const std::vector<SamplerStep>& steps) {
  SamplerStep wall;
  const SamplerStep& first = steps.front();
  const Shape one = first.x_t.shape;
  wall.index = first.index, wall.t = first.t, wall.alpha_bar = first.alpha_bar;
  wall.x_t.shape = {one.height * wall_columns, one.width * wall_columns, one.channels};
  wall.x_t.values =
      side_by_side(steps, one, [](const SamplerStep& s) -> const Eigen::ArrayXd& { return s.x_t.values; });
  wall.x_0 = side_by_side(steps, one, [](const SamplerStep& s) -> const Eigen::ArrayXd& { return s.x_0; });
  wall.epsilon = side_by_side(steps, one, [](const SamplerStep& s) -> const Eigen::ArrayXd& { return s.epsilon; });
  return wall;
}

std::optional<AskedWall> asked_wall(const Session& session, int index) {
  const LaneView& lane = session.lane(index);
  const LaneState& state = session.state().lanes[std::size_t(index)];
  const bool whole = lane.run && lane.run->done && lane.run_problem.empty() && !lane.run->frames.empty();
  if (!whole || lane.run->samples == 1 || session.samples(index) == 1) return std::nullopt;
  if (!lane.model || !denoiser_of(state).needs.model || state.class_index < 0) return std::nullopt;
  const std::string judge = judge_of(lane.model->name);
  if (judge.empty()) return std::nullopt;
  return AskedWall{lane.run->id, lane.run->frames.back(), judge, state.class_index};
}

WallReading read_wall(const AskedWall& wall, std::stop_token stop) {
  const std::shared_ptr<const Judge> judge = load_judge(wall.judge);
  const Image all = to_image(wall.end->x_0);
  WallReading reading{0, wall_samples, judge->accuracy()};
  for (int i = 0; i < wall_samples; ++i) {
    if (stop.stop_requested()) throw Cancelled();
    reading.as_asked += judge->class_of(part_of(all, judge->shape(), i)) == wall.class_index;
  }
  return reading;
}

std::shared_ptr<const WallReading> WallReader::want(const AskedWall& wall) {
  worker_.want({result_.job(wall.run, wake_, [wall](std::stop_token stop) { return read_wall(wall, stop); })});
  const auto found = result_.get();
  return found.id == wall.run ? found.value : nullptr;
}

}  // namespace noiseglass::app
