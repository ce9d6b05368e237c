#include "ui/window/timeline.h"
#include "session/measures.h"
#include "session/narration.h"
#include "ui/widgets/layout_record.h"
#include "ui/widgets/lines.h"
#include "ui/widgets/slider.h"
#include "ui/window/exporter.h"

#include "session/denoiser_plan.h"
#include "session/groups.h"
#include "ui/widgets/hit_area.h"

#include <algorithm>
#include <cmath>

namespace noiseglass::app {
namespace {

/// Where the parts of the timeline lie; time runs along `track` from t = 0 to t = T.
struct Layout {
  float left, track_min, track_max;
  float forward_y, slider_y, reverse_y;
  float strip, gap, slider;  // heights of one strip, between strips, of the slider's row
  float x(double t, int steps) const { return track_min + float(t / steps) * (track_max - track_min); }
  double t(float pixel, int steps) const {
    return std::clamp(double(pixel - track_min) / (track_max - track_min), 0.0, 1.0) * steps;
  }
};

/// Less room for words: the strips need it.
bool flat(const Theme& theme, const Rect& rect) { return rect.height() < theme.px(190); }

/// From pure noise the network of photographs makes textures up, and no things.
bool dreams(const Ui& ui) {
  const ModelInfo* model = ui.session.lane(0).model;
  return model && model->size == 0 && denoiser_of(ui.next.lanes[0]).needs.model;
}

/// @param words the height of what is written above the strips
Layout lay_out(const Ui& ui, const Rect& rect, float words) {
  const Theme& theme = ui.theme;
  const int lanes = ui.session.state().lane_count;
  Layout l;
  const bool walls = is_enabled(action("generate_wall"), ui.session);  // which take a button more
  l.left = rect.min.x + theme.px(16);
  l.track_min = l.left + theme.px(walls && rect.width() > theme.px(1000) ? 296
                                  : rect.width() > theme.px(800)         ? 216
                                                                         : 132);
  if (rect.width() > theme.px(800)) {  // in some languages the buttons are longer
    const float gap = ImGui::GetStyle().ItemSpacing.x;
    float row = icon_text_width(theme, "Denoise") + gap + icon_text_width(theme, dreams(ui) ? "Dream" : "Generate");
    if (walls && rect.width() > theme.px(1000)) row += gap + icon_text_width(theme, "64");
    l.track_min = std::max(l.track_min, std::round(l.left + row + theme.px(14)));
  }
  l.track_max = rect.max.x - theme.px(24);
  l.gap = theme.px(3);
  l.slider = theme.px(flat(theme, rect) ? 48 : 52);
  const float top = rect.min.y + words, room = rect.max.y - theme.px(12) - top - l.slider;
  l.strip = std::floor((room - 2 * l.gap * float(lanes - 1)) / float(2 * lanes));
  const float block = l.strip * float(lanes) + l.gap * float(lanes - 1);
  l.forward_y = top, l.slider_y = top + block, l.reverse_y = l.slider_y + l.slider;
  return l;
}

Scene scene_of(const Session& session) {
  const AppState& state = session.state();
  Scene scene;
  scene.view = state.view, scene.origin = state.origin;
  scene.t = session.lane(0).t, scene.steps = state.steps, scene.run_from = state.run_from;
  scene.samples = session.samples(0);
  for (const BundledPicture& picture : session.library().pictures)
    scene.chart |= picture.kind == "chart" && picture.path == session.picture().path;
  const auto titles = lane_titles(session);
  for (int i = 0; i < state.lane_count; ++i)
    scene.lanes.push_back({titles[i], session.lane(i).schedule->log_snr(session.lane(i).t),
                           session.lane(i).schedule->log_snr(session.lane_t(i, state.run_from)),
                           state.lanes[i].denoiser, session.lane(i).model_fits});
  return scene;
}

/// One row of small pictures, those from t = `from` on; what is not computed yet is an empty frame.
void draw_strip(const Ui& ui, const Filmstrip& strip, const Layout& l, float y, float opacity, double from) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const int n = strip.cells();
  const float pitch = (l.track_max - l.track_min) / float(n), inset = ui.theme.px(1);
  for (int k = 0; k < n; ++k) {
    const ImVec2 min{std::round(l.track_min + pitch * float(k) + inset), y};
    const ImVec2 max{std::round(l.track_min + pitch * float(k + 1) - inset), y + l.strip};
    if (strip.filled(k) && (double(k) + 0.5) / double(n) * ui.next.steps >= from)
      draw.AddImage(ImTextureID(std::intptr_t(strip.texture())), min, max, {float(k) / float(n), 0},
                    {float(k + 1) / float(n), 1}, IM_COL32(255, 255, 255, int(255 * opacity)));
    else
      draw.AddRectFilled(min, max, faded(ui.theme.raised, 0.5f), ui.theme.px(2));
  }
}

/// The strips of one process, and the mouse on them: a click or a drag goes to that time.
void draw_strips(Ui& ui, std::array<Filmstrip, 2>& strips, const Layout& l, bool reverse) {
  const std::string name = reverse ? "reverse_strip" : "forward_strip";
  const int lanes = ui.session.state().lane_count;
  const float y = reverse ? l.reverse_y : l.forward_y;
  const float width = l.track_max - l.track_min;
  if (ui.marks.hidden.contains(name)) {  // by a lesson whose question it would answer
    const float middle = y + (l.strip * float(lanes) + l.gap * float(lanes - 1) - ui.theme.body->FontSize) / 2;
    const char* text = "Shown once you have answered.";
    const float pad = ui.theme.px(8), left = l.track_min + std::max(pad, (width - text_width(ui.theme.body, text)) / 2);
    draw_text_fitting(ui.theme.body, {left, middle}, ui.theme.dim, text, l.track_max - left);
    return;
  }
  const int cells = std::clamp(int(width / l.strip), 1, 200), side = std::max(4, int(width / float(cells)));
  const bool shown = (ui.session.state().view == View::reverse) == reverse;
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  for (int i = 0; i < lanes; ++i) {
    Filmstrip& strip = strips[i];
    reverse ? strip.show_reverse(ui.session, i, cells, side) : strip.show_forward(ui.session, i, cells, side);
    const float top = y + float(i) * (l.strip + l.gap);
    // While a run plays its strip grows with it: what has been computed ahead would give the end away.
    const double from = reverse && ui.next.playing == Playing::reverse ? ui.next.position : 0;
    draw_strip(ui, strip, l, top, shown ? 1.f : 0.45f, from);
    draw.AddRectFilled({l.track_min - ui.theme.px(8), top}, {l.track_min - ui.theme.px(4), top + l.strip},
                       faded(ui.theme.lane[i], shown ? 1.f : 0.45f), ui.theme.px(2));
  }
  ImGui::SetCursorScreenPos({l.track_min, y});
  const float height = l.strip * float(lanes) + l.gap * float(lanes - 1);
  hit_area(reverse ? "reverse strip" : "forward strip", {width, std::max(1.f, height)});
  ui.landmarks[name] = {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()};
  note_subject(name, {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()});
  if ((ui.session.state().view == View::reverse) == reverse) {
    exports::ExportRequest taken;
    taken.what = "strip";
    point_at(ui, ui.landmarks[name], taken);
  }
  if (!ImGui::IsItemActive()) return;
  if (reverse && !ui.session.lane(0).run) return;
  const double t = l.t(ImGui::GetIO().MousePos.x, ui.next.steps);
  ui.next.playing = Playing::paused;
  ui.next.view = reverse ? View::reverse : View::forward;
  ui.next.position = reverse ? std::min(t, double(ui.next.run_from)) : t;
}

/// Whether it is a network that denoises in every lane.
bool networks_denoise(const Ui& ui) {
  const AppState& state = ui.session.state();
  return std::all_of(state.lanes.begin(), state.lanes.begin() + state.lane_count,
                     [](const LaneState& lane) { return denoiser_of(lane).needs.model; });
}

/// What will be in the strip of the reverse process while it is empty: on a plate, over its cells and the playhead.
void draw_invitation(const Ui& ui, const Layout& l) {
  if (ui.session.lane(0).run) return;
  const Theme& theme = ui.theme;
  const std::string back = ui.next.position >= 1 ? "Denoise runs the reverse process from here. " : "";
  const std::string text = back + (dreams(ui)             ? "Dream makes up textures from pure noise."
                                   : networks_denoise(ui) ? "Generate makes up a picture from pure noise."
                                                          : "Generate starts from pure noise.");
  const float pad = theme.px(10), width = text_width(theme.body, text);
  const float left = std::max(l.track_min + pad, (l.track_min + l.track_max - width) / 2);
  const float top = l.reverse_y + (l.slider_y - l.forward_y - theme.body->FontSize) / 2;
  if (width <= l.track_max - left)
    ImGui::GetWindowDrawList()->AddRectFilled({left - pad, top - theme.px(4)},
                                              {left + width + pad, top + theme.body->FontSize + theme.px(4)},
                                              theme.surface, theme.px(6));
  draw_text_fitting(theme.body, {left, top}, theme.dim, text, l.track_max - left);
}

void draw_slider(Ui& ui, const Layout& l) {
  const Theme& theme = ui.theme;
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const float y = l.slider_y + theme.px(18), r = theme.px(9);
  ImGui::SetCursorScreenPos({l.track_min - r, l.slider_y + theme.px(4)});
  hit_area("noise slider", {l.track_max - l.track_min + 2 * r, theme.px(28)});
  ui.landmarks["slider"] = {{l.track_min, y - r},
                            {l.track_max, y + r}};  // a ring around it leaves the words below clear
  const bool held = ImGui::IsItemActive(), hovered = ImGui::IsItemHovered();
  if (held) {
    ui.next.position = std::round(l.t(ImGui::GetIO().MousePos.x, ui.next.steps));
    ui.next.playing = Playing::paused;
  }
  const float x = l.x(ui.next.position, ui.next.steps);
  const float field = std::clamp(x - theme.px(48), l.track_min, l.track_max - theme.px(96));
  time_slider_hands(ui, {{field, l.slider_y + theme.px(30)}, {field + theme.px(96), l.slider_y + theme.px(50)}});
  draw.AddRectFilled({l.track_min, y - theme.px(1)}, {l.track_max, y + theme.px(1)}, line_colour(theme), theme.px(1));
  draw.AddRectFilled({l.track_min, y - theme.px(3)}, {x, y + theme.px(3)}, theme.dim, theme.px(3));
  if (ui.session.state().view == View::reverse) {  // how far the run has come, and where it started
    const float from = l.x(ui.session.state().run_from, ui.next.steps),
                to = l.x(ui.session.run_reached(), ui.next.steps);
    draw.AddRectFilled({to, y - theme.px(3)}, {from, y + theme.px(3)}, faded(theme.text, 0.35f), theme.px(3));
  }
  const float strips = l.slider_y - l.forward_y;
  for (const float top : {l.forward_y, l.reverse_y}) {  // the playhead, on a dark edge so that it shows on any picture
    draw.AddLine({x, top}, {x, top + strips}, faded(theme.ground, 0.7f), theme.px(4));
    draw.AddLine({x, top}, {x, top + strips}, theme.accent, theme.px(2));
  }
  draw.AddCircleFilled({x, y}, r + theme.px(held || hovered ? 2 : 0), theme.ground);
  draw.AddCircleFilled({x, y}, r - theme.px(held || hovered ? 0 : 2), theme.accent);

  if (value_is_typed()) return;
  const float label_y = l.slider_y + theme.px(32);
  const int percent = int(std::lround(100 * ui.next.position / ui.next.steps));
  const std::string here =
      "t = " + std::to_string(int(std::lround(ui.next.position))) + "  ·  " + std::to_string(percent) + " %";
  const float w = text_width(theme.strong, here);
  const float here_x = std::clamp(x - w / 2, l.track_min, l.track_max - w);
  const std::string clean = "clean picture (t = 0)", noise = noisy_end(ui.session);
  const float clean_end = l.track_min + text_width(theme.small, clean),
              noise_start = l.track_max - text_width(theme.small, noise);
  if (here_x > clean_end + theme.px(12)) draw_text(theme.small, {l.track_min, label_y + theme.px(1)}, theme.dim, clean);
  if (here_x + w < noise_start - theme.px(12))
    draw_text(theme.small, {noise_start, label_y + theme.px(1)}, theme.dim, noise);
  draw_text(theme.strong, {here_x, label_y}, theme.text, here);
}

void draw_transport(Ui& ui, const Layout& l) {
  const Theme& theme = ui.theme;
  const struct {
    const char* id;
    Icon icon;
    bool active;
  } buttons[] = {
      {"clean", Icon::home, false},
      {"step_clean", Icon::step_back, false},
      {"play",
       ui.next.playing == Playing::paused ? (ui.session.state().view == View::reverse ? Icon::play_back : Icon::play)
                                          : Icon::pause,
       true},
      {"step_noise", Icon::step_forward, false},
      {"noise", Icon::end, false},
      {"loop", Icon::loop, ui.next.loop}};
  const bool narrow = l.track_min - l.left < theme.px(200);
  float x = l.left - theme.px(4);
  for (const auto& button : buttons) {
    const std::string id = button.id;
    if (narrow && (id == "clean" || id == "noise" || id == "loop")) continue;
    ImGui::SetCursorScreenPos({x, l.slider_y + theme.px(2)});
    if (icon_button(theme, button.id, button.icon, hint(action(id)).c_str(), button.active))
      perform(id, ui.session, ui.next);
    ui.landmarks[id] = {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()};
    x += theme.px(34);
  }
}

/// Which noise the forward process has at each t.
void choose_epsilon(Ui& ui) {
  ImGui::SameLine();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::SetCursorScreenPos({at.x, at.y + ui.theme.px(3)});  // it is lower than the button
  const bool chain = ui.next.epsilon == Epsilon::chain;
  small_combo(ui.theme, "##epsilon", chain ? "chain" : "one ε", ui.theme.px(76),
              "The noise at each t: one ε that only grows stronger, or a chain of steps with fresh noise in each. At "
              "any single t both have the same distribution; from one t to the next only the chain changes its grain.",
              [&] {
                if (list_entry("one ε for every t", !chain)) ui.next.epsilon = Epsilon::one;
                if (list_entry("a chain of steps, each with fresh noise", chain)) ui.next.epsilon = Epsilon::chain;
              });
  ui.landmarks["chain"] = {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()};
}

/// Name and buttons of the process beside its strips.
void draw_process(Ui& ui, const Layout& l, bool reverse) {
  const Theme& theme = ui.theme;
  const float y = reverse ? l.reverse_y : l.forward_y, width = l.track_min - theme.px(16) - l.left;
  const bool shown = (ui.session.state().view == View::reverse) == reverse;
  const bool roomy = l.strip * float(ui.session.state().lane_count) > theme.px(56);
  float button_y = y;
  if (roomy) {
    const float name =
        draw_text(theme.strong, {l.left, y}, shown ? theme.text : theme.dim, reverse ? "Reverse" : "Forward");
    draw_text_fitting(theme.small, {l.left + name + theme.px(8), y + theme.px(1)}, theme.dim,
                      reverse && networks_denoise(ui)     ? "the network, step by step"
                      : reverse                           ? "step by step"
                      : ui.next.epsilon == Epsilon::chain ? "exact, step by step"
                                                          : "exact, by the formula",
                      width - name - theme.px(8));
    button_y = y + theme.px(26);
  }
  ImGui::SetCursorScreenPos({l.left, button_y});
  auto button = [&](const char* id, Icon icon, const char* text, bool primary, const char* tip = nullptr) {
    const Action& what = action(id);
    const std::string hinted = hint(what);
    if (icon_text_button(theme, id, icon, text, tip ? tip : hinted.c_str(), primary, is_enabled(what, ui.session)))
      perform(id, ui.session, ui.next);
    ui.landmarks[std::string(id) + "_button"] = {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()};
  };
  if (!reverse) {
    const bool playing = ui.next.playing == Playing::forward;
    button("play_forward", playing ? Icon::pause : Icon::play, playing ? "Pause" : "Add noise", false);
    if (width >= theme.px(180)) choose_epsilon(ui);
    return;
  }
  const bool playing = ui.next.playing == Playing::reverse;
  button("play_reverse", playing ? Icon::pause : Icon::play_back, playing ? "Pause" : "Denoise", true);
  if (width < theme.px(180)) return;
  ImGui::SameLine();
  button("generate", Icon::dice, dreams(ui) ? "Dream" : "Generate", false,
         dreams(ui)
             ? "Starts from pure noise, without the picture (G). This network has learned what surfaces look like, not "
               "whole objects: it dreams up textures. Open a digit, an icon or a face to see whole ones made."
             : nullptr);
  if (width < theme.px(270)) return;
  ImGui::SameLine();
  button("generate_wall", Icon::dice, "64", false);
}

std::string class_label(const std::string& name) { return name.size() > 2 ? name : "class " + name; }  // "class 7"

/// What both lanes' network is asked to make: a class of its own, or what another network has learned.
void choose_what_to_make(Ui& ui, const ModelInfo& model, float width) {
  const PictureGroup* group = group_of_model(model.name);
  const int chosen = ui.next.lanes[0].class_index, classes = int(model.class_names.size());
  const bool any = chosen < 0 || chosen >= classes;
  auto choose_class = [&](int index) {
    for (LaneState& lane : ui.next.lanes)
      lane.class_index = index, lane.guidance = index < 0 ? 1 : usual_guidance(model);
  };
  const std::string all = group ? std::string(group->label) : model.label;
  small_combo(
      ui.theme, "##class", any ? all : class_label(model.class_names[std::size_t(chosen)]), width,
      "What to generate: one of the classes that this network has learned, or something another network can make.",
      [&] {
        if (list_entry((classes ? all + ", any" : all).c_str(), any)) choose_class(-1);
        for (int i = 0; i < classes; ++i)
          if (list_entry(class_label(model.class_names[std::size_t(i)]).c_str(), chosen == i)) choose_class(i);
        ImGui::Separator();
        for (const ModelInfo& other : ui.session.library().models) {
          const PictureGroup* others = group_of_model(other.name);
          if (!others || others == group || !other.steps.empty() || !list_entry(std::string(others->label).c_str()))
            continue;
          for (LaneState& lane : ui.next.lanes) lane.choose_model(other.name);
        }
      });
  ui.landmarks["class"] = {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()};
}

/// Class, lockstep and speed, on the right. @returns their left end
float draw_options(Ui& ui, NearestButton& nearest_button, const Rect& rect) {
  const Theme& theme = ui.theme;
  const ModelInfo* model = ui.session.lane(0).model;
  const bool makes = model && denoiser_of(ui.next.lanes[0]).needs.model;
  const bool classes = makes && !model->class_names.empty();
  // Bundled pictures lie in the strip by what their network makes; with a person's own it is to be chosen here.
  const bool chooses = classes || (makes && !group_of(ui.session.picture().path, ui.session.library()));
  const bool nearest = has_nearest(ui.session),
             two = ui.next.lane_count == 2;  // one lane has nothing to keep in step with
  const float what_width = theme.px(128), dice_width = theme.px(32), nearest_width = theme.px(168), gap = theme.px(8);
  const float left = rect.max.x - theme.px(two ? 24 + 206 : 24 + 74) - (chooses ? what_width + gap : 0) -
                     (classes ? dice_width + gap : 0) - (nearest ? nearest_width + gap : 0);
  ImGui::SetCursorScreenPos({left, rect.min.y + theme.px(flat(theme, rect) ? 3 : 8)});
  if (nearest) {
    nearest_button.draw(ui, nearest_width);
    ImGui::SameLine(0, gap);
  }
  if (classes) {
    if (icon_button(theme, "another_class", Icon::dice, hint(action("another_class")).c_str()))
      perform("another_class", ui.session, ui.next);
    ui.landmarks["another_class"] = {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()};
    ImGui::SameLine(0, gap);
  }
  if (chooses) {
    choose_what_to_make(ui, *model, what_width);
    ImGui::SameLine(0, gap);
  }
  int lockstep = int(ui.next.lockstep);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  if (two && segmented(theme, "lockstep", {"same t", "same SNR"}, lockstep,
                       "How the lanes are kept in step: at the same timestep, or at the same signal-to-noise ratio."))
    ui.next.lockstep = Lockstep(lockstep);
  if (two) ui.landmarks["lockstep"] = {at, ImGui::GetItemRectMax()};
  if (two) ImGui::SameLine(0, theme.px(8));
  small_combo(theme, "##speed", number(ui.next.speed) + "×", theme.px(74), "Playback speed.", [&] {
    for (double speed : {0.25, 0.5, 1.0, 2.0, 4.0})
      if (list_entry((number(speed) + "×").c_str(), ui.next.speed == speed)) ui.next.speed = speed;
  });
  return left;
}

/// What there is to say: of what went wrong, or else of what is seen.
std::string sentence(const Ui& ui) {
  const std::string& message = ui.session.message();
  return message.empty() ? narrate(scene_of(ui.session)) : message;
}

ImU32 sentence_colour(const Ui& ui) { return ui.session.message().empty() ? ui.theme.text : ui.theme.warning; }

}  // namespace

