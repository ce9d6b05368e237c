#pragma once

#include "ui/window/platform_dialog.h"
#include "ui/window/system_look.h"

#include <functional>
#include <stop_token>
#include <string>

struct GLFWwindow;

/// What differs from one system to another in the window. Each function is defined once in the folders here that the
/// build takes for its system (app/ui/CMakeLists.txt): linux and desktop, windows and desktop, or web. So is what
/// clipboard_picture.h declares. The rest of the program does not ask which system it runs on.
namespace noiseglass::app {

/// Calls `turn` until it returns false. In the browser, which calls it itself, this returns at once.
void run_turns(std::function<bool()> turn);
enum class Came { something, nothing, nothing_yet };
/// Lets events come: for so long at most (infinity: until there is one), or those that are there (0). @returns nothing
/// when none came for so long; nothing_yet where there can be no waiting and the time has not passed
Came take_events(double seconds);
/// From any thread: something came.
void wake_window();

/// From now on calls `react`, which ends the program, when the system has no window any more because its display went
/// away. Once GLFW is there; does nothing where a display cannot go away by itself.
void when_display_is_lost(void (*react)());

/// Asks GLFW for the OpenGL context that the shaders are written for. @returns the first line of Dear ImGui's shaders
const char* ask_for_context();
/// Where a window was before it filled the screen: x, y, width, height.
struct WindowPlace {
  int x = 0, y = 0, width = 1280, height = 800;
};
bool fills_screen(GLFWwindow* window);
/// Over the whole monitor that the window is on, and back to where it was.
void fill_screen(GLFWwindow* window, bool whole, WindowPlace& before);

/// How a file is asked for in the system's own dialog: the answer is its path, or empty when none was chosen.
using AskForFile = std::function<std::string(const PlatformDialog::Question&, const std::stop_token&)>;
AskForFile find_file_dialog();  ///< null where there is no such dialog
/// What was written for the person goes to where they find it: in the browser, their downloads. From any thread.
void hand_over(const std::string& file);

/// Until it is stopped, or there is nobody to listen to: tells `show` how programs are to look, and again when that
/// changes.
void listen_to_look(const std::stop_token& stop, const std::function<void(const Appearance&)>& show);

}  // namespace noiseglass::app
