#include "ui/panels/guidance/rows_plan.h"

#include "ui/lessons/lessons.h"
#include "ui/panels/shared/picture_tiles.h"
#include "ui/widgets/layout.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace noiseglass::app {
namespace {

/// A plan's area; nothing if there are pictures too small to be seen.
RowsPlan judged(RowsPlan plan, std::array<int, 3> counts, float least) {
  plan.area = 0;
  plan.counts = counts;
  for (std::size_t i = 0; i < 3; ++i) {
    if (plan.lines[i] == 0) continue;
    plan.side[i] = std::floor(plan.side[i]);
    if (plan.side[i] < least) return {};
    plan.area += float(counts[i]) * plan.side[i] * plan.side[i];
  }
  return plan;
}

/// One below the other: as wide as they fit, then all made smaller until they fit in height.
RowsPlan below_each_other(const Theme& theme, const Rect& rect, std::array<int, 3> counts, std::array<int, 3> lines) {
  RowsPlan plan{.lines = lines};
  const float gaps[] = {theme.px(picture_gap), theme.px(picture_gap), theme.px(sign_gap)};
  float words = -theme.px(row_gap), pictures = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    if (lines[i] == 0) continue;
    plan.across[i] = (counts[i] + lines[i] - 1) / lines[i];
    plan.side[i] = (rect.width() - gaps[i] * float(plan.across[i] - 1)) / float(plan.across[i]);
    words += theme.px(row_gap + heading_height) + float(lines[i]) * theme.px(i == 2 ? tile_caption : label_height);
    pictures += float(lines[i]) * plan.side[i];
  }
  const float fits = std::clamp((rect.height() - words) / pictures, 0.f, 1.f);
  for (float& side : plan.side) side *= fits;
  return plan;
}

/// Classes and weights in one band of so many lines; the predictions below it get what is left, or `first` all that
/// they can use.
RowsPlan beside_each_other(const Theme& theme, const Rect& rect, std::array<int, 3> counts, int lines, bool first) {
  RowsPlan plan{.lines = {lines, lines, 1}, .beside = true};
  for (std::size_t i = 0; i < 3; ++i) plan.across[i] = (counts[i] + plan.lines[i] - 1) / plan.lines[i];
  const int both = plan.across[0] + plan.across[1];
  float band = (rect.width() - theme.px(band_gap) - theme.px(picture_gap) * float(both - 2)) / float(both);
  float prediction = (rect.width() - theme.px(sign_gap) * float(counts[2] - 1)) / float(counts[2]);
  const float words = theme.px(row_gap + 2 * heading_height + tile_caption) + float(lines) * theme.px(label_height);
  const float room = rect.height() - words;
  if (first)
    prediction = std::min(prediction, room), band = std::min(band, (room - prediction) / float(lines));
  else
    band = std::min(band, room / float(lines)), prediction = std::min(prediction, room - band * float(lines));
  plan.side = {band, band, prediction};
  return plan;
}

RowsPlan best_of(const Theme& theme, const Rect& rect, std::array<int, 3> counts, std::array<int, 3> shown) {
  const float least = theme.px(58);
  RowsPlan best;
  const auto consider = [&](const RowsPlan& plan) {
    if (const RowsPlan found = judged(plan, counts, least); found.area > best.area) best = found;
  };
  for (int classes = shown[0]; classes <= 2 * shown[0]; ++classes)
    for (int weights = shown[1]; weights <= 2 * shown[1]; ++weights)
      consider(below_each_other(theme, rect, counts, {classes, weights, shown[2]}));
  if (shown == std::array{1, 1, 1})
    for (int lines = 1; lines <= 3; ++lines)
      for (const bool first : {false, true}) consider(beside_each_other(theme, rect, counts, lines, first));
  return best;
}

}  // namespace

RowsPlan plan_rows(const Ui& ui, const Rect& rect, std::array<int, 3> counts) {
  const auto points_at = [&](const char* name) {
    return std::ranges::any_of(ui.marks.highlighted,
                               [&](const std::string& at) { return at.starts_with(std::string("guidance.") + name); });
  };
  const bool keep_classes = points_at("classes") || points_at("of_class");
  const float owed = subject_owed(ui.lesson.reader.is_open() && !ui.lesson.folded);
  const std::array<int, 3> without = keep_classes ? std::array{1, 0, 1} : std::array{0, 1, 1};
  const std::array<int, 3> alone = keep_classes ? std::array{1, 0, 0} : std::array{0, 1, 0};
  std::array<int, 3> fewer = counts;
  if (!keep_classes) --fewer[1];
  RowsPlan best;
  const std::pair<std::array<int, 3>, std::array<int, 3>> choices[] = {
      {{1, 1, 1}, counts}, {without, counts}, {alone, counts}, {alone, fewer}};
  for (const auto& [shown, count] : choices) {
    const RowsPlan plan = best_of(ui.theme, rect, count, shown);
    if (plan.area > best.area) best = plan;
    if (best.area > owed) return best;
  }
  if (best.area > 0) return best;
  best = below_each_other(ui.theme, rect, counts, {0, 1, 0});
  best.counts = counts;
  return best;
}

}  // namespace noiseglass::app
