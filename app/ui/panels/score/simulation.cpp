#include "ui/panels/score/simulation.h"

#include "noiseglass/straight_paths.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <sstream>

namespace noiseglass::app {

NoiseLevel noise_level(const Schedule& schedule, double position) {
  const double t = std::clamp(position, 0.0, double(schedule.steps()));
  const int below = int(t), above = std::min(below + 1, schedule.steps());
  const double share = t - below;
  NoiseLevel level;
  level.alpha_bar = (1 - share) * schedule.alpha_bar(below) + share * schedule.alpha_bar(above);
  level.variance = (1 - share) * schedule.variance(below) + share * schedule.variance(above);
  level.log_snr = std::log(level.alpha_bar / level.variance);
  return level;
}

double written_scale(Written written, const NoiseLevel& level) {
  if (written == Written::straight) return straight_line_scale(level.alpha_bar, level.variance);
  return written == Written::exploding ? variance_exploding_scale(level.alpha_bar) : 1;
}

Points points_from_text(const std::string& text) {
  std::vector<Eigen::Array2d> found;
  std::istringstream all(text);
  for (std::string one; std::getline(all, one, ';') && int(found.size()) < most_drawn_points;) {
    std::istringstream pair(one);
    pair.imbue(std::locale::classic());
    double x = 0, y = 0;
    if (pair >> x >> y && std::abs(x) <= plane_range && std::abs(y) <= plane_range) found.emplace_back(x, y);
  }
  Points points(2, Eigen::Index(found.size()));
  for (std::size_t i = 0; i < found.size(); ++i) points.col(Eigen::Index(i)) = found[i];
  return points;
}

void add_point(std::string& text, const Eigen::Array2d& point) {
  const Eigen::Array2d inside = point.max(-plane_range).min(plane_range);
  std::ostringstream pair;
  pair.imbue(std::locale::classic());
  pair << std::round(100 * inside.x()) / 100 << ' ' << std::round(100 * inside.y()) / 100;
  text += (text.empty() ? "" : ";") + pair.str();
}

ForwardParticles forward_particles(const PointModel& model, int count, std::uint64_t seed) {
  const NoiseKey blur{seed, streams::chain(0)};  // the chain itself starts at t = 1
  ForwardParticles particles{model.width() * gaussian_points(blur, count),
                             gaussian_points({seed, streams::forward}, count)};
  for (int i = 0; i < count; ++i) particles.x_0.col(i) += model.points().col(i % model.points().cols());
  return particles;
}

Points flow_at(const Flow& flow, const std::vector<double>& scales, double position) {
  if (flow.x.empty()) return Points(2, 0);
  std::size_t next = 0;
  while (next < flow.x.size() && flow.t[next] > position) ++next;
  if (next == 0) return scales.front() * *flow.x.front();
  if (next == flow.x.size()) return scales[next - 1] * *flow.x.back();
  const double share = (flow.t[next - 1] - position) / (flow.t[next - 1] - flow.t[next]);
  return (1 - share) * scales[next - 1] * *flow.x[next - 1] + share * scales[next] * *flow.x[next];
}

void run_flow(const FlowRequest& request, std::stop_token stop, const std::function<void(Flow)>& moment) {
  const int T = request.schedule->steps();
  SamplerProblem problem{*request.schedule,
                         make_timesteps("trailing", *request.schedule, std::min(request.steps, T)),
                         make_point_denoiser(request.model),
                         to_state(gaussian_points({request.seed, streams::forward}, request.count)),
                         request.seed,
                         false};
  Flow flow;
  flow.t = problem.timesteps;
  flow.t.push_back(0);
  const auto sampler = make_sampler(request.sampler, std::move(problem));
  while (!sampler->done()) {
    flow.x.push_back(std::make_shared<const Points>(to_points(sampler->step(stop).x_t)));
    moment(flow);
  }
}

Field make_field(const PointModel& model, const NoiseLevel& level, int side, double aspect, double scale,
                 double range) {
  Field field;
  field.range = range;
  const double wide = std::max(1.0, aspect), high = std::max(1.0, 1 / aspect);
  field.columns = int(std::lround(side * wide)), field.rows = int(std::lround(side * high));
  const auto axis = [&](int count, double end) {  // in x_t
    const double half_pixel = end / count;
    return (Eigen::ArrayXd::LinSpaced(count, half_pixel - end, end - half_pixel) / scale).eval();
  };
  const Eigen::ArrayXd y = axis(field.rows, range * high);
  const Eigen::ArrayXXd density = model.density(axis(field.columns, range * wide), y.reverse(), level.log_snr);
  std::vector<double> sorted(density.data(), density.data() + density.size());
  const double most = 0.003 * side * side;  // the brightest places, however much empty plane there is around them
  const auto bright = sorted.end() - 1 - std::ptrdiff_t(std::min(most, double(sorted.size()) - 1));
  std::nth_element(sorted.begin(), bright, sorted.end());
  const double reference = std::max(*bright, 1e-300);
  field.density.reserve(sorted.size());
  for (int row = 0; row < field.rows; ++row)
    for (int column = 0; column < field.columns; ++column)  // the power lets thin tails be seen
      field.density.push_back(std::uint8_t(255 * std::pow(std::min(density(row, column) / reference, 1.0), 0.6)));

  const double cell = 2 * range / arrows_across;
  const int across = int(std::lround(arrows_across * wide)), down = int(std::lround(arrows_across * high));
  field.at.resize(2, across * down);
  for (int i = 0; i < across * down; ++i)
    field.at.col(i) = Eigen::Array2d(i % across + 0.5 - across / 2.0, i / across + 0.5 - down / 2.0) * cell;
  const double v = level.alpha_bar * model.width() * model.width() + level.variance;
  field.arrows = std::sqrt(v) * model.score(field.at / scale, level.log_snr);
  return field;
}

/// A field takes a few milliseconds, so one that was begun is finished: the picture moves on while the slider does.
void ScoreWork::want_field(const Key& key, std::shared_ptr<const PointModel> model, NoiseLevel level, double aspect,
                           double scale, double range) {
  if (key == field_key_) return;
  field_key_ = key;
  field_worker_.want({field_.job(++last_id_, wake_, [key, model, level, aspect, scale, range](std::stop_token) {
    Field field = make_field(*model, level, 160, aspect, scale, range);
    field.key = key;
    return field;
  })});
}

void ScoreWork::want_flows(std::vector<FlowRequest> requests) {
  std::vector<Key> keys;
  for (const FlowRequest& request : requests) keys.push_back(request.key);
  if (keys == flow_keys_) return;
  std::vector<Job> jobs;
  std::vector<Published<Flow>> flows(keys.size());
  std::vector<std::uint64_t> ids(keys.size());
  for (std::size_t k = 0; k < keys.size(); ++k) {
    const auto same = std::find(flow_keys_.begin(), flow_keys_.end(), keys[k]);
    const bool known = same != flow_keys_.end();
    const std::size_t before = std::size_t(same - flow_keys_.begin());
    if (known) flows[k] = flows_[before];
    ids[k] = known ? flow_ids_[before] : ++last_id_;
    jobs.push_back(flows[k].steps(
        ids[k], wake_,
        [request = std::move(requests[k])](std::stop_token stop, const auto& show) { run_flow(request, stop, show); }));
  }
  flows_ = std::move(flows), flow_ids_ = std::move(ids), flow_keys_ = std::move(keys);
  flow_worker_.want(std::move(jobs));
}

std::shared_ptr<const Field> ScoreWork::field() const { return field_.value(); }

std::shared_ptr<const Flow> ScoreWork::flow(int index) const {
  return index < int(flows_.size()) ? flows_[std::size_t(index)].value() : nullptr;
}

std::string ScoreWork::problem(int index) const {
  const std::string of_flow = index < int(flows_.size()) ? flows_[std::size_t(index)].problem() : "";
  return of_flow.empty() ? field_.problem() : of_flow;
}

}  // namespace noiseglass::app
