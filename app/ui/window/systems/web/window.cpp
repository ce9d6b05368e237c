// A canvas in a page. The browser calls the program, which may not wait: not for events, and not for files.
#include "ui/window/systems/system.h"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>
#include <emscripten.h>
#include <emscripten/html5.h>
#include <imgui.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <string>
#include <utility>

#pragma clang diagnostic ignored "-Wdollar-in-identifier-extension"  // what the page's own language calls its arguments

namespace noiseglass::app {
namespace {

std::atomic<bool> came = true;
std::string copied;  // the text that was copied or pasted last
double alarm = 0;    // when there is something to do even if nothing comes; infinity: never
bool sleeps = false, may_sleep = false;

/// While there is nothing to do the browser is not asked to call, which would keep it drawing.
void sleep() {
  static int timer = 0;
  sleeps = true;
  emscripten_pause_main_loop();
  emscripten_clear_timeout(timer);
  if (std::isinf(alarm)) return;
  const auto ring = [](void*) {
    if (std::exchange(sleeps, false)) emscripten_resume_main_loop();
  };
  timer = emscripten_set_timeout(ring, std::max(0.0, 1e3 * (alarm - glfwGetTime())), nullptr);
}

}  // namespace

/// For packaging/web/page.js: the mouse, a key or a finger did something, or the page has changed.
extern "C" EMSCRIPTEN_KEEPALIVE void noiseglass_stir() {
  came = true;
  if (std::exchange(sleeps, false)) emscripten_resume_main_loop();
}

/// For page.js: a file of the page's file system is to be opened, as if it had been dropped.
extern "C" EMSCRIPTEN_KEEPALIVE void noiseglass_open(const char* path) {
  GLFWwindow* window = glfwGetCurrentContext();
  const GLFWdropfun drop = window ? glfwSetDropCallback(window, nullptr) : nullptr;
  if (!drop) return;
  glfwSetDropCallback(window, drop);
  drop(window, 1, &path);
  noiseglass_stir();
}

void when_display_is_lost(void (*)()) {}  // the page is the display

/// For page.js: the canvas is to have this size, in the page's units.
extern "C" EMSCRIPTEN_KEEPALIVE void noiseglass_resize(int width, int height) {
  if (GLFWwindow* window = glfwGetCurrentContext()) glfwSetWindowSize(window, width, height);
  noiseglass_stir();
}

/// For page.js: text was pasted. @returns whether it went into a field
extern "C" EMSCRIPTEN_KEEPALIVE int noiseglass_paste(const char* text) {
  copied = text;
  noiseglass_stir();
  if (!ImGui::GetCurrentContext() || !ImGui::GetIO().WantTextInput) return 0;
  ImGui::GetIO().AddInputCharactersUTF8(text);
  return 1;
}

/// What emscripten's GLFW leaves out.
extern "C" void glfwSetClipboardString(GLFWwindow*, const char* text) {
  copied = text;
  MAIN_THREAD_EM_ASM({ noiseglassPage.copy(UTF8ToString($0)); }, text);
}
extern "C" const char* glfwGetClipboardString(GLFWwindow*) { return copied.c_str(); }

void run_turns(std::function<bool()> turn) {
  static std::function<bool()> kept;
  kept = std::move(turn);
  emscripten_set_main_loop(
      [] {
        may_sleep = false;
        if (!kept())
          emscripten_cancel_main_loop();
        else if (may_sleep && !came)
          sleep();
      },
      0, false);
}

Came take_events(double seconds) {
  static double last = glfwGetTime();
  glfwPollEvents();
  if (seconds > 0 && !came.exchange(false)) {
    alarm = last + seconds;
    may_sleep = true;
    if (glfwGetTime() < alarm) return Came::nothing_yet;
    last = glfwGetTime();
    return Came::nothing;
  }
  last = glfwGetTime();
  return Came::something;
}

void wake_window() {
  came = true;
  MAIN_THREAD_ASYNC_EM_ASM({ Module._noiseglass_stir(); });
}

const char* ask_for_context() {
  glfwWindowHint(GLFW_CLIENT_API, GLFW_OPENGL_ES_API);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 0);
  return "#version 300 es";
}

bool fills_screen(GLFWwindow*) {
  EmscriptenFullscreenChangeEvent now{};
  return emscripten_get_fullscreen_status(&now) == EMSCRIPTEN_RESULT_SUCCESS && now.isFullscreen;
}

void fill_screen(GLFWwindow*, bool whole, WindowPlace&) {
  if (whole)
    emscripten_request_fullscreen("#canvas", true);
  else
    emscripten_exit_fullscreen();
}

void listen_to_look(const std::stop_token&, const std::function<void(const Appearance&)>& show) {
  const auto matches = [](const char* query) {
    return MAIN_THREAD_EM_ASM_INT({ return matchMedia(UTF8ToString($0)).matches; }, query) != 0;
  };
  Appearance look;
  look.look = matches("(prefers-color-scheme: dark)") ? Look::dark : Look::light;
  if (matches("(prefers-contrast: more)")) look.look = Look::high_contrast;
  look.transitions = !matches("(prefers-reduced-motion: reduce)");
  show(look);
}

}  // namespace noiseglass::app
