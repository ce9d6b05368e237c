#include "ui/widgets/layout.h"
#include "ui/widgets/layout_record.h"
#include "ui/window/exporter.h"
#include "ui/window/wipe.h"
#include "ui/window/zoom.h"

#include "noiseglass/sampler.h"
#include "session/lane_words.h"
#include "session/measures.h"
#include "session/wall.h"

#include <algorithm>
#include <cctype>
#include <cmath>

namespace noiseglass::app {
namespace {

TwoLanes words_of(const Session& session) {
  TwoLanes words;
  for (int i = 0; i < 2; ++i)
    words[std::size_t(i)] = lane_words(session.state().lanes[std::size_t(i)], session.lane(i).model);
  return words;
}

struct Tile {
  const char* symbol;
  std::string caption;
  std::string tag;  // how it came about: exact, learned, cheating
  unsigned texture;
  bool dimmed = false;
  std::string empty = {};     // said where there is no picture
  std::string brief = {};     // the caption where there is little room
  float progress = 0;         // of the network, where it takes its time
  unsigned next_texture = 0;  // the moment that this one passes into
  float blend = 0;            // how far it has
  bool compares = false;      // with the original, which is uploaded only where it is seen
  unsigned original = 0;
};

/// What tests and lessons call it: lanes are 1 and 2 for people.
std::string lane_landmark(int index, const char* what) { return "lane" + std::to_string(index + 1) + "." + what; }

std::string honesty(const Session& session, int index) {
  const auto& record = find_record("denoiser", denoiser_records(), session.state().lanes[index].denoiser);
  return to_string(record.honesty);
}

/// What is seen of x_t, and the same where there is little room.
struct Caption {
  std::string full, brief;
};
Caption about_samples(Ui& ui, int index) {
  const LaneView& lane = ui.session.lane(index);
  const int samples = ui.session.samples(index);
  if (samples == 1) return {"the run so far", ""};
  const std::string count = std::to_string(samples) + " samples";
  if (lane.t > 0) return {count + " so far", count};
  const auto wall = asked_wall(ui.session, index);
  if (!wall) return {count, count};
  auto& reader = ui.graphics.wall_readers[std::size_t(index)];
  if (!reader) reader = std::make_unique<WallReader>(ui.wake);
  const auto reading = reader->want(*wall);
  if (!reading) return {count, count};
  const std::string read = std::to_string(reading->as_asked) + " of " + std::to_string(reading->of) + " read as " +
                           lane.model->class_names[std::size_t(wall->class_index)];
  return {read + " by a classifier, which reads " + fixed(100 * reading->accuracy, 1) + " % of real ones", read};
}

/// x_t, x̂₀ and ε̂ of a run.
std::array<Tile, 3> run_tiles(Ui& ui, int index, const std::array<ViewRect, 3>& views) {
  const LaneView& lane = ui.session.lane(index);
  LanePictures& pictures = ui.graphics.pictures[index];
  const std::string how = honesty(ui.session, index);
  const std::string waiting = lane.run_problem.empty() ? "computing…" : lane.run_problem;
  const bool compared = lane.frame && lane.frame->quality.psnr > 0 && lane.run_problem.empty() &&
                        ui.session.state().origin == Origin::picture;
  std::string quality = compared ? to_string(lane.frame->quality) : "";
  Caption so_far = about_samples(ui, index);
  std::string estimate = "estimated picture";
  if (lane.next && lane.blend > 0) {  // what is shown was not computed
    so_far.full = "blended between t = " + std::to_string(lane.frame->t) + " and " + std::to_string(lane.next->t);
    estimate += ", blended";
    quality.clear();
    if (so_far.brief.empty()) so_far.brief = "blended";
  }
  const float blend = float(lane.blend);
  const Tile x_t{"xₜ",
                 so_far.full,
                 lane.frame ? how : "exact",
                 pictures.x_t(ui.graphics.mixer, ui.session, index, views[0]),
                 false,
                 "",
                 so_far.brief,
                 0,
                 pictures.next_x_t(ui.graphics.mixer, ui.session, index, views[0]),
                 blend};
  const Tile x_0{"x̂₀",
                 estimate + (quality.empty() ? "" : ", " + quality),
                 how,
                 pictures.x_0(ui.session, index, views[1]),
                 false,
                 waiting,
                 quality.empty() ? "guess" : quality,
                 float(ui.session.progress(index)),
                 pictures.next_x_0(ui.session, index, views[1]),
                 blend};
  const bool clean = lane.t == 0;
  const Tile epsilon{"ε̂",
                     "predicted noise",
                     how,
                     clean ? 0 : pictures.epsilon(ui.session, index, views[2]),
                     false,
                     clean ? "no noise is left at t = 0" : waiting,
                     "",
                     0,
                     lane.next && lane.next->t > 0 ? pictures.next_epsilon(ui.session, index, views[2]) : 0,
                     blend};
  return {x_t, x_0, epsilon};
}

/// x_t at the slider, and what the denoiser makes of it: at once a quick look, and when the slider rests the whole.
std::array<Tile, 3> forward_tiles(Ui& ui, int index, const std::array<ViewRect, 3>& views) {
  const LaneView& lane = ui.session.lane(index);
  LanePictures& pictures = ui.graphics.pictures[index];
  const bool clean = lane.t == 0, stale = !lane.preview_current;
  const std::string how = clean ? "exact" : honesty(ui.session, index);
  const std::string waiting = lane.preview_problem.empty() ? "computing…" : lane.preview_problem;
  const std::string words = about_guess_of(lane);
  const bool measured = lane.preview && !stale && !clean && !lane.preview->quick && lane.preview->quality.psnr > 0;
  const std::string quality = measured ? to_string(lane.preview->quality) : "";
  const bool chain = ui.session.state().shown_epsilon() == Epsilon::chain;
  Tile x_t{"xₜ",
           clean   ? "clean picture"
           : chain ? "noisy picture, a chain of steps"
                   : "noisy picture, one ε",
           "exact", pictures.x_t(ui.graphics.mixer, ui.session, index, views[0])};
  if (!clean) x_t.brief = chain ? "a chain of steps" : "one ε";
  const Tile x_0{"x̂₀",
                 words.empty() ? "estimated picture" + (measured ? ", " + quality : "") : words,
                 how,
                 pictures.x_0(ui.session, index, views[1]),
                 stale,
                 waiting,
                 measured        ? quality
                 : words.empty() ? "guess"
                                 : words,
                 float(ui.session.progress(index))};
  const Tile epsilon{"ε̂",   words.empty() ? "predicted noise" : words,
                     how,   clean ? 0 : pictures.epsilon(ui.session, index, views[2]),
                     stale, clean ? "no noise is left at t = 0" : waiting,
                     words};
  return {x_t, x_0, epsilon};
}

void draw_tile(Ui& ui, const Tile& tile, const Rect& picture, const std::string& id,
               const exports::ExportRequest& taken) {
  const Theme& theme = ui.theme;
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const float caption_y = picture.min.y - theme.px(22);
  float x = picture.min.x + draw_text(theme.strong, {picture.min.x, caption_y - theme.px(1)}, theme.text, tile.symbol) +
            theme.px(8);
  const bool pointed = tile.texture && point_at(ui, {{picture.min.x, caption_y}, picture.max}, taken);
  const float tag_width = text_width(theme.small, tile.tag) + (pointed ? theme.px(28) : 0);
  const bool cheats = tile.tag == "cheating";
  const float room = picture.max.x - tag_width - theme.px(8) - x;
  const bool cramped = !tile.brief.empty() && text_width(theme.small, tile.caption) > room;
  if (room > theme.px(40))
    draw_text_fitting(theme.small, {x, caption_y + theme.px(1)}, theme.dim, cramped ? tile.brief : tile.caption, room);
  if (pointed) draw_save_button(ui, id, {picture.max.x, caption_y - theme.px(2)}, taken);
  if (picture.width() > theme.px(110))
    draw_text(theme.small, {picture.max.x - tag_width, caption_y + theme.px(1)}, cheats ? theme.warning : theme.dim,
              tile.tag);

  const bool wipes = tile.compares && tile.texture && drag_wipe(ui, id, picture);
  ImGui::SetCursorScreenPos(picture.min);
  ImGui::InvisibleButton(id.c_str(), {std::max(1.f, picture.width()), std::max(1.f, picture.height())});
  zoom_and_pan(ui, picture);
  ui.landmarks[id] = picture;
  note_subject(id, picture);
  if (tile.texture) {
    draw.AddImage(ImTextureID(std::intptr_t(tile.texture)), picture.min, picture.max);
    if (tile.next_texture && tile.blend > 0)
      draw.AddImage(ImTextureID(std::intptr_t(tile.next_texture)), picture.min, picture.max, {0, 0}, {1, 1},
                    IM_COL32(255, 255, 255, int(255 * tile.blend)));
    if (tile.dimmed) draw.AddRectFilled(picture.min, picture.max, faded(theme.ground, 0.4f));
    if (tile.compares) draw_wipe(ui, picture, tile.original, wipes);
  } else {
    draw.AddRectFilled(picture.min, picture.max, theme.surface, theme.px(4));
    draw_text_wrapped(theme.small, {picture.min.x + theme.px(12), picture.min.y + theme.px(12)}, theme.dim, tile.empty,
                      picture.width() - theme.px(24));
  }
  if (tile.progress <= 0) return;
  const ImVec2 bar{picture.min.x, picture.max.y - theme.px(4)};
  draw.AddRectFilled(bar, picture.max, faded(theme.ground, 0.7f));
  draw.AddRectFilled(bar, {bar.x + tile.progress * picture.width(), picture.max.y}, theme.accent);
}

/// The other signal-to-noise ratio at a click; both in the tooltip.
void switch_snr(Ui& ui, int index, const Rect& rect) {
  const LaneView& lane = ui.session.lane(index);
  ImGui::SetCursorScreenPos(rect.min);
  if (ImGui::InvisibleButton(lane_landmark(index, "snr").c_str(), {rect.width(), rect.height()}))
    ui.next.snr_of = SnrOf(1 - int(ui.next.snr_of));
  ui.landmarks[lane_landmark(index, "snr")] = rect;
  tooltip(ui.theme, (about_snr(lane) + "\nA click shows the other.").c_str());
}

/// "ᾱ 0.213   β 0.0085 …", in columns so that digits do not dance. @returns the left end
float draw_values(Ui& ui, int index, float right, float y, float room) {
  const Theme& theme = ui.theme;
  const LaneView& lane = ui.session.lane(index);
  const Schedule& schedule = *lane.schedule;
  const bool own = ui.next.snr_of == SnrOf::picture;
  struct Value {
    const char* name;
    std::string value;
    float width;
  };
  const Value values[] = {own ? Value{"picture’s SNR", fixed(own_snr_db(lane), 1) + " dB", 168}
                              : Value{"SNR", fixed(schedule.snr_db(lane.t), 1) + " dB", 104},
                          {"σ", fixed(schedule.sigma(lane.t), 3), 60},
                          {"β", lane.t ? fixed(schedule.beta(lane.t), 4) : "–", 68},
                          {"ᾱ", fixed(schedule.alpha_bar(lane.t), 4), 68},
                          {"t", std::to_string(lane.t), 48}};
  float x = right;
  for (const auto& value : values) {
    if (x - theme.px(value.width) < right - room) break;
    x -= theme.px(value.width);
    const float name = draw_text(theme.small, {x, y}, theme.dim, value.name);
    draw_text(theme.small, {x + name + theme.px(6), y}, theme.text, value.value);
    if (&value == &values[0]) switch_snr(ui, index, {{x, y}, {right, y + theme.small->FontSize}});
  }
  return x;
}

void draw_header(Ui& ui, int index, const Rect& rect) {
  const Theme& theme = ui.theme;
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const std::string title = lane_titles(ui.session)[index];
  const float text_y = rect.min.y + (rect.height() - theme.small->FontSize) / 2;
  const float values_left = draw_values(ui, index, rect.max.x, text_y + theme.px(1), rect.width() * 0.62f);
  draw.AddRectFilled({rect.min.x, rect.min.y + theme.px(6)}, {rect.min.x + theme.px(4), rect.max.y - theme.px(6)},
                     theme.lane[index], theme.px(2));
  const std::string popup = "lane settings " + std::to_string(index);
  const float x = rect.min.x + theme.px(8);
  const float title_width = text_width(theme.title, title), button_room = values_left - x - theme.px(16);
  ImGui::SetCursorScreenPos({x, rect.min.y});
  const std::string details = lane_details(ui.session, index);
  const float all = std::min(button_room, title_width + theme.px(24) + text_width(theme.small, details) + theme.px(28));
  if (ImGui::InvisibleButton(popup.c_str(), {std::max(theme.px(60), all), rect.height()}))
    ImGui::OpenPopup(popup.c_str());
  ui.landmarks[lane_landmark(index, "settings")] = {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()};
  const bool hovered = ImGui::IsItemHovered();
  if (hovered) draw.AddRectFilled(ImGui::GetItemRectMin(), ImGui::GetItemRectMax(), theme.raised, theme.px(6));
  const std::string& note = ui.session.lane(index).note;
  tooltip(theme, ("Change this lane: schedule, denoiser, sampler, number of steps." +
                  (note.empty() ? "" : "\nFor this network the picture was " + note + "."))
                     .c_str());
  float at = x + theme.px(8);
  at += draw_text_cut(theme.title, {at, rect.min.y + (rect.height() - theme.title->FontSize) / 2}, theme.text, title,
                      button_room);
  at += theme.px(12);
  const float details_room = x + all - theme.px(28) - at;
  if (details_room > theme.px(80))
    at += draw_text_fitting(theme.small, {at, text_y + theme.px(1)}, theme.dim, details, details_room);
  const ImVec2 c{at + theme.px(12), rect.min.y + rect.height() / 2 + theme.px(2)};
  if (at + theme.px(20) < values_left)
    draw.AddTriangleFilled({c.x - theme.px(4), c.y - theme.px(2)}, {c.x + theme.px(4), c.y - theme.px(2)},
                           {c.x, c.y + theme.px(3)}, hovered ? theme.text : theme.dim);
  if (ImGui::IsPopupOpen(popup.c_str())) {  // at the right, so that x_t is seen to change
    const float width = theme.px(360);
    const Rect right{{std::max(rect.min.x, rect.max.x - width), rect.min.y},
                     {rect.max.x, ImGui::GetIO().DisplaySize.y}};
    open_below(theme, rect, width, right);
  }
  if (ImGui::BeginPopup(popup.c_str())) {
    draw_lane_settings(ui, index);
    ImGui::EndPopup();
  }
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

/// Where x_t, x̂₀ and ε̂ go: in a row, or x_t large with the guesses beside it one above the other; whichever is larger.
std::array<Rect, 3> lay_out(const Rect& body, float aspect, float gap, float caption) {
  const float row = std::min((body.width() - 2 * gap) / 3, body.height() * aspect);
  const float between = gap + caption;  // of the two guesses
  const float high = std::min(body.height(), (body.width() - gap + aspect * between / 2) / (1.5f * aspect));
  const float low = (high - between) / 2;
  const ImVec2 at = body.min;
  if (low > 0 && high * high + 2 * low * low > 3 * row * row / (aspect * aspect)) {
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
  if (named) draw_header(ui, index, {rect.min, {rect.max.x, rect.min.y + header}});
  const Rect body{{rect.min.x, rect.min.y + header + caption}, {rect.max.x, rect.max.y - note}};
  const auto [places, count] = places_in(ui, index, body, named);
  std::array<ViewRect, 3> views;
  for (int i = 0; i < 3; ++i) views[i] = zoomed_view(ui.next, places[i]);
  const bool reverse = ui.session.state().view == View::reverse;
  std::array<Tile, 3> tiles = reverse ? run_tiles(ui, index, views) : forward_tiles(ui, index, views);
  const bool from_picture =
      ui.session.samples(index) == 1 && (!ui.session.shows_run() || ui.session.state().origin == Origin::picture);
  for (std::size_t i = 0; i < 2; ++i) {
    tiles[i].compares = from_picture;
    if (from_picture && ui.graphics.wipe > 0)
      tiles[i].original = ui.graphics.pictures[index].original(ui.session, index, int(i), views[i]);
  }
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

std::string about_guess_of(const LaneView& lane) {
  if (!lane.preview || !lane.preview_problem.empty()) return "";
  if (lane.preview_current) return lane.preview->quick ? "quick look" : "";
  const std::string wanted = std::to_string(lane.t);
  if (lane.preview->t == lane.t) return "waiting for t = " + wanted;  // of other noise, or another network
  return "t = " + std::to_string(lane.preview->t) + ", waiting for " + wanted;
}

std::array<std::string, 2> lane_titles(const Session& session) {
  return lane_titles(words_of(session), session.state().lane_count);
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
  const bool roomy = beside[0]->width() > ui.theme.px(wall ? 260 : 400);
  const bool is_beside = roomy && area_of_tiles(ui, *beside[0]) > 1.3f * area_of_tiles(ui, *stacked[0]);
  for (int i = 0; i < count; ++i) draw_lane(ui, i, *(is_beside ? beside : stacked)[std::size_t(i)]);
  ImGui::EndChild();
}

}  // namespace noiseglass::app
