#include "ui/window/shell.h"

#include "lessons/library.h"
#include "session/set_state.h"
#include "ui/lessons/lessons.h"
#include "ui/panels/panel.h"

#include "noiseglass/files.h"
#include "noiseglass/model.h"
#include "render/gl_context.h"

#include <glad/gl.h>
#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>
#include <backends/imgui_impl_glfw.h>
#include <backends/imgui_impl_opengl3.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <memory>

namespace noiseglass::app {
namespace {

std::string glfw_problem;

/// The window and its OpenGL context; gone when it goes out of scope.
class Window {
 public:
  explicit Window(const WindowOptions& options) {
    glfwSetErrorCallback([](int, const char* text) { glfw_problem = text; });
    if (!glfwInit())
      throw Error("No window can be opened here (" + glfw_problem +
                  "). Without a display, use the command line: noiseglass --help.");
    glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
    glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
    glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
    glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
    glfwWindowHint(GLFW_SCALE_TO_MONITOR, GLFW_TRUE);
    window_ = glfwCreateWindow(options.width, options.height, "noiseglass", nullptr, nullptr);
    if (!window_) {
      glfwTerminate();
      throw Error("The window needs OpenGL 3.3, which this machine does not offer (" + glfw_problem +
                  "). Newer graphics drivers may help; the command line works without: noiseglass --help.");
    }
    glfwMakeContextCurrent(window_);
    glfwSwapInterval(1);
  }
  ~Window() {
    glfwDestroyWindow(window_);
    glfwTerminate();
  }
  Window(const Window&) = delete;
  Window& operator=(const Window&) = delete;
  GLFWwindow* get() const { return window_; }

 private:
  GLFWwindow* window_ = nullptr;
};

/// Dear ImGui on a window, from start to end.
class Interface {
 public:
  explicit Interface(GLFWwindow* window) {
    ImGui::CreateContext();
    ImGui::GetIO().IniFilename = nullptr;
    ImGui_ImplGlfw_InitForOpenGL(window, true);
    ImGui_ImplOpenGL3_Init("#version 330 core");
  }
  ~Interface() {
    ImGui_ImplOpenGL3_Shutdown();
    ImGui_ImplGlfw_Shutdown();
    ImGui::DestroyContext();
  }
  Interface(const Interface&) = delete;
  Interface& operator=(const Interface&) = delete;
};

class Shell {
 public:
  explicit Shell(const WindowOptions& options);
  int run();

 private:
  void install_callbacks();
  void key(int key, int action, int modifiers);
  void look();  ///< fonts and colours, when the scale or the theme has changed
  void frame();
  void panels();
  Rect around_picture(Ui& ui, const Rect& rect, float bottom);
  void pictures(Ui& ui, const Rect& rect);
  void explore(Ui& ui, const Rect& rect);
  void open(const std::string& file);
  void set_from_command_line();
  void follow_lesson();
  void write_landmarks();
  void log_frame(double started);
  float wanted_scale() const;

