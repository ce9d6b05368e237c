#include "ui/window/contents.h"

#include "language/language.h"
#include "lessons/library.h"
#include "session/folders.h"
#include "session/kept_file.h"
#include "session/set_state.h"
#include "session/worker.h"
#include "ui/widgets/glossary.h"
#include "ui/widgets/guard.h"
#include "ui/widgets/layout.h"
#include "ui/widgets/slider.h"

#include "noiseglass/files.h"
#include "render/framebuffer.h"

#include <algorithm>
#include <cfloat>
#include <filesystem>
#include <limits>
#include <utility>

namespace noiseglass::app {

Contents::Contents(const WindowOptions& options, Session& session, std::function<void()> wake)
    : session_(session),
      wake_(std::move(wake)),
      lesson_(session.library()),
      keeper_(session, lesson_.reader, options.keep),
      preferences_(keeper_.preferences) {
  use_language(options.language.empty() ? preferences_.language : options.language);
  session_.apply(starting_state(session_.library()));
  choose_look(options);
  session_.wait_for_picture(1);  // it is seen while one's own is opened
  if (options.file.empty() && options.lesson.empty() && options.settings.empty() && !options.fresh)
    keeper_.bring_back(), choose_look(options);
  if (!options.file.empty()) open(is_link(options.file) ? options.file : absolute_path(options.file).string());
  set_from_command_line(options);
  session_.wait_for_picture(0.3);  // so that the first frame has it, if it is quick
  const bool bare = options.file.empty() && options.lesson.empty() && options.settings.empty() && !options.fresh;
  if (options.keep && bare && !preferences_.toured) tour_.begin();
  session_.history().begin(session_.state());
}

void Contents::open(const std::string& file) {
  if (Keeper::can_open(file))
    keeper_.open(file);
  else if (file.ends_with(".md"))
    open_lesson(lesson_, session_, file);
  else
    session_.open(file);
}

void Contents::set_from_command_line(const WindowOptions& options) {
  AppState state = session_.state();
  std::vector<Assignment> settings;
  for (const std::string& setting : options.settings) {
    const auto equals = setting.find('=');
    if (equals == setting.npos) throw UsageError("--set is followed by NAME=VALUE, not by \"" + setting + "\".");
    settings.push_back({setting.substr(0, equals), setting.substr(equals + 1)});
  }
  const auto wrong = set_state(state, settings, session_.library(), working_folder());
  if (!wrong.empty()) throw UsageError("--set " + wrong.front().text);
  if (!settings.empty()) session_.apply(state);
  if (!options.lesson.empty()) lesson_.reader.open(lessons::find_lesson(options.lesson), session_.state());
}

/// As narrow as its lines of text can well be where the window is small.
static float lesson_width(const Theme& theme, float window) {
  return std::min(std::clamp(0.265f * window, theme.px(330), theme.px(420)), window / 2);
}

/// The bar and the strip of what has to do with the picture. @returns what is left
Rect Contents::around_picture(Ui& ui, const Rect& rect, float bottom) {
  const float edge = theme_.px(theme_.projecting ? 8 : 16);
  if (theme_.projecting) return {{rect.min.x + edge, rect.min.y}, {rect.max.x - edge, bottom - edge}};
  const bool in_tabs =
      window_is_short(theme_) && beside_tabs_.width() > theme_.px(ui.next.panel == "pictures" ? 440 : 300);
  const float bar = theme_.px(in_tabs ? 4 : 44), gap = theme_.px(16);
  const Rect top = in_tabs ? beside_tabs_ : Rect{rect.min, {rect.max.x, rect.min.y + bar}};
  draw_part(ui, "picture bar", top, [&] { draw_picture_bar(ui, top); });
  Rect rest{{rect.min.x + gap, rect.min.y + bar}, {rect.max.x - gap, bottom - gap}};
  const bool wide = rect.width() > theme_.px(1020);
  if (!wide && !marks_.highlighted.contains("strip")) return rest;
  const float width = theme_.px(wide ? 72 : 56);
  const Rect strip{rest.min, {rest.min.x + width, rest.max.y}};
  draw_part(ui, "picture strip", strip, [&] { strip_.draw(ui, strip); });
  rest.min.x += width + (wide ? gap : gap / 2);
  return rest;
}

/// Noise on a picture, forward and back: the lanes, their plots, the timeline.
void Contents::pictures(Ui& ui, const Rect& rect) {
  if (theme_.projecting) return projected_pictures(ui, rect);
  const float gap = theme_.px(16);
  const float timeline = window_is_short(theme_) ? theme_.px(164)
                                                 : std::clamp(rect.max.y * 0.31f, theme_.px(196),
                                                              theme_.px(ui.next.lane_count == 2 ? 330 : 260));
  const float bottom = rect.max.y - timeline;
  Rect lanes = around_picture(ui, rect, bottom);
  const float roomy = theme_.px(lesson_.reader.is_open() ? 860 : 1000);  // a lesson may speak of the plots
  if (rect.width() > roomy && ui.next.plots_open) {
    const float plots = std::clamp(lanes.width() - gap - lanes_width(session_, theme_, lanes.height()),
                                   rect.width() * 0.25f, rect.width() * 0.42f);
    const Rect side{{lanes.max.x - plots, lanes.min.y}, lanes.max};
    draw_part(ui, "plots", side, [&] { draw_plots(ui, side); });
    lanes.max.x -= plots + gap;
  }
  draw_part(ui, "lanes", lanes, [&] { draw_lanes(ui, lanes); });
  const Rect times{{rect.min.x, bottom}, rect.max};
  draw_part(ui, "timeline", times, [&] { timeline_.draw(ui, times); });
}

/// What the last row can see of it: the pictures, what is to be said of them, and the slider.
void Contents::projected_pictures(Ui& ui, const Rect& rect) {
  const float bar = theme_.px(62), gap = theme_.px(12);
  const Rect times{{rect.min.x, rect.max.y - bar}, rect.max};
  draw_part(ui, "time bar", times, [&] { draw_time_bar(ui, times); });
  Rect words{{rect.min.x + gap, rect.min.y}, {rect.max.x - gap, times.min.y - theme_.px(6)}};
  words.min.y = words.max.y - narration_height(ui, words.width());
  draw_part(ui, "narration", words, [&] { draw_narration(ui, words); });
  const Rect lanes{{rect.min.x + gap, rect.min.y}, {rect.max.x - gap, words.min.y - theme_.px(6)}};
  draw_part(ui, "lanes", lanes, [&] { draw_lanes(ui, lanes); });
}

/// Around the mouse, for those who cannot see an arrow.
static void draw_pointer(const Theme& theme) {
  if (!ImGui::IsMousePosValid()) return;
  ImDrawList& draw = *ImGui::GetForegroundDrawList();
  const ImVec2 at = ImGui::GetIO().MousePos;
  const float r = theme.px(15);
  draw.AddCircleFilled(at, r, faded(theme.lane[0], 0.25f));
  draw.AddCircle(at, r, theme.ground, 0, theme.px(5));
  draw.AddCircle(at, r, theme.lane[0], 0, theme.px(3));
}

/// A panel with what it asked for around it.
void Contents::explore(Ui& ui, const Rect& rect) {
  const PanelRecord& record = *find_panel(ui.next.panel);
  const float gap = theme_.px(16), bottom = rect.max.y - (record.uses_time ? theme_.px(theme_.projecting         ? 62
                                                                                       : window_is_short(theme_) ? 46
                                                                                                                 : 72)
                                                                           : 0);
  const Rect whole{{rect.min.x + gap, rect.min.y + theme_.px(4)},
                   {rect.max.x - gap, bottom - (window_is_short(theme_) ? gap / 4 : gap)}};
  panel_.draw(ui, uses_picture(record, ui.session.state()) ? around_picture(ui, rect, bottom) : whole);
  const Rect times{{rect.min.x, bottom}, rect.max};
  if (record.uses_time) draw_part(ui, "time bar", times, [&] { draw_time_bar(ui, times); });
}

/// What concerns the window alone, and no state.
void Contents::perform_own(const std::string& id) {
  if (id == "open") open_dialog_.ask();
  if (id == "undo") session_.undo();
  if (id == "redo") session_.redo();
  if (id == "copy_state") copy_state(session_);
  if (id == "copy_link") ImGui::SetClipboardText(link_of(session_.state(), session_.library()).c_str());
  if (id == "export") exporter_.ask();
  if (id == "copy_picture") exporter_.copies = true;
  if (id == "paste") paste_.begin(wake_);
  if (id == "save") keeper_.save() ? void() : save_dialog_.ask();
  if (id == "save_as") save_dialog_.ask();
  if (id == "help") help_.ask(false);
  if (id == "keys") help_.ask(true);
  if (id == "tour") tour_.begin();
  if (id == "next_control") offer_key(FocusKey::next);
  if (id == "previous_control") offer_key(FocusKey::previous);
  if (id == "next_area") offer_key(FocusKey::next_area);
  if (id == "compare") graphics_.wipe = graphics_.wipe > 0 ? 0 : 0.5f;
  if (id == "palette") palette_.ask();
  if (id == "larger") preferences_.scale = std::min(2.5, preferences_.scale * 1.1);
  if (id == "smaller") preferences_.scale = std::max(0.6, preferences_.scale / 1.1);
  if (id == "usual_size") preferences_.scale = 1;
  if (id == "project") theme_.projecting = !theme_.projecting;
  if (id == "full_screen") full_screen_ = !full_screen_;
  if (id == "next_page") lesson_.reader.turn(1);
  if (id == "fold_lesson") lesson_.folded = !lesson_.folded;
  if (id == "previous_page") lesson_.reader.turn(-1);
}

/// From the moment at which something is pressed, or typed into, until it is let go: one number; else 0.
std::uint64_t Contents::gesture_now() {
  const bool held = ImGui::IsAnyItemActive(), was_held = std::exchange(held_, held);
  if (held && !was_held) ++gesture_;
  return held || was_held ? gesture_ : 0;
}

/// What was done by keys and dropped files since the last frame.
void Contents::follow_requests(AppState& next) {
  const std::vector<std::string> asked = std::exchange(requests_.actions, {});
  for (const std::string& id : asked)
    if (!action(id).run) perform_own(id);
  next = session_.state();
  for (const std::string& id : asked) perform(id, session_, next);
  if (const auto pasted = paste_.take()) {
    if (pasted->value) dropped_ = *pasted->value;
    if (!pasted->value) exporter_.say(pasted->problem, true);
  }
  const std::string file = std::exchange(dropped_, {});
  if (Keeper::can_open(file))
    requests_.open = file;
  else if (file.ends_with(".md"))
    open_lesson(lesson_, session_, file);
  else if (!file.empty())
    next.picture = file;
}

void Contents::parts(Ui& ui, ImVec2 size) {
  const float tabs = theme_.px(window_is_short(theme_) ? 40 : 48);
  const Rect top{{0, 0}, {size.x, tabs}}, note{{0, tabs}, {size.x, 2 * tabs}};
  draw_part(ui, "tabs", top, [&] { beside_tabs_ = draw_tabs(ui, top); });
  Rect below{{0, tabs}, size};
  begin_lesson_frame(ui);
  if (lesson_.reader.is_open()) {
    const bool folded = lesson_.folded;
    below.max.x -= folded ? theme_.px(lesson_edge) : lesson_width(theme_, size.x);
    const Rect side{{below.max.x, tabs}, size};
    draw_part(ui, "lesson", side, [&] { folded ? draw_lesson_edge(ui, side) : draw_lesson(ui, side); });
  }
  find_panel(ui.next.panel) ? explore(ui, below) : pictures(ui, below);
  if (theme_.projecting) draw_pointer(theme_);
  draw_part(ui, "highlights", note, [&] { draw_highlights(ui); });
  draw_part(ui, "lessons menu", note, [&] { draw_lessons_menu(ui); });
  draw_part(ui, "open dialog", note, [&] { open_dialog_.draw(ui); });
  draw_part(ui, "save dialog", note, [&] { save_dialog_.draw(ui); });
  draw_part(ui, "export dialog", note, [&] { draw_export_dialog(ui); });
  draw_part(ui, "export note", note, [&] { draw_export_note(ui); });
  draw_part(ui, "tray", note, [&] { draw_tray(ui); });
  copy_what_is_pointed_at(ui);
  draw_part(ui, "help", note, [&] { help_.draw(ui); });
  draw_part(ui, "commands", note, [&] { palette_.draw(ui); });
  draw_part(ui, "opening", note, [&] { draw_opening(ui, note); });
  draw_part(ui, "tour", note, [&] { tour_.draw(ui); });
  draw_explanation(theme_);
}

bool Contents::draw() {
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(size);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 0);
  ImGui::Begin("noiseglass", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                   ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoNavInputs);
  ImGui::PopStyleVar(2);

