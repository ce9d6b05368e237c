#pragma once

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace noiseglass::lessons {

/// How wide the columns of a table are in `room`: as wide as they would like to be where there is room for all; else
/// narrow ones keep their width, and those that want more than an equal share divide the rest in proportion to the
/// square roots of their wishes, so that a column of sentences gets more than one of words, but not all.
template <class Number>
std::vector<Number> share_out(std::vector<Number> wanted, Number room) {
  const auto sum = [](const std::vector<Number>& all) { return std::accumulate(all.begin(), all.end(), Number(0)); };
  if (wanted.empty() || sum(wanted) <= room) return wanted;
  const Number fair = std::max(Number(0), room) / Number(wanted.size());
  Number left = std::max(Number(0), room), roots = 0;
  for (const Number width : wanted) width <= fair ? left -= width : roots += std::sqrt(width);
  for (Number& width : wanted)
    if (width > fair) width = left * std::sqrt(width) / roots;
  return wanted;
}

}  // namespace noiseglass::lessons
