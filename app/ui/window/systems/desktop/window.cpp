// A window on a desktop, through GLFW.
#include "ui/window/systems/system.h"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include <cmath>

namespace noiseglass::app {

void run_turns(std::function<bool()> turn) {
  while (turn()) {
  }
}

Came take_events(double seconds) {
  const double began = glfwGetTime();
  if (seconds <= 0)
    glfwPollEvents();
  else if (std::isinf(seconds))
    glfwWaitEvents();
  else
    glfwWaitEventsTimeout(seconds);
  return glfwGetTime() - began < seconds ? Came::something : Came::nothing;
}

void hand_over(const std::string&) {}  // it is where they said

void wake_window() { glfwPostEmptyEvent(); }

const char* ask_for_context() {
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
  glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
  return "#version 330 core";
}

bool fills_screen(GLFWwindow* window) { return glfwGetWindowMonitor(window) != nullptr; }

void fill_screen(GLFWwindow* window, bool whole, WindowPlace& before) {
  if (!whole) {
    glfwSetWindowMonitor(window, nullptr, before.x, before.y, before.width, before.height, GLFW_DONT_CARE);
    return;
  }
  glfwGetWindowPos(window, &before.x, &before.y);
  glfwGetWindowSize(window, &before.width, &before.height);
  int count = 0;
  GLFWmonitor** monitors = glfwGetMonitors(&count);
  for (int i = 0; i < count; ++i) {
    int x = 0, y = 0;
    glfwGetMonitorPos(monitors[i], &x, &y);
    const GLFWvidmode& mode = *glfwGetVideoMode(monitors[i]);
    const int middle_x = before.x + before.width / 2, middle_y = before.y + before.height / 2;
    const bool here = middle_x >= x && middle_x < x + mode.width && middle_y >= y && middle_y < y + mode.height;
    if (here || i + 1 == count) {
      glfwSetWindowMonitor(window, monitors[i], 0, 0, mode.width, mode.height, mode.refreshRate);
      return;
    }
  }
}

}  // namespace noiseglass::app
