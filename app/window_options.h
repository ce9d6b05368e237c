#pragma once

#include <string>
#include <vector>

namespace noiseglass::app {

/// What the command line says about the window.
struct WindowOptions {
  std::string file;  ///< a picture, a lesson, a session or a link to open; empty: the last session
  int width = 1280, height = 800;
  double scale = 0;                   ///< of the whole interface; 0: as the screen says
  std::string theme;                  ///< one of look_names(), or "system"; empty: as is preferred
  std::string language;               ///< its code, or "system"; empty: as is preferred
  bool keep = false;                  ///< write down the last session and preferences
  bool fresh = false;                 ///< do not bring the last session back, and show no tour
  std::string lesson;                 ///< to open: the name of a bundled one, or a file
  std::vector<std::string> settings;  ///< "name=value", as lessons set the state
  std::string landmarks_file;         ///< where to write the places of controls as JSON, for tests that use the mouse
  std::string frame_log_file;         ///< draw without rest, and write what each frame took, for measurements
};

}  // namespace noiseglass::app