  WindowOptions options_;
  Window window_;
  std::unique_ptr<Session> session_;
  std::unique_ptr<Interface> interface_;
  std::unique_ptr<PanelData> data_;
  Theme theme_;
  std::map<std::string, Rect> landmarks_;
  std::string written_landmarks_;
  std::ofstream frame_log_;
  std::vector<std::string> pending_actions_;
  std::string dropped_;
  float user_scale_ = 1;
  std::function<void()> wake_ = [] { glfwPostEmptyEvent(); };
  int awake_frames_ = 3;  // frames to draw before waiting for events again
  double last_time_ = 0;
};

Shell::Shell(const WindowOptions& options) : options_(options), window_(options) {
  render::load_gl(glfwGetProcAddress);
  render::print_driver_messages_in_debug_builds();
  session_ = std::make_unique<Session>(wake_);
  install_callbacks();  // before ImGui's, which call these in turn
  interface_ = std::make_unique<Interface>(window_.get());
  data_ = std::make_unique<PanelData>();
  data_->lesson = std::make_shared<LessonData>(session_->library());

  AppState state = session_->state();
  state.dark = !options.light;
  state.position = 0.3 * state.steps;  // the difference between the lanes is seen at once
  if (!session_->library().pictures.empty()) state.picture = session_->library().pictures.front().path;
  session_->apply(state);
  if (!options.file.empty()) open(std::filesystem::absolute(options.file));
  set_from_command_line();
}

/// A picture or a lesson.
void Shell::open(const std::string& file) {
  if (file.ends_with(".md"))
    open_lesson(*data_, *session_, file);
  else
    session_->open(file);
}

void Shell::set_from_command_line() {
  AppState state = session_->state();
  std::vector<Assignment> settings;
  for (const std::string& setting : options_.settings) {
    const auto equals = setting.find('=');
    if (equals == setting.npos) throw UsageError("--set is followed by NAME=VALUE, not by \"" + setting + "\".");
    settings.push_back({setting.substr(0, equals), setting.substr(equals + 1)});
  }
  const auto wrong = set_state(state, settings, session_->library(), std::filesystem::current_path());
  if (!wrong.empty()) throw UsageError("--set " + wrong.front().text);
  session_->apply(state);
  if (!options_.lesson.empty()) data_->lesson->reader.open(lessons::find_lesson(options_.lesson), session_->state());
}

void Shell::install_callbacks() {
  GLFWwindow* window = window_.get();
  glfwSetWindowUserPointer(window, this);
  glfwSetKeyCallback(window, [](GLFWwindow* w, int key, int, int action, int modifiers) {
    static_cast<Shell*>(glfwGetWindowUserPointer(w))->key(key, action, modifiers);
  });
  glfwSetDropCallback(window, [](GLFWwindow* w, int count, const char** paths) {
    if (count > 0) static_cast<Shell*>(glfwGetWindowUserPointer(w))->dropped_ = paths[0];
  });
  glfwSetWindowSizeLimits(window, 320, 240, GLFW_DONT_CARE, GLFW_DONT_CARE);
}

void Shell::key(int key, int action_kind, int modifiers) {
  if (action_kind == GLFW_RELEASE || !data_) return;
  data_->enter_pressed |= key == GLFW_KEY_ENTER || key == GLFW_KEY_KP_ENTER;
  data_->escape_pressed |= key == GLFW_KEY_ESCAPE;
  if (ImGui::GetIO().WantTextInput || ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopup)) return;
  const bool control = modifiers & (GLFW_MOD_CONTROL | GLFW_MOD_SUPER);
  if (control && key == GLFW_KEY_O) data_->open_dialog = true;
  if (control && (key == GLFW_KEY_EQUAL || key == GLFW_KEY_KP_ADD)) user_scale_ = std::min(2.5f, user_scale_ * 1.1f);
  if (control && (key == GLFW_KEY_MINUS || key == GLFW_KEY_KP_SUBTRACT))
    user_scale_ = std::max(0.6f, user_scale_ / 1.1f);
  if (control && key == GLFW_KEY_0) user_scale_ = 1;
  if (control) return;
  if (key == GLFW_KEY_PAGE_DOWN) data_->lesson->reader.turn(1);
  if (key == GLFW_KEY_PAGE_UP) data_->lesson->reader.turn(-1);
  for (const Action& action : actions())
    if (action.key == key) pending_actions_.push_back(action.id);
}

float Shell::wanted_scale() const {
  float x = 1, y = 1;
  glfwGetWindowContentScale(window_.get(), &x, &y);
  const float base = options_.scale > 0 ? float(options_.scale) : std::max(1.f, x);
  return std::round(base * user_scale_ * 20) / 20;
}

void Shell::look() {
  if (theme_.body == nullptr || theme_.scale != wanted_scale()) {
    const std::string problem = load_type(theme_, wanted_scale());
    if (!problem.empty()) std::fprintf(stderr, "noiseglass: %s\n", problem.c_str());
    ImGui_ImplOpenGL3_DestroyFontsTexture();
    ImGui_ImplOpenGL3_CreateFontsTexture();
  }
  apply_colours(theme_, session_->state().dark);
  ImGui::GetIO().FontDefault = theme_.body;
}

/// The bar and the strip of what has to do with the picture. @returns what is left
Rect Shell::around_picture(Ui& ui, const Rect& rect, float bottom) {
  const float bar = theme_.px(44), gap = theme_.px(16);
  draw_picture_bar(ui, {rect.min, {rect.max.x, rect.min.y + bar}});
  Rect rest{{rect.min.x + gap, rect.min.y + bar}, {rect.max.x - gap, bottom - gap}};
  if (rect.width() <= theme_.px(720)) return rest;
  draw_picture_strip(ui, {rest.min, {rest.min.x + theme_.px(72), rest.max.y}});
  rest.min.x += theme_.px(72) + gap;
  return rest;
}

/// Noise on a picture, forward and back: the lanes, their plots, the timeline.
void Shell::pictures(Ui& ui, const Rect& rect) {
  const float gap = theme_.px(16);
  const float timeline = std::clamp(rect.max.y * 0.32f, theme_.px(196), theme_.px(ui.next.lane_count == 2 ? 330 : 260));
  const float bottom = rect.max.y - timeline;
  Rect lanes = around_picture(ui, rect, bottom);
  const float roomy = theme_.px(data_->lesson->reader.is_open() ? 860 : 1000);  // a lesson may speak of the plots
  if (rect.width() > roomy && ui.next.plots_open) {
    const float plots = std::clamp(lanes.width() - gap - lanes_width(*session_, theme_, lanes.height()),
                                   rect.width() * 0.25f, rect.width() * 0.42f);
    draw_plots(ui, {{lanes.max.x - plots, lanes.min.y}, lanes.max});
    lanes.max.x -= plots + gap;
  }
  draw_lanes(ui, lanes);
  draw_timeline(ui, {{rect.min.x, bottom}, rect.max});
}

/// A panel with what it asked for around it.
void Shell::explore(Ui& ui, const Rect& rect) {
  const PanelRecord& record = *find_panel(ui.next.panel);
  const float gap = theme_.px(16), bottom = rect.max.y - (record.uses_time ? theme_.px(72) : 0);
  const Rect whole{{rect.min.x + gap, rect.min.y + theme_.px(4)}, {rect.max.x - gap, bottom - gap}};
  draw_open_panel(ui, record.uses_picture ? around_picture(ui, rect, bottom) : whole);
  if (record.uses_time) draw_time_bar(ui, {{rect.min.x, bottom}, rect.max});
}

void Shell::panels() {
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(size);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 0);
  ImGui::Begin("noiseglass", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                   ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoNavInputs);
  ImGui::PopStyleVar(2);

