#pragma once

#include "session/published.h"
#include "session/results.h"
#include "session/worker.h"

#include "noiseglass/sampler.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace noiseglass::app {

class Session;

/// The same step of many runs as that of one, with their pictures in rows of eight.
SamplerStep wall_of(const std::vector<SamplerStep>& steps);

/// A finished wall of samples, all asked for one class, of a network that has a judge.
struct AskedWall {
  std::uint64_t run = 0;
  std::shared_ptr<const RunFrame> end;
  std::string judge;  ///< its file
  int class_index = 0;
};
std::optional<AskedWall> asked_wall(const Session& session, int lane);

/// What the judge makes of it.
struct WallReading {
  int as_asked = 0, of = 0;
  double accuracy = 0;  ///< of the judge, on real pictures
};
/// @throws Error, Cancelled
WallReading read_wall(const AskedWall& wall, std::stop_token stop = {});

/// Reads in a thread of its own.
class WallReader {
 public:
  explicit WallReader(std::function<void()> wake) : wake_(std::move(wake)) {}
  /// @returns null until it is read
  std::shared_ptr<const WallReading> want(const AskedWall& wall);

 private:
  std::function<void()> wake_;
  Published<WallReading> result_;
  Worker worker_;
};

}  // namespace noiseglass::app
