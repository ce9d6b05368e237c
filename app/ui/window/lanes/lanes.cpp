#include "ui/widgets/layout.h"
#include "ui/window/lanes/lane_parts.h"
#include "ui/window/zoom.h"

#include "session/lane_words.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

namespace noiseglass::app {
namespace {

TwoLanes words_of(const Session& session) {
  TwoLanes words;
  for (int i = 0; i < 2; ++i)
    words[std::size_t(i)] = lane_words(session.state().lanes[std::size_t(i)], session.lane(i).model);
  return words;
}

constexpr float caption_height = 24, note_height = 20;  // design pixels
float header_height(const Theme& theme) { return theme.px(theme.projecting ? 28 : 32); }
float lane_gap(const Theme& theme) { return theme.px(theme.projecting ? 8 : 16); }

/// For how the picture was fitted, below the tiles; a flat lane has no room to lose: there it is said where lanes are
/// changed.
float note_room(const Session& session, const Theme& theme, int index, float lane_height) {
  const bool flat = lane_height <= theme.px(240) || window_is_short(theme);
  return session.lane(index).full_size || flat ? 0 : theme.px(note_height);
}

Rect tile(float x, float y, float width, float aspect) {
  width = std::max(1.f, std::floor(width));
  const float height = std::max(1.f, std::floor(width / aspect));
  x = std::round(x), y = std::round(y);
  return {{x, y}, {x + width, y + height}};
}

/// One lane projected: two are all that a hall looks at, x_t and x̂₀, as large as they go.
std::array<Rect, 3> two_large(const Rect& body, float aspect, float gap, float caption) {
  const auto places = picture_grid({{body.min.x, body.min.y - caption}, body.max}, 2, aspect, gap, caption);
  return {places[0], places[1], places[1]};
}

struct Places {
  std::array<Rect, 3> tiles;
  int count = 3;  // how many of them are drawn
};

/// Where x_t, x̂₀ and ε̂ go: in a row, or x_t large with the guesses beside it one above the other, where that makes
/// more of the screen by a tenth: x̂₀ is looked at no less.
std::array<Rect, 3> lay_out(const Rect& body, float aspect, float gap, float caption) {
  const float row = std::min((body.width() - 2 * gap) / 3, body.height() * aspect);
  const float between = gap + caption;  // of the two guesses
  const float high = std::min(body.height(), (body.width() - gap + aspect * between / 2) / (1.5f * aspect));
  const float low = (high - between) / 2;
  const ImVec2 at = body.min;
  if (low > 0 && high * high + 2 * low * low > 1.1f * 3 * row * row / (aspect * aspect)) {
    const float x = at.x + high * aspect + gap;
    return {tile(at.x, at.y, high * aspect, aspect), tile(x, at.y, low * aspect, aspect),
            tile(x, at.y + low + between, low * aspect, aspect)};
  }
  return {tile(at.x, at.y, row, aspect), tile(at.x + row + gap, at.y, row, aspect),
          tile(at.x + 2 * (row + gap), at.y, row, aspect)};
}

/// A wall of samples has all the room for itself.
Places places_in(const Ui& ui, int index, const Rect& body, bool named) {
  const Shape shape = ui.session.shown_shape(index);
  const float aspect = float(shape.width) / float(shape.height), gap = lane_gap(ui.theme),
              caption = ui.theme.px(caption_height);
  if (ui.session.samples(index) > 1) {
    const Rect wall = picture_grid({{body.min.x, body.min.y - caption}, body.max}, 1, aspect, gap, caption)[0];
    return {{wall, wall, wall}, 1};
  }
  return named ? Places{lay_out(body, aspect, gap, caption), 3} : Places{two_large(body, aspect, gap, caption), 2};
}

/// How much of the screen the pictures of lane 1 would take in a lane of this size.
float area_of_tiles(const Ui& ui, const Rect& rect) {
  const Theme& theme = ui.theme;
  Rect body = rect;
  body.min.y += header_height(theme) + theme.px(caption_height);
  body.max.y -= note_room(ui.session, theme, 0, rect.height());
  float area = 0;
  const Places places = places_in(ui, 0, body, true);
  for (int i = 0; i < places.count; ++i)
    area += places.tiles[std::size_t(i)].width() * places.tiles[std::size_t(i)].height();
  return area;
}

void draw_lane(Ui& ui, int index, const Rect& rect) {
  const Theme& theme = ui.theme;
  const LaneView& lane = ui.session.lane(index);
  const bool named = !theme.projecting || ui.session.state().lane_count == 2;
  const float header = named ? header_height(theme) : 0, caption = theme.px(caption_height);
  const float note = note_room(ui.session, theme, index, rect.height());
  if (named) draw_lane_header(ui, index, {rect.min, {rect.max.x, rect.min.y + header}});
  const Rect body{{rect.min.x, rect.min.y + header + caption}, {rect.max.x, rect.max.y - note}};
  const auto [places, count] = places_in(ui, index, body, named);
  std::array<ViewRect, 3> views;
  for (int i = 0; i < 3; ++i) views[i] = zoomed_view(ui.next, places[i]);
  const std::array<Tile, 3> tiles = lane_tiles(ui, index, views);
  static const char* names[] = {"x_t", "x_0", "epsilon"};
  static const char* parts[] = {"x_t", "x0_hat", "epsilon_hat"};
  for (int i = 0; i < count; ++i) {
    exports::ExportRequest taken;
    taken.of = parts[i], taken.lane = index;
    draw_tile(ui, tiles[i], places[i], lane_landmark(index, names[i]), taken);
  }
  if (note > 0 && !lane.note.empty())
    draw_text_fitting(theme.small, {body.min.x, places[0].max.y + theme.px(4)}, theme.dim,
                      "For this network the picture was " + lane.note + ".", body.width());
}

}  // namespace

std::array<std::string, 2> lane_titles(const Session& session) {
  return lane_titles(words_of(session), session.state().lane_count);
}

std::array<std::string, 2> schedule_titles(const Session& session) {
  return schedule_titles(words_of(session), session.state().lane_count);
}

std::string lane_details(const Session& session, int lane) {
  return lane_details(words_of(session), session.state().lane_count, lane);
}

float lanes_width(const Session& session, const Theme& theme, float height) {
  const int count = session.state().lane_count;
  float widest = theme.px(720);  // the headers
  for (int i = 0; i < count; ++i) {
    const Shape shape = session.shown_shape(i);
    const float each = (height - lane_gap(theme) * float(count - 1)) / float(count);
    const float picture = each - header_height(theme) - theme.px(caption_height) - note_room(session, theme, i, each);
    const float tiles = count == 1 ? 1.5f : 3;  // x_t large beside two small ones, or three in a row
    widest = std::max(widest, tiles * picture * float(shape.width) / float(shape.height) + 2 * lane_gap(theme));
  }
  return widest;
}

void draw_lanes(Ui& ui, const Rect& rect) {
  begin_area("lanes", rect);
  const int count = ui.session.state().lane_count;
  const float gap = lane_gap(ui.theme);
  const std::vector<Part> parts(std::size_t(count), Part{});
  const auto stacked = rows(rect, gap, parts), beside = columns(rect, gap, parts);
  // Beside each other where that makes the pictures clearly larger and leaves room for the words above them.
  const bool wall = ui.session.samples(0) > 1;  // it says little above itself
  const auto area = [&](const std::optional<Rect>& place) { return place ? area_of_tiles(ui, *place) : 0; };
  const bool roomy = beside[0] && beside[0]->width() > ui.theme.px(wall ? 260 : 400);
  const bool is_beside = roomy && area(beside[0]) > 1.3f * area(stacked[0]);
  for (int i = 0; i < count; ++i)
    if (const auto& place = (is_beside ? beside : stacked)[std::size_t(i)]) draw_lane(ui, i, *place);
  ImGui::EndChild();
}

}  // namespace noiseglass::app
