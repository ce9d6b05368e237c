#include "export/time_left.h"

#include <cmath>

namespace noiseglass::exports {

std::string TimeLeft::words(double done) const {
  return time_left(done, std::chrono::duration<double>(std::chrono::steady_clock::now() - began_).count());
}

std::string time_left(double done, double passed) {
  if (done < 0.02 || passed < 1) return "";
  const double left = passed * (1 - done) / done;
  if (left < 90) return "about " + std::to_string(int(std::ceil(left))) + " s left";
  return "about " + std::to_string(int(std::lround(left / 60))) + " min left";
}

}  // namespace noiseglass::exports
