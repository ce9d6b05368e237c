#pragma once

#include <string>

namespace noiseglass::render {

/// As GLFW's and EGL's getProcAddress.
using GlGetProcAddress = void (*(*)(const char* name))();

/// What the driver says of the current context.
struct GlInfo {
  std::string version, renderer, vendor;
  bool is_es = false;  ///< OpenGL ES instead of desktop OpenGL
};

/// Loads the OpenGL functions for the current context; needed once before anything else in this folder.
/// @throws Error that says what is needed and what there is: below OpenGL 3.3 (or OpenGL ES 3.0).
GlInfo load_gl(GlGetProcAddress get_proc_address);

/// Prints the driver's warnings and errors to standard error (KHR_debug).
/// @returns false if the context cannot do that.
bool print_driver_messages();

/// print_driver_messages() in debug builds, nothing in release builds.
inline void print_driver_messages_in_debug_builds() {
#ifndef NDEBUG
  print_driver_messages();
#endif
}

}  // namespace noiseglass::render
