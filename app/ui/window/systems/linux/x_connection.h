#pragma once

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include <poll.h>
#include <xcb/xcb.h>

namespace noiseglass::app {

struct FreeReply {
  void operator()(void* reply) const { std::free(reply); }
};
template <class T>
using XReply = std::unique_ptr<T, FreeReply>;
using XEvent = XReply<xcb_generic_event_t>;

/// A connection to the X server with a window that nobody sees. XCB, not Xlib: an error, such as a window of another
/// program that is gone, is an event here, and does not end the program.
class XConnection {
 public:
  XConnection() : x_(xcb_connect(nullptr, nullptr)) {
    if (!works()) return;
    window_ = xcb_generate_id(x_);
    const xcb_window_t root = xcb_setup_roots_iterator(xcb_get_setup(x_)).data->root;
    const std::uint32_t mask = XCB_EVENT_MASK_PROPERTY_CHANGE;
    xcb_create_window(x_, 0, window_, root, 0, 0, 1, 1, 0, XCB_WINDOW_CLASS_INPUT_ONLY, XCB_COPY_FROM_PARENT,
                      XCB_CW_EVENT_MASK, &mask);
  }
  ~XConnection() { xcb_disconnect(x_); }
  XConnection(const XConnection&) = delete;
  XConnection& operator=(const XConnection&) = delete;

  bool works() const { return xcb_connection_has_error(x_) == 0; }
  xcb_connection_t* get() const { return x_; }
  xcb_window_t window() const { return window_; }

  xcb_atom_t atom(const std::string& name) const {
    const auto cookie = xcb_intern_atom(x_, 0, std::uint16_t(name.size()), name.c_str());
    const XReply<xcb_intern_atom_reply_t> reply(xcb_intern_atom_reply(x_, cookie, nullptr));
    return reply ? reply->atom : xcb_atom_t(XCB_ATOM_NONE);
  }

  /// The next event; nothing when none comes for so long.
  XEvent wait(int milliseconds) const {
    xcb_flush(x_);
    XEvent event(xcb_poll_for_event(x_));
    if (event || !works()) return event;
    pollfd ready{xcb_get_file_descriptor(x_), POLLIN, 0};
    if (poll(&ready, 1, milliseconds) > 0) event.reset(xcb_poll_for_event(x_));
    return event;
  }

  template <class T>
  void put(xcb_window_t window, xcb_atom_t property, xcb_atom_t type, const T* values, std::size_t count) const {
    xcb_change_property(x_, XCB_PROP_MODE_REPLACE, window, property, type, 8 * sizeof(T), std::uint32_t(count), values);
  }

 private:
  xcb_connection_t* x_;
  xcb_window_t window_ = 0;
};

inline int kind_of(const xcb_generic_event_t& event) { return event.response_type & 0x7f; }  // whoever sent it

}  // namespace noiseglass::app