  follow_system();
  ImGuiIO& io = ImGui::GetIO();
  const ImVec2 mouse = io.MousePos;
  takes_screen_ = exporter_.screen_is_due();
  if (exporter_.wants_screen()) io.MousePos = {-FLT_MAX, -FLT_MAX};  // nothing is pointed at, and no tooltip in the way
  AppState next = session_.state();
  landmarks_.clear();
  ImGui::PushAllowKeyboardFocus(false);  // Tab is ours: see focus.h
  begin_focus_frame(theme_);
  popups_.open.clear();
  std::string problem = draw_guarded([&] {
    follow_requests(next);
    Ui ui{theme_,    session_, next,    landmarks_, wake_,     graphics_, lesson_, preferences_,
          controls_, marks_,   popups_, requests_,  exporter_, platform_, broken_};
    parts(ui, size);
  });
  const bool cancels = popups_.escape && popups_.open.empty();
  popups_.enter = popups_.escape = false, popups_.pages = 0, lesson_.scroll = 0;
  end_focus_frame();
  ImGui::PopAllowKeyboardFocus();
  ImGui::End();
  io.MousePos = mouse;
  const std::uint64_t gesture = gesture_now();
  note_look(session_.state().look, next.look);
  if (std::exchange(requests_.follow_system, false)) system_look_.reset(), asked_theme_.clear();
  bool changed = !(next == session_.state());
  const std::string refused = attempt([&] {
    if (changed) session_.change(next, gesture);
    if (cancels) session_.cancel_opening();
    keep();
    changed = follow_lesson() || changed;
  });
  if (problem.empty()) problem = refused;
  if (!problem.empty()) session_.say(problem);
  if (value_is_typed() && !ImGui::GetIO().WantTextInput) changed = true;  // letters are for it from the next frame on
  if (exporter_.wants_screen() || exporter_.dialog || !requests_.actions.empty()) changed = true;  // asked for by now
  return changed;
}

