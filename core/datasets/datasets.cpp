#include "datasets/datasets.h"

#include "noiseglass/noise.h"

#include <cmath>
#include <numbers>

namespace noiseglass {

const std::vector<DatasetRecord>& dataset_records() {
  static const std::vector<DatasetRecord> records = {
      datasets::two_moons(),  //
      datasets::spiral(),     //
      datasets::rings(),      //
      datasets::mixture(),    //
      datasets::letters(),    //
  };
  return records;
}

Points make_dataset(const std::string& id, int count, std::uint64_t seed) {
  const DatasetRecord& record = find_record("data set", dataset_records(), id);
  if (count < 1 || count > max_points) {
    throw UsageError("a set of " + std::to_string(count) + " points cannot be made: ask for 1 to " +
                     std::to_string(max_points));
  }
  return record.make(count, seed);
}

Points standardised(const Points& points) {
  if (points.cols() == 0) return points;
  const Points centred = points.colwise() - points.rowwise().mean().eval();
  const double mean_square = centred.square().sum() / double(points.cols());
  return mean_square > 1e-12 ? Points(centred * std::sqrt(2 / mean_square)) : centred;
}

namespace datasets {
namespace {

double uniform(std::uint32_t word) { return (word + 0.5) / 4294967296.0; }

std::array<std::uint32_t, 4> words(std::uint64_t seed, std::uint32_t i) {
  return philox4x32({i, 0, std::uint32_t(streams::dataset(0)), std::uint32_t(streams::dataset(0) >> 32)},
                    {std::uint32_t(seed), std::uint32_t(seed >> 32)});
}

}  // namespace

Draw draw(std::uint64_t seed, int i) {
  const auto word = words(seed, std::uint32_t(i) + 1);
  const double start = uniform(words(seed, 0)[0]);
  const double place = start + i * (std::numbers::phi - 1);
  float normal[2];
  fill_gaussian({seed, streams::dataset(1)}, 2 * std::uint64_t(i), normal);
  return {place - std::floor(place), {uniform(word[0]), uniform(word[1])}, {normal[0], normal[1]}};
}

Points from_draws(int count, std::uint64_t seed, const std::function<Eigen::Array2d(const Draw&)>& point) {
  Points points(2, count);
  for (int i = 0; i < count; ++i) points.col(i) = point(draw(seed, i));
  return standardised(points);
}

}  // namespace datasets
}  // namespace noiseglass