  AppState next = session_->state();
  for (const std::string& id : pending_actions_) perform(id, *session_, next);
  pending_actions_.clear();
  if (dropped_.ends_with(".md"))
    open_lesson(*data_, *session_, std::exchange(dropped_, {}));
  else if (!dropped_.empty())
    next.picture = std::exchange(dropped_, {});
  landmarks_.clear();
  data_->dialog.clear();
  Ui ui{theme_, *session_, next, *data_, landmarks_, wake_};

  const float tabs = theme_.px(48);
  draw_tabs(ui, {{0, 0}, {size.x, tabs}});
  Rect below{{0, tabs}, size};
  begin_lesson_frame(ui);
  if (data_->lesson->reader.is_open()) {
    const float side = std::min(theme_.px(380), size.x / 2);
    below.max.x -= side;
    draw_lesson(ui, {{below.max.x, tabs}, size});
  }
  find_panel(next.panel) ? explore(ui, below) : pictures(ui, below);
  draw_highlights(ui);
  draw_lessons_menu(ui);
  draw_open_dialog(ui);
  draw_help(ui);
  data_->enter_pressed = data_->escape_pressed = false;
  ImGui::End();
  if (!(next == session_->state())) {
    session_->apply(next);
    awake_frames_ = 3;
  }
  follow_lesson();
}

/// Takes on the state that a page or an answer asks for.
void Shell::follow_lesson() {
  LessonReader& reader = data_->lesson->reader;
  reader.follow_file(session_->state());
  const std::optional<AppState> wanted = reader.take_state(session_->state());
  if (!wanted) return;
  AppState picture = session_->state();
  picture.picture = wanted->picture;
  session_->apply(picture);  // first, since another picture stops what plays
  session_->apply(*wanted);
  awake_frames_ = 3;
}