float narration_height(const Ui& ui, float width) {
  return wrapped_height(ui.theme.body, sentence(ui), width) + ui.theme.px(4);
}

void draw_narration(Ui& ui, const Rect& rect) {
  draw_text_wrapped(ui.theme.body, rect.min, sentence_colour(ui), sentence(ui), rect.width());
}

void Timeline::draw(Ui& ui, const Rect& rect) {
  begin_area("timeline", rect);
  const ClearOfTooltips strips_are_spoken_of(rect);
  const Theme& theme = ui.theme;
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  draw.AddRectFilled(rect.min, rect.max, theme.surface);
  const bool is_flat = flat(theme, rect), wide = rect.width() > theme.px(800);
  const float options = wide ? draw_options(ui, nearest_, rect) : rect.max.x - theme.px(24);
  const std::string says = sentence(ui);
  const float left = rect.min.x + theme.px(16), room = options - theme.px(16) - left;
  const bool one_line = text_width(theme.body, says) <= room;  // else smaller, in as many as it takes
  const float above = theme.px(one_line ? (is_flat ? 8 : 13) : is_flat ? 2 : 7);
  const float lines = one_line ? 0 : wrapped_height(theme.small, says, room) + above + theme.px(4);
  const ImVec2 at{left, rect.min.y + above};
  if (one_line)
    draw_text(theme.body, at, sentence_colour(ui), says);
  else
    draw_text_wrapped(theme.small, at, sentence_colour(ui), says, room);
  const Layout l = lay_out(ui, rect, std::max(theme.px(is_flat ? 34 : 44), lines));
  draw_strips(ui, forward_, l, false);
  draw_strips(ui, reverse_, l, true);
  draw_process(ui, l, false);
  draw_process(ui, l, true);
  draw_transport(ui, l);
  draw_slider(ui, l);
  draw_invitation(ui, l);
  ImGui::EndChild();
}

}  // namespace noiseglass::app
