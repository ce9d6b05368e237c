#include "tests/app/layout/contract.h"

#include "ui/lessons/lessons.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace noiseglass::app {
namespace {

using Item = LayoutRecord::Item;
using Kind = LayoutRecord::Kind;

constexpr float smallest_font = 13, smallest_subject = 56;  // design pixels

/// Names of pictures and files are as long as people make them.
bool may_be_shortened(const Item& text, const Stage& stage) {
  const std::string part = text.name.substr(0, text.name.size() - 3);
  Stage& all = const_cast<Stage&>(stage);
  const LessonReader& reader = all.contents().lesson().reader;
  return all.session().picture().title.starts_with(part) ||
         (reader.is_open() && reader.lesson().title.starts_with(part));
}

bool in_window(const Item& item) { return item.layer == "noiseglass"; }

/// The part of a text that has ink: no ascenders and descenders that this line may not have.
Rect ink(const Item& text) {
  const float trim = 0.18f * text.font_size;
  return {{text.seen.min.x + 1, text.seen.min.y + trim}, {text.seen.max.x - 1, text.seen.max.y - trim}};
}

bool overlap(const Rect& a, const Rect& b) {
  return a.min.x < b.max.x && b.min.x < a.max.x && a.min.y < b.max.y && b.min.y < a.max.y;
}

bool inside(const Rect& inner, const Rect& outer, float slack) {
  return inner.min.x >= outer.min.x - slack && inner.max.x <= outer.max.x + slack &&
         inner.min.y >= outer.min.y - slack && inner.max.y <= outer.max.y + slack;
}

Rect grown(const Rect& rect, float by) {
  return {{rect.min.x - by, rect.min.y - by}, {rect.max.x + by, rect.max.y + by}};
}

std::string brief(const std::string& text) {
  return "“" + (text.size() > 60 ? text.substr(0, 57) + "..." : text) + "”";
}

std::string place(const Rect& r) {
  char text[64];
  std::snprintf(text, sizeof text, " at %.0f,%.0f %.0f×%.0f", double(r.min.x), double(r.min.y), double(r.width()),
                double(r.height()));
  return text;
}

}  // namespace

double subject_share(const LayoutRecord& record, const WindowSize& size) {
  constexpr int cell = 4;  // pixels: counting cells that are covered is a union of rectangles
  const int across = size.width / cell, down = size.height / cell;
  std::vector<bool> covered(std::size_t(across) * std::size_t(down), false);
  for (const Item& item : record.items) {
    if (item.kind != Kind::subject || !in_window(item)) continue;
    const int left = std::max(0, int(item.seen.min.x / cell)), right = std::min(across, int(item.seen.max.x / cell));
    const int top = std::max(0, int(item.seen.min.y / cell)), bottom = std::min(down, int(item.seen.max.y / cell));
    for (int y = top; y < bottom; ++y)
      for (int x = left; x < right; ++x) covered[std::size_t(y) * std::size_t(across) + std::size_t(x)] = true;
  }
  return double(std::ranges::count(covered, true)) / double(covered.size());
}

std::vector<Finding> check_layout(const Stage& stage, const std::string& where, double least_share) {
  std::vector<Finding> found;
  const auto add = [&](const char* kind, const std::string& what) { found.push_back({kind, where, what}); };
  const WindowSize& size = stage.size();
  const Rect window{{0, 0}, {float(size.width), float(size.height)}};
  // What is projected is read from the last row.
  const float smallest = stage.contents().projecting() ? float(size.height) / 45 : smallest_font * size.scale;
  std::vector<const Item*> texts;
  for (const Item& item : stage.record().items) {
    if (!in_window(item)) continue;
    const bool seen = item.seen.width() > 0;
    if (!item.scrolls && !inside(item.rect, window, 1)) add("outside", brief(item.name) + place(item.rect));
    if (item.kind == Kind::subject && std::min(item.rect.width(), item.rect.height()) < smallest_subject * size.scale &&
        !item.name.ends_with("strip"))
      add("stamp", item.name + place(item.rect));
    if (item.kind != Kind::text) continue;
    if (seen) texts.push_back(&item);
    if (item.font_size < 0.99f * smallest) add("small", brief(item.name) + place(item.rect));
    if (item.shortened && !may_be_shortened(item, stage)) add("cut", brief(item.name));
    if (!item.scrolls && !inside(item.rect, item.seen, 1.5f) && inside(item.rect, window, 1))
      add("cut", brief(item.name) + place(item.rect));
  }
  for (std::size_t i = 0; i < texts.size(); ++i)
    for (std::size_t j = i + 1; j < texts.size(); ++j)
      if (overlap(ink(*texts[i]), ink(*texts[j])))
        add("overlap", brief(texts[i]->name) + " and " + brief(texts[j]->name) + place(texts[i]->rect));
  if (const double share = subject_share(stage.record(), size); share < least_share)
    add("subject", std::to_string(int(std::lround(100 * share))) + " % of the window");
  return found;
}

std::vector<Finding> check_mentioned(const Stage& stage, const std::string& where) {
  std::vector<Finding> found;
  const Rect window{{0, 0}, {float(stage.size().width), float(stage.size().height)}};
  const auto hidden = [&](const std::string& name) {
    const auto at = stage.contents().landmarks().find(name);
    if (at == stage.contents().landmarks().end() || !inside(at->second, window, 1)) return true;
    if (at->second.width() < 4 || at->second.height() < 4) return true;
    return std::ranges::any_of(stage.record().items, [&](const Item& item) {
      return item.kind == Kind::control && item.name == name && !inside(item.rect, item.seen, 2);
    });
  };
  for (const std::string& name : stage.contents().marks().highlighted) {
    if (hidden(name)) {
      found.push_back({"missing", where, name});
      continue;
    }
    // The ring around it goes through no text: each is inside of it, or outside.
    const Rect at = stage.contents().landmarks().at(name);
    const Rect outer = grown(at, 4.5f * stage.size().scale), inner = grown(at, 2 * stage.size().scale);
    for (const Item& item : stage.record().items)
      if (item.kind == Kind::text && in_window(item) && item.seen.width() > 0 && overlap(ink(item), outer) &&
          !inside(ink(item), inner, 0))
        found.push_back({"struck", where, name + " and " + brief(item.name) + place(item.rect)});
  }
  return found;
}

}  // namespace noiseglass::app
