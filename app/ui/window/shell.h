#pragma once

#include "window_options.h"

namespace noiseglass::app {

/// Opens the window and runs it until it is closed. @returns the exit status
/// @throws Error when there is no display or no OpenGL 3.3.
int run_window(const WindowOptions& options);

}  // namespace noiseglass::app
