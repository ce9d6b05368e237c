// A canvas in a page. The browser calls the program, which may not wait: not for events, and not for files.
#include "ui/window/systems/system.h"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>
#include <emscripten.h>
#include <emscripten/html5.h>

#include <atomic>

namespace noiseglass::app {
namespace {

std::atomic<bool> came = true;

}  // namespace

/// For packaging/web/page.js: the mouse, a key or a finger did something, or the page has changed.
extern "C" EMSCRIPTEN_KEEPALIVE void noiseglass_stir() { came = true; }

/// For page.js: a file of the page's file system is to be opened, as if it had been dropped.
extern "C" EMSCRIPTEN_KEEPALIVE void noiseglass_open(const char* path) {
  GLFWwindow* window = glfwGetCurrentContext();
  const GLFWdropfun drop = window ? glfwSetDropCallback(window, nullptr) : nullptr;
  if (!drop) return;
  glfwSetDropCallback(window, drop);
  drop(window, 1, &path);
  came = true;
}

void when_display_is_lost(void (*)()) {}  // the page is the display

void run_turns(std::function<bool()> turn) {
  static std::function<bool()> kept;
  kept = std::move(turn);
  emscripten_set_main_loop(
      [] {
        if (!kept()) emscripten_cancel_main_loop();
      },
      0, false);
}

Came take_events(double seconds) {
  static double last = glfwGetTime();
  glfwPollEvents();
  if (seconds > 0 && !came.exchange(false)) {
    if (glfwGetTime() - last < seconds) return Came::nothing_yet;
    last = glfwGetTime();
    return Came::nothing;
  }
  last = glfwGetTime();
  return Came::something;
}

void wake_window() { came = true; }

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