void Contents::drawn(int width, int height) {
  if (!takes_screen_ || !popups_.open.empty()) return;
  const std::string problem = attempt([&] { exporter_.take_screen(render::read_drawn(width, height), wake_); });
  if (!problem.empty()) exporter_.say(problem, true);
}

/// Files of one's own are offered again by the open dialog.
void Contents::note_what_was_opened() {
  if (const auto file = keeper_.take_file_opened(); !file.empty()) note_recent(preferences_.recent, file);
  const std::filesystem::path& picture = session_.picture().path;
  const auto is_it = [&](const BundledPicture& bundled) { return bundled.path == picture; };
  const bool bundled = std::ranges::any_of(session_.library().pictures, is_it);
  if (picture != seen_picture_ && !bundled && !is_kept(picture, kept_folder()))
    note_recent(preferences_.recent, picture);
  seen_picture_ = picture;
}

/// Saves and opens what was asked for in this frame, and keeps the last session and the preferences.
void Contents::keep() {
  if (!requests_.save.empty()) keeper_.save(std::exchange(requests_.save, {}));
  if (!requests_.open.empty()) keeper_.begin_to_open(std::exchange(requests_.open, {}).string(), wake_);
  keeper_.tick(held_);
  note_what_was_opened();
  if (preferences_ == keeper_.preferences) return;
  if (preferences_.language != keeper_.preferences.language) {
    use_language(preferences_.language);
    lesson_.contents.clear();
  }
  keeper_.preferences = preferences_;
  keeper_.keep_preferences();
}

