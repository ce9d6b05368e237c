#pragma once

#include <chrono>
#include <string>

namespace noiseglass::exports {

/// How long work that is under way will still take, in words.
class TimeLeft {
 public:
  /// @param done 0 … 1  @returns "about 12 s left"; empty as long as nobody can say
  std::string words(double done) const;

 private:
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
};

/// The same, of a time that has passed.
std::string time_left(double done, double seconds_passed);

}  // namespace noiseglass::exports
