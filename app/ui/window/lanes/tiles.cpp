#include "ui/widgets/layout_record.h"
#include "ui/window/lanes/lane_parts.h"
#include "ui/window/lanes/wipe.h"
#include "ui/window/zoom.h"

#include "session/wall.h"
#include "ui/widgets/hit_area.h"

#include <algorithm>

namespace noiseglass::app {
namespace {

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
  return {read + " by a classifier that reads " + fixed(100 * reading->accuracy, 1) + " % of real ones correctly",
          read};
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
  const bool passes = ui.theme.transitions && lane.next && lane.blend > 0;
  if (passes) {  // what is shown was not computed
    so_far.full = "blended between t = " + std::to_string(lane.frame->t) + " and " + std::to_string(lane.next->t);
    estimate += ", blended";
    quality.clear();
    if (so_far.brief.empty()) so_far.brief = "blended";
  }
  const float blend = passes ? float(lane.blend) : 0;
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
                 quality.empty() ? "estimate" : quality,
                 float(ui.session.progress(index)),
                 pictures.next_x_0(ui.session, index, views[1]),
                 blend};
  const bool clean = lane.t == 0;
  const Tile epsilon{"ε̂",
                     "predicted noise",
                     how,
                     clean ? 0 : pictures.epsilon(ui.session, index, views[2]),
                     false,
                     clean ? "no noise at t = 0" : waiting,
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
                 : words.empty() ? "estimate"
                                 : words,
                 float(ui.session.progress(index))};
  const Tile epsilon{
      "ε̂",   words.empty() ? "predicted noise" : words, how,  clean ? 0 : pictures.epsilon(ui.session, index, views[2]),
      stale, clean ? "no noise at t = 0" : waiting,     words};
  return {x_t, x_0, epsilon};
}

}  // namespace

std::string lane_landmark(int index, const char* what) { return "lane" + std::to_string(index + 1) + "." + what; }

std::string about_guess_of(const LaneView& lane) {
  if (!lane.preview || !lane.preview_problem.empty()) return "";
  if (lane.preview_current) return lane.preview->quick ? "at reduced size first" : "";
  const std::string wanted = std::to_string(lane.t);
  if (lane.preview->t == lane.t) return "computing t = " + wanted;  // of other noise, or another network
  return "of t = " + std::to_string(lane.preview->t) + ", computing " + wanted;
}

std::array<Tile, 3> lane_tiles(Ui& ui, int index, const std::array<ViewRect, 3>& views) {
  const bool reverse = ui.session.state().view == View::reverse;
  std::array<Tile, 3> tiles = reverse ? run_tiles(ui, index, views) : forward_tiles(ui, index, views);
  const bool from_picture =
      ui.session.samples(index) == 1 && (!ui.session.shows_run() || ui.session.state().origin == Origin::picture);
  for (std::size_t i = 0; i < 2; ++i) {
    tiles[i].compares = from_picture;
    if (from_picture && ui.graphics.wipe > 0)
      tiles[i].original = ui.graphics.pictures[index].original(ui.session, index, int(i), views[i]);
  }
  return tiles;
}

void draw_tile(Ui& ui, const Tile& tile, const Rect& picture, const std::string& id,
               const exports::ExportRequest& taken) {
  const Theme& theme = ui.theme;
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const float caption_y = picture.min.y - theme.px(22);
  float x = picture.min.x + draw_text(theme.strong, {picture.min.x, caption_y - theme.px(1)}, theme.text, tile.symbol) +
            theme.px(8);
  const bool pointed =
      tile.texture && point_at(ui, {{picture.min.x, caption_y}, picture.max}, taken, has_focus(id.c_str()));
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
  hit_area(id.c_str(), {std::max(1.f, picture.width()), std::max(1.f, picture.height())});
  zoom_by_keys(ui, focus_stop(Takes::plane));
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

}  // namespace noiseglass::app
