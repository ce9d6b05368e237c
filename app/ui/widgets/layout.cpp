#include "ui/widgets/layout.h"

#include <algorithm>
#include <cmath>

namespace noiseglass::app {
namespace {

/// How long each part is; 0 for those that are dropped.
std::vector<float> share_out(float length, float gap, std::span<const Part> parts) {
  std::vector<bool> kept(parts.size(), true);
  const auto needed = [&] {
    float sum = -gap;
    for (std::size_t i = 0; i < parts.size(); ++i) sum += kept[i] ? parts[i].least + gap : 0;
    return sum;
  };
  while (needed() > length && std::ranges::count(kept, true) > 1) {
    std::size_t lowest = parts.size();
    for (std::size_t i = 0; i < parts.size(); ++i)
      if (kept[i] && (lowest == parts.size() || parts[i].priority <= parts[lowest].priority)) lowest = i;
    kept[lowest] = false;
  }
  std::vector<float> sizes(parts.size(), 0.f);
  float spare = length - needed();
  for (std::size_t i = 0; i < parts.size(); ++i) sizes[i] = kept[i] ? std::min(parts[i].least, length) : 0;
  for (std::size_t round = 0; round <= parts.size() && spare > 0.5f;
       ++round) {  // what one cannot use goes to the others
    float shares = 0;
    for (std::size_t i = 0; i < parts.size(); ++i)
      if (kept[i] && sizes[i] < parts[i].most) shares += parts[i].share;
    if (shares <= 0) break;
    const float each = spare / shares;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (!kept[i] || sizes[i] >= parts[i].most) continue;
      const float more = std::min(each * parts[i].share, parts[i].most - sizes[i]);
      sizes[i] += more, spare -= more;
    }
  }
  return sizes;
}

}  // namespace

bool window_is_short(const Theme& theme) { return ImGui::GetIO().DisplaySize.y < theme.px(660); }

float subject_owed(bool beside_lesson) {
  const ImVec2 window = ImGui::GetIO().DisplaySize;
  return 1.02f * (beside_lesson ? owed_beside_lesson : owed_alone) * window.x * window.y;
}

std::vector<std::optional<Rect>> columns(const Rect& rect, float gap, std::span<const Part> parts) {
  std::vector<std::optional<Rect>> places;
  float x = rect.min.x;
  for (const float width : share_out(rect.width(), gap, parts)) {
    if (width <= 0) {
      places.push_back({});
      continue;
    }
    places.push_back(Rect{{std::round(x), rect.min.y}, {std::round(x + width), rect.max.y}});
    x += width + gap;
  }
  return places;
}

std::vector<std::optional<Rect>> rows(const Rect& rect, float gap, std::span<const Part> parts) {
  std::vector<std::optional<Rect>> places;
  float y = rect.min.y;
  for (const float height : share_out(rect.height(), gap, parts)) {
    if (height <= 0) {
      places.push_back({});
      continue;
    }
    places.push_back(Rect{{rect.min.x, std::round(y)}, {rect.max.x, std::round(y + height)}});
    y += height + gap;
  }
  return places;
}

std::vector<Rect> picture_grid(const Rect& rect, int count, float aspect, float gap, float words) {
  float best = 0;
  int across = 1;
  for (int tried = 1; tried <= count; ++tried) {
    const float down = std::ceil(float(count) / float(tried));
    const float width = std::min((rect.width() - gap * float(tried - 1)) / float(tried),
                                 ((rect.height() - gap * (down - 1)) / down - words) * aspect);
    if (width > best) best = width, across = tried;
  }
  const float width = std::max(1.f, std::floor(best)), height = std::max(1.f, std::floor(width / aspect));
  std::vector<Rect> places;
  for (int i = 0; i < count; ++i) {
    const float x = std::round(rect.min.x + float(i % across) * (width + gap));
    const float y = std::round(rect.min.y + words + float(i / across) * (height + words + gap));
    places.push_back({{x, y}, {x + width, y + height}});
  }
  return places;
}

}  // namespace noiseglass::app