void Shell::write_landmarks() {
  if (options_.landmarks_file.empty()) return;
  nlohmann::json json;
  json["frame"] = ImGui::GetFrameCount();
  for (const auto& [name, rect] : landmarks_) json["places"][name] = {rect.min.x, rect.min.y, rect.max.x, rect.max.y};
  const AppState& state = session_->state();
  json["t"] = {session_->lane(0).t, session_->lane(1).t};
  json["seed"] = state.seed;
  json["view"] = state.view == View::forward ? "forward" : "reverse";
  json["playing"] = state.playing != Playing::paused;
  json["computing"] = session_->computing();
  json["run_done"] = session_->run_done();
  for (int i = 0; i < state.lane_count; ++i) {
    const RunFrame* shown = session_->lane(i).frame;
    json["psnr"].push_back(shown ? shown->quality.psnr : 0);
    json["ssim"].push_back(shown && shown->quality.ssim ? *shown->quality.ssim : 0);
  }
  double seconds = 0;
  for (int i = 0; i < state.lane_count; ++i)
    if (const Run* run = session_->lane(i).run.get()) seconds += run->seconds;
  json["run_seconds"] = seconds;
  json["picture"] = session_->picture().title;
  json["message"] = session_->message();
  json["dialog"] = data_->dialog;
  json["typing"] = ImGui::GetIO().WantTextInput;
  json["typed"] = data_->typed_path;
  json["tab"] = state.panel;
  json["settings"] = state.settings;
  if (const auto open = data_->opened.find(state.panel); open != data_->opened.end())
    json["panel"] = open->second->facts();
  json["lesson"] = nlohmann::json::parse(describe_lesson(*data_));
  json["window"] = {ImGui::GetIO().DisplaySize.x, ImGui::GetIO().DisplaySize.y};
  const std::string text = json.dump(1);
  if (text == written_landmarks_) return;
  write_whole(options_.landmarks_file, text);
  written_landmarks_ = text;
}

void Shell::frame() {
  int width = 0, height = 0;
  glfwGetFramebufferSize(window_.get(), &width, &height);
  if (width < 1 || height < 1) return;
  look();
  ImGui_ImplOpenGL3_NewFrame();
  ImGui_ImplGlfw_NewFrame();
  ImGui::NewFrame();
  panels();
  ImGui::Render();
  const ImVec4 ground = ImGui::ColorConvertU32ToFloat4(theme_.ground);
  glViewport(0, 0, width, height);
  glClearColor(ground.x, ground.y, ground.z, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
  glfwSwapBuffers(window_.get());
  write_landmarks();
}

void Shell::log_frame(double started) {
  if (options_.frame_log_file.empty()) return;
  if (!frame_log_.is_open()) frame_log_.open(options_.frame_log_file);
  const std::chrono::duration<double> today = std::chrono::system_clock::now().time_since_epoch();
  frame_log_ << std::fixed << today.count() << ' ' << 1e3 * (glfwGetTime() - started) << ' ' << session_->computing()
             << std::endl;
}

int Shell::run() {
  last_time_ = glfwGetTime();
  while (!glfwWindowShouldClose(window_.get())) {
    const auto opened = data_->opened.find(session_->state().panel);
    const bool moving = opened != data_->opened.end() && opened->second->wants_frames();
    const bool idle = !moving && options_.frame_log_file.empty() &&
                      (session_->state().playing == Playing::paused || session_->waiting());
    if (idle && awake_frames_ == 0) {
      glfwWaitEventsTimeout(1.0);
      awake_frames_ = 3;  // hovering and tooltips settle within three frames
    } else {
      glfwPollEvents();
      if (awake_frames_ > 0) --awake_frames_;
    }
    const double now = glfwGetTime();
    session_->tick(now - last_time_);
    last_time_ = now;
    frame();
    log_frame(now);
  }
  return 0;
}

}  // namespace

int run_window(const WindowOptions& options) {
  set_network_threads(0, true);
  return Shell(options).run();
}

}  // namespace noiseglass::app
