// A display that goes away: the X server ends, or the connection to it breaks.
#include "ui/window/systems/system.h"

#include <dlfcn.h>

namespace noiseglass::app {

/// Xlib, which GLFW loads at run time, calls a function when it can reach its server no more, and ends the program when
/// that returns. On Wayland there is no Xlib; GLFW closes the window there.
void when_display_is_lost(void (*react)()) {
  using Handler = int (*)(void*);
  using SetHandler = Handler (*)(Handler);
  static void (*what)() = nullptr;
  what = react;
  void* xlib = dlopen("libX11.so.6", RTLD_LAZY | RTLD_NOLOAD);
  if (!xlib) return;
  if (const auto set = reinterpret_cast<SetHandler>(dlsym(xlib, "XSetIOErrorHandler")))
    set([](void*) {
      what();
      return 0;
    });
}

}  // namespace noiseglass::app
