#include "ui/window/shell.h"

#include "session/folders.h"
#include "session/kept_file.h"
#include "session/worker.h"
#include "ui/lessons/lessons.h"
#include "ui/window/contents.h"
#include "ui/window/exporter.h"
#include "ui/window/shortcuts.h"
#include "ui/window/systems/system.h"

#include "noiseglass/files.h"
#include "noiseglass/model.h"
#include "noiseglass/threads.h"
#include "render/gl_context.h"

#include <glad/gl.h>
#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>
#include <backends/imgui_impl_glfw.h>
#include <backends/imgui_impl_opengl3.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
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
    glsl_ = ask_for_context();
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
  const char* glsl() const { return glsl_; }

 private:
  GLFWwindow* window_ = nullptr;
  const char* glsl_ = nullptr;
};

/// Dear ImGui on a window, from start to end.
class Interface {
 public:
  Interface(GLFWwindow* window, const char* glsl) {
    ImGui::CreateContext();
    ImGui::GetIO().IniFilename = nullptr;
    ImGui_ImplGlfw_InitForOpenGL(window, true);
    ImGui_ImplOpenGL3_Init(glsl);
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
  ~Shell();
  /// @returns false when the window has been closed
  bool turn();

 private:
  [[noreturn]] void leave_without_display();
  void install_callbacks();
  void key(int key, int scancode, int action, int modifiers);
  void frame();
  void write_landmarks();
  void log_frame(double started, double worked);
  float wanted_scale() const;
  bool wait();

  WindowOptions options_;
  Window window_;
  std::unique_ptr<Session> session_;
  std::unique_ptr<Interface> interface_;
  std::unique_ptr<Contents> contents_;
  std::string written_landmarks_;
  std::ofstream frame_log_;
  std::atomic<bool> stirred_ = false;  // something came since the last frame began, from a person or from a job
  std::function<void()> wake_ = [this] {
    stirred_ = true;
    wake_window();
  };
  static constexpr int frames_after_event = 4;  // hovering, tooltips and popups settle within so many
  int awake_frames_ = 5;  // frames to draw before waiting for events again; at the start sizes and fonts settle
  double last_time_ = 0;
  WindowPlace place_;
  static Shell* current_;  // of whom a display that is gone speaks
};

Shell* Shell::current_ = nullptr;

Shell::Shell(const WindowOptions& options) : options_(options), window_(options) {
  render::load_gl(glfwGetProcAddress);
  render::print_driver_messages_in_debug_builds();
  session_ = std::make_unique<Session>(wake_);
  install_callbacks();  // before ImGui's, which call these in turn
  interface_ = std::make_unique<Interface>(window_.get(), window_.glsl());
  contents_ = std::make_unique<Contents>(options, *session_, wake_);
  last_time_ = glfwGetTime();
  if (!options_.frame_log_file.empty()) frame_log_.open(std::filesystem::path(options_.frame_log_file));
  current_ = this;
  when_display_is_lost([] {
    if (current_) current_->leave_without_display();
  });
}

Shell::~Shell() { current_ = nullptr; }

/// Nothing can be shown, and nothing of the display be closed; but what was done is kept.
void Shell::leave_without_display() {
  current_ = nullptr;
  const std::string problem = attempt([&] { contents_->finish(); });
  std::fprintf(stderr, "noiseglass: The display went away%s\n",
               options_.keep && problem.empty() ? "; the next start goes on where this one ended." : ".");
  std::_Exit(1);
}

void Shell::install_callbacks() {
  GLFWwindow* window = window_.get();
  glfwSetWindowUserPointer(window, this);
  // Whatever comes while frames are still drawn is taken by one of these, and what comes of it has to be drawn, too.
  static const auto stir = [](GLFWwindow* w) { static_cast<Shell*>(glfwGetWindowUserPointer(w))->stirred_ = true; };
  glfwSetMouseButtonCallback(window, [](GLFWwindow* w, int, int, int) { stir(w); });
  glfwSetCursorPosCallback(window, [](GLFWwindow* w, double, double) { stir(w); });
  glfwSetCursorEnterCallback(window, [](GLFWwindow* w, int) { stir(w); });
  glfwSetScrollCallback(window, [](GLFWwindow* w, double, double) { stir(w); });
  glfwSetWindowFocusCallback(window, [](GLFWwindow* w, int) { stir(w); });
  glfwSetWindowRefreshCallback(window, [](GLFWwindow* w) { stir(w); });
  glfwSetFramebufferSizeCallback(window, [](GLFWwindow* w, int, int) { stir(w); });
  glfwSetKeyCallback(window, [](GLFWwindow* w, int key, int scancode, int action, int modifiers) {
    static_cast<Shell*>(glfwGetWindowUserPointer(w))->key(key, scancode, action, modifiers);
  });
  glfwSetCharCallback(window, [](GLFWwindow* w, unsigned letter) {  // a key of its own on hardly any keyboard
    Shell& shell = *static_cast<Shell*>(glfwGetWindowUserPointer(w));
    shell.stirred_ = true;
    const bool free = !ImGui::GetIO().WantTextInput && !ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopup);
    if (letter == '?' && free && shell.contents_) shell.contents_->act("keys");
  });
  glfwSetDropCallback(window, [](GLFWwindow* w, int count, const char** paths) {
    Shell& shell = *static_cast<Shell*>(glfwGetWindowUserPointer(w));
    shell.stirred_ = true;
    if (count > 0 && shell.contents_) shell.contents_->drop(paths[0]);
  });
  glfwSetWindowSizeLimits(window, 320, 240, GLFW_DONT_CARE, GLFW_DONT_CARE);
}