void Contents::finish() { keeper_.finish(); }

/// Takes on the state that a page or an answer asks for. @returns whether there was one
bool Contents::follow_lesson() {
  LessonReader& reader = lesson_.reader;
  follow_link(lesson_, session_);
  reader.follow_file(session_.state());
  const std::optional<AppState> wanted = reader.take_state(session_.state());
  if (!wanted) return false;
  AppState picture = session_.state();
  picture.picture = wanted->picture;
  session_.apply(picture);  // first, since another picture stops what plays
  session_.change(*wanted);
  session_.forget_previews();
  return true;
}

bool Contents::is_broken() const {
  return std::ranges::any_of(broken_, [](const auto& part) { return !part.second.empty(); });
}

double Contents::rest() const {
  constexpr double never = std::numeric_limits<double>::infinity();
  if (ImGui::GetIO().WantTextInput) return 0.2;  // the caret blinks
  if (is_broken()) return 0.5;                   // tried again: the cause may be gone
  return std::min({seconds_to_missing_highlight(lesson_), lesson_.reader.is_open() ? 1.0 : never, keeper_.rest(),
                   exporter_.seconds_of_message()});
}

bool Contents::stirs() {
  if (keeper_.rest() <= 0) keeper_.tick(held_);  // that needs no frame
  return ImGui::GetIO().WantTextInput || is_broken() || seconds_to_missing_highlight(lesson_) <= 0 ||
         lesson_.reader.was_rewritten() || exporter_.seconds_of_message() <= 0;
}

bool Contents::wants_frames() const {
  if (session_.opening()) return true;
  const Panel* panel = panel_.find(session_.state().panel);
  return panel && panel->wants_frames();
}

}  // namespace noiseglass::app
