#include "ui/widgets/reading_order.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace noiseglass::app {
namespace {

using Order = std::vector<std::size_t>;
constexpr float slack = 1;  // pixels that neighbours may lie over each other

/// Along y or along x.
struct Axis {
  bool down;
  float begin(const Rect& r) const { return down ? r.min.y : r.min.x; }
  float end(const Rect& r) const { return down ? r.max.y : r.max.x; }
};

/// Sorts along the axis. @returns how many lie before the first gap; all of them where there is none
std::size_t before_gap(std::span<const Rect> places, Order& order, Axis axis) {
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return axis.begin(places[i]); });
  float reached = axis.end(places[order.front()]);
  for (std::size_t k = 1; k < order.size(); ++k) {
    if (axis.begin(places[order[k]]) >= reached - slack) return k;
    reached = std::max(reached, axis.end(places[order[k]]));
  }
  return order.size();
}

void put_in_order(std::span<const Rect> places, Order order, Order& out) {
  while (!order.empty()) {
    std::size_t cut = before_gap(places, order, {true});
    if (cut == order.size() && cut > 1) cut = before_gap(places, order, {false});
    if (cut == order.size()) {
      std::ranges::stable_sort(order, {}, [&](std::size_t i) { return std::tuple(places[i].min.y, places[i].min.x); });
      out.insert(out.end(), order.begin(), order.end());
      return;
    }
    const auto end = order.begin() + std::ptrdiff_t(cut);
    put_in_order(places, Order(order.begin(), end), out);
    order.erase(order.begin(), end);
  }
}

}  // namespace

std::vector<std::size_t> reading_order(std::span<const Rect> places) {
  Order all(places.size()), out;
  std::iota(all.begin(), all.end(), std::size_t(0));
  put_in_order(places, std::move(all), out);
  return out;
}

}  // namespace noiseglass::app