void Shell::key(int key, int scancode, int action_kind, int modifiers) {
  stirred_ = true;
  if (action_kind == GLFW_RELEASE || !contents_) return;
  const auto of_control = focus_key(key, modifiers);
  if (of_control && offer_key(*of_control, modifiers & GLFW_MOD_SHIFT)) return;
  if (key == GLFW_KEY_ENTER || key == GLFW_KEY_KP_ENTER) contents_->press_enter();
  if (key == GLFW_KEY_ESCAPE) contents_->press_escape();
  if (key == GLFW_KEY_DOWN || key == GLFW_KEY_UP) contents_->press_arrow(key == GLFW_KEY_DOWN ? 1 : -1);
  if (key == GLFW_KEY_PAGE_DOWN || key == GLFW_KEY_PAGE_UP) contents_->press_page(key == GLFW_KEY_PAGE_DOWN ? 1 : -1);
  if (ImGui::GetIO().WantTextInput || ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopup)) return;
  if (key == GLFW_KEY_ESCAPE && (session_->opening() || contents_->touring()))
    return;  // it ends that, and nothing else
  const std::string name = key_name(key, scancode, modifiers);
  if (name.empty()) return;  // and there are actions without a key
  for (const Action& action : actions())
    if (action.shortcut == name) contents_->act(action.id);
}

float Shell::wanted_scale() const {
  float x = 1, y = 1;
  glfwGetWindowContentScale(window_.get(), &x, &y);
  const float base = options_.scale > 0 ? float(options_.scale) : std::max(1.f, x);
  return std::round(base * (contents_ ? contents_->user_scale() : 1) * 20) / 20;
}

void Shell::write_landmarks() {
  if (options_.landmarks_file.empty()) return;
  const std::string text = contents_->describe();
  if (text == written_landmarks_) return;
  write_whole(options_.landmarks_file, text);
  written_landmarks_ = text;
}

void Shell::frame() {
  int width = 0, height = 0;
  glfwGetFramebufferSize(window_.get(), &width, &height);
  if (width < 1 || height < 1) return;
  contents_->apply_appearance(wanted_scale());
  ImGui_ImplOpenGL3_NewFrame();
  ImGui_ImplGlfw_NewFrame();
  ImGui::NewFrame();
  if (contents_->draw()) awake_frames_ = 3;
  ImGui::Render();
  const ImVec4 ground = ImGui::ColorConvertU32ToFloat4(contents_->theme().ground);
  glViewport(0, 0, width, height);
  glClearColor(ground.x, ground.y, ground.z, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
  contents_->drawn(width, height);
  glfwSwapBuffers(window_.get());
  write_landmarks();
}

/// @param started, worked when the frame began: the clock's time, and what this thread had worked by then
void Shell::log_frame(double started, double worked) {
  if (options_.frame_log_file.empty()) return;
  const std::chrono::duration<double> today = std::chrono::system_clock::now().time_since_epoch();
  frame_log_ << std::fixed << today.count() << ' ' << 1e3 * (glfwGetTime() - started) << ' ' << session_->computing()
             << ' ' << 1e3 * (seconds_worked() - worked) << std::endl;
  if (!frame_log_) throw Error("\"" + options_.frame_log_file + "\" cannot be written: choose another place.");
}

/// Waits until the next frame would look different from the last one. @returns false when it turns out that it does not
bool Shell::wait() {
  const bool plays = session_->state().playing != Playing::paused && !session_->waiting();
  const bool measured = !options_.frame_log_file.empty();  // without rest
  if (awake_frames_ > 0 || plays || measured || contents_->wants_frames()) {
    const bool hidden = glfwGetWindowAttrib(window_.get(), GLFW_ICONIFIED);
    take_events(hidden ? 0.1 : 0);  // nothing is drawn that would take its time
    awake_frames_ = stirred_.exchange(false) ? frames_after_event : std::max(0, awake_frames_ - 1);
    return true;
  }
  const Came came = take_events(std::max(contents_->rest(), 0.01));
  if (!stirred_.exchange(false) && came != Came::something) return came == Came::nothing && contents_->stirs();
  awake_frames_ = frames_after_event;
  return true;
}

bool Shell::turn() {
  if (glfwWindowShouldClose(window_.get())) {
    contents_->finish();
    return false;
  }
  if (!wait()) return true;
  if (contents_->full_screen() != fills_screen(window_.get()))
    fill_screen(window_.get(), contents_->full_screen(), place_);
  const double now = glfwGetTime(), worked = seconds_worked();
  const std::string problem = attempt([&] { session_->tick(now - last_time_); });
  if (!problem.empty()) session_->say(problem);
  last_time_ = now;
  frame();
  log_frame(now, worked);
  return true;
}

}  // namespace

int run_window(const WindowOptions& options) {
  set_network_threads(0, true);
  WindowOptions with_file = options;
  if (options.file == "-") with_file.file = opened_from_input(read_input("-"), kept_folder());
  run_turns([shell = std::make_shared<Shell>(with_file)] { return shell->turn(); });
  return 0;
}

}  // namespace noiseglass::app
