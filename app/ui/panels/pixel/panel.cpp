// One pixel under the loupe: its own numbers in x_t = √ᾱ·x₀ + √(1−ᾱ)·ε, its way through time, and beside it all values
// of the picture on their way to N(0, 1).

#include "ui/panels/pixel/panel.h"

#include "session/published.h"
#include "ui/panels/shared/controls.h"
#include "ui/widgets/hit_area.h"
#include "ui/widgets/layout.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace noiseglass::app {
namespace {

constexpr std::size_t most_values = 3'000'000;  // counted in one histogram; of larger pictures each n-th row

class PixelPanel final : public Panel {
 public:
  void draw(Ui& ui, const Rect& rect) override;
  std::map<std::string, double> facts() const override { return facts_; }

 private:
  struct Counted {
    Key key;
    std::uint64_t picture = 0;
    int row_stride = 1;
    Histogram histogram;
  };

  PixelScene make_scene(const Ui& ui) const;
  void count(const Ui& ui, const PixelScene& scene);
  void draw_picture(Ui& ui, PixelScene& scene, const Rect& rect);
  void choose(Ui& ui, PixelScene& scene, const Rect& picture);
  Rect draw_controls(Ui& ui, const PixelScene& scene, const Rect& rect);

  std::map<std::string, double> facts_;
  Key count_key_;
  std::uint64_t count_id_ = 0;
  Published<Counted> published_;
  Published<Counted>::Outcome counted_;
  Worker worker_;  // last: it ends before what its jobs use
};

PixelParts parts_of(const PixelScene& scene, int row, int column, int channel) {
  const std::size_t element = scene.source.element(row, column, channel);
  return pixel_parts(scene.source.x_0(element), gaussian({scene.seed, streams::forward}, element), scene.schedule,
                     scene.t);
}

PixelScene PixelPanel::make_scene(const Ui& ui) const {
  const LaneView& lane = ui.session.lane(0);
  PixelSource source;
  if (lane.full_size && ui.session.picture().bytes.shape.channels == lane.x_0->shape.channels)
    source.bytes = &ui.session.picture().bytes, source.shape = source.bytes->shape;
  else
    source.image = lane.x_0.get(), source.shape = source.image->shape;
  const auto index = [](double share, int size) { return std::clamp(int(share * size), 0, size - 1); };
  PixelScene scene{source,
                   *lane.schedule,
                   lane.t,
                   ui.session.state().seed,
                   index(setting(ui, "y"), source.shape.height),
                   index(setting(ui, "x"), source.shape.width),
                   std::min(setting_index(ui, "channel"), source.shape.channels - 1),
                   {}};
  scene.parts = parts_of(scene, scene.row, scene.column, scene.channel);
  return scene;
}

void PixelPanel::count(const Ui& ui, const PixelScene& scene) {
  const LaneView& lane = ui.session.lane(0);
  const std::uint64_t id = ui.session.picture().id;
  const Key key(id, scene.source.bytes ? Key() : lane.fit_key, scene.t, scene.seed, lane.schedule_key);
  if (count_key_ != key) count_key_ = key, ++count_id_;
  const int stride = std::max(1, int((scene.source.shape.size() + most_values - 1) / most_values));
  auto work = [key, id, stride, level = scene.schedule.level(scene.t), seed = scene.seed,
               picture = scene.source.bytes ? ui.session.shared_picture() : nullptr,
               image = lane.x_0](std::stop_token stop) {
    constexpr Bins bins{70, -pixel_reach, pixel_reach};
    return Counted{key, id, stride,
                   picture ? histogram_of_x_t(picture->bytes, level, seed, bins, stride, stop)
                           : histogram_of_x_t(*image, level, seed, bins, stride, stop)};
  };
  worker_.want({published_.job(count_id_, ui.wake, std::move(work))});
  counted_ = published_.get();
}

/// The mouse over the picture looks at another pixel; a click keeps it.
void PixelPanel::choose(Ui& ui, PixelScene& scene, const Rect& picture) {
  ImGui::SetCursorScreenPos(picture.min);
  hit_area("picture", {std::max(1.f, picture.width()), std::max(1.f, picture.height())});
  const FocusKeys keys = focus_stop(Takes::plane);  // from pixel to pixel
  if (keys.across != 0) set_setting(ui, "x", setting(ui, "x") + double(keys.across) / scene.source.shape.width);
  if (keys.up != 0) set_setting(ui, "y", setting(ui, "y") - double(keys.up) / scene.source.shape.height);
  if ((!ImGui::IsItemHovered() || keys.focused) && !ImGui::IsItemActive()) return;
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const double x = std::clamp(double(mouse.x - picture.min.x) / picture.width(), 0.0, 1.0);
  const double y = std::clamp(double(mouse.y - picture.min.y) / picture.height(), 0.0, 1.0);
  if (ImGui::IsItemActive()) set_setting(ui, "x", x), set_setting(ui, "y", y);
  scene.column = std::clamp(int(x * scene.source.shape.width), 0, scene.source.shape.width - 1);
  scene.row = std::clamp(int(y * scene.source.shape.height), 0, scene.source.shape.height - 1);
  scene.parts = parts_of(scene, scene.row, scene.column, scene.channel);
}

void PixelPanel::draw_picture(Ui& ui, PixelScene& scene, const Rect& rect) {
  const Theme& theme = ui.theme;
  const Rect inside = draw_card(theme, rect, "xₜ  noisy picture, t = " + std::to_string(scene.t), "exact");
  const Shape& shape = scene.source.shape;
  const bool says_how = inside.height() > theme.px(260);
  const float caption = says_how ? theme.px(22) : 0;
  const float scale = std::min(inside.width() / float(shape.width), (inside.height() - caption) / float(shape.height));
  const float width = std::max(1.f, std::floor(scale * float(shape.width))),
              height = std::max(1.f, std::floor(scale * float(shape.height)));
  const float left = std::round((inside.min.x + inside.max.x - width) / 2), top = std::round(inside.min.y);
  const Rect picture{{left, top}, {left + width, top + height}};
  choose(ui, scene, picture);
  const ViewRect view{0, 0, 1, 1, int(width), int(height)};
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  draw.AddImage(ImTextureID(std::intptr_t(ui.graphics.pictures[0].x_t(ui.graphics.mixer, ui.session, 0, view))),
                picture.min, picture.max);
  const auto corner = [&](int column, int row) {
    return ImVec2{picture.min.x + scale * float(column), picture.min.y + scale * float(row)};
  };
  const ImVec2 a = corner(scene.column - loupe_radius, scene.row - loupe_radius),
               b = corner(scene.column + loupe_radius + 1, scene.row + loupe_radius + 1);
  draw.PushClipRect(picture.min, picture.max, true);
  draw.AddRect({a.x - 1, a.y - 1}, {b.x + 1, b.y + 1}, IM_COL32(0, 0, 0, 180), 0, 0, theme.px(4));
  draw.AddRect(a, b, IM_COL32(255, 255, 255, 255), 0, 0, theme.px(2));
  draw.PopClipRect();
  if (says_how)
    draw_text_fitting(theme.small, {inside.min.x, picture.max.y + theme.px(7)}, theme.dim,
                      "Move the mouse over the picture; click to pin a pixel.", inside.width());
  mark_subject(ui, "picture", picture);
}

Rect PixelPanel::draw_controls(Ui& ui, const PixelScene& scene, const Rect& rect) {
  const Rect rest = begin_controls(ui, rect, 216);
  if (scene.source.shape.channels > 1) setting_segments(ui, "channel");
  setting_slider(ui, "walks");
  setting_switch(ui, "one_shot");
  setting_switch(ui, "band");
  if (ui.controls.line || rect.height() > ui.theme.px(270) || setting_on(ui, "unscaled"))
    setting_switch(ui, "unscaled");
  end_controls(ui);
  return rest;
}

void PixelPanel::draw(Ui& ui, const Rect& rect) {
  PixelScene scene = make_scene(ui);
  const Theme& theme = ui.theme;
  const float gap = theme.px(window_is_short(theme) ? 10 : 16);
  count(ui, scene);
  const Counted* counted = counted_.problem.empty() ? counted_.value.get() : nullptr;
  if (counted && counted->picture != ui.session.picture().id) counted = nullptr;
  const bool narrow = rect.width() < theme.px(1000);  // then the controls stand in a line above all
  const Rect body = narrow ? draw_controls(ui, scene, rect) : rect;
  const auto histogram_in = [&](const Rect& place) {
    draw_pixel_histogram(ui, counted ? &counted->histogram : nullptr, counted ? counted->row_stride : 1, scene, place);
    draw_text_wrapped(theme.small, {place.min.x + theme.px(24), place.min.y + theme.px(96)}, theme.warning,
                      counted_.problem, place.width() - theme.px(48));
  };
  const auto wanted = [&](const char* name) { return ui.marks.highlighted.contains(std::string("pixel.") + name); };
  if (narrow && body.width() > theme.px(780) &&
      !wanted("paths")) {  // the picture at the left, as high as there is room
    // A picture that is wide, or would be if it were a little smaller, leaves a place for its paths below it.
    const Shape& shape = scene.source.shape;
    const float aspect = float(shape.width) / float(shape.height), room = body.height() - gap - theme.px(122);
    const float fits = (room - theme.px(72)) * aspect + theme.px(28), most = body.width() * 0.61f;
    const bool below = fits > body.width() * 0.5f;
    const float left = std::round(below ? std::min(fits, most) : most);
    const float high = below ? std::min(room, (left - theme.px(28)) / aspect + theme.px(72)) : body.height();
    draw_picture(ui, scene, {body.min, {body.min.x + left, body.min.y + high}});
    const Rect beside{{body.min.x + left + gap, body.min.y}, body.max};
    std::vector<Part> cards = {{theme.px(210), 1, wanted("loupe") || wanted("bars") ? 9 : 3},
                               {theme.px(160), 1, wanted("histogram") ? 7 : 1}};
    if (!below) cards.push_back({theme.px(170), 1, 2});
    auto place = rows(beside, gap, cards);
    if (below) place.push_back(Rect{{body.min.x, body.min.y + high + gap}, {body.min.x + left, body.max.y}});
    if (place[0]) draw_pixel_sum(ui, scene, *place[0]);
    if (place[1]) histogram_in(*place[1]);
    if (place[2]) draw_pixel_paths(ui, scene, *place[2]);
  } else {
    const bool points_below = wanted("paths");
    const float high = body.height() * 0.6f;
    const float least = theme.px(window_is_short(theme) ? 206 : 236);
    const std::array<Part, 2> halves{{{least, 0.6f, points_below ? 0 : 1, std::max(narrow ? least : high, least)},
                                      {theme.px(narrow ? 130 : 170), 0.4f, points_below ? 1 : 0}}};
    const auto half = rows(body, gap, halves);
    // The picture is as large as its half is high; numbers and histogram share what it leaves.
    const Shape& shape = scene.source.shape;
    const float tall = half[0] ? half[0]->height() : 0, aspect = float(shape.width) / float(shape.height);
    const float filled =
        std::max(theme.px(230), (tall - theme.px(window_is_short(theme) ? 52 : 72)) * aspect + theme.px(28));
    const std::array<Part, 3> cards{{{theme.px(230), 2, wanted("picture") ? 9 : 3, filled},
                                     {theme.px(250), 1, wanted("loupe") || wanted("bars") ? 8 : 2},
                                     {theme.px(220), 1, wanted("histogram") ? 7 : 1}}};
    if (half[0]) {
      const auto card = columns(*half[0], gap, cards);
      if (card[0]) draw_picture(ui, scene, *card[0]);
      if (card[1]) draw_pixel_sum(ui, scene, *card[1]);
      if (card[2]) histogram_in(*card[2]);
    }
    if (half[1]) draw_pixel_paths(ui, scene, narrow ? *half[1] : draw_controls(ui, scene, *half[1]));
  }
  const Histogram none, &histogram = counted ? counted->histogram : none;
  facts_ = {{"t", scene.t},
            {"row", scene.row},
            {"column", scene.column},
            {"channel", scene.channel},
            {"x_0", scene.parts.x_0},
            {"epsilon", scene.parts.epsilon},
            {"signal", scene.parts.signal},
            {"noise", scene.parts.noise},
            {"x_t", scene.parts.x_t()},
            {"mean", histogram.mean},
            {"std", histogram.std},
            {"counted", counted && counted->key == count_key_}};
}

}  // namespace

double x_t_of(const PixelScene& scene, int row, int column, int channel) {
  return parts_of(scene, row, column, channel).x_t();
}

std::string channel_name(const PixelScene& scene) {
  static const char* names[] = {"red", "green", "blue"};
  return scene.source.shape.channels == 1 ? "grey" : names[std::clamp(scene.channel, 0, 2)];
}

std::unique_ptr<Panel> make_pixel_panel() { return std::make_unique<PixelPanel>(); }

}  // namespace noiseglass::app
