#include "ui/window/clipboard_picture.h"
#include "ui/window/systems/linux/x_connection.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <map>
#include <stop_token>
#include <thread>
#include <utility>

namespace noiseglass::app {
namespace {

constexpr std::size_t piece_size = 1 << 18;  // more than this at once, some servers do not take

}  // namespace

/// Answers for the clipboard until somebody else puts something there. Its thread alone speaks on its connection.
class ClipboardPicture::Owner {
 public:
  explicit Owner(std::vector<char> png) : png_(std::move(png)) {
    if (!x_.works()) return;
    xcb_set_selection_owner(x_.get(), x_.window(), clipboard_, XCB_CURRENT_TIME);
    const auto asked = xcb_get_selection_owner(x_.get(), clipboard_);
    const XReply<xcb_get_selection_owner_reply_t> reply(xcb_get_selection_owner_reply(x_.get(), asked, nullptr));
    owns_ = reply && reply->owner == x_.window();
  }
  bool owns() const { return owns_; }
  void begin() {
    thread_ = std::jthread([this](const std::stop_token& stop) { serve(stop); });
  }

 private:
  using Place = std::pair<xcb_window_t, xcb_atom_t>;  // the window that asked, and its property

  void serve(const std::stop_token& stop) {
    while (!stop.stop_requested() && x_.works()) {
      const XEvent event = x_.wait(100);
      if (!event) continue;
      const auto& any = *event;
      if (kind_of(any) == XCB_SELECTION_CLEAR) return;
      if (kind_of(any) == XCB_SELECTION_REQUEST) answer(reinterpret_cast<const xcb_selection_request_event_t&>(any));
      if (kind_of(any) == XCB_PROPERTY_NOTIFY) go_on(reinterpret_cast<const xcb_property_notify_event_t&>(any));
    }
  }

  void answer(const xcb_selection_request_event_t& request) {
    xcb_selection_notify_event_t reply{};
    reply.response_type = XCB_SELECTION_NOTIFY;
    reply.time = request.time, reply.requestor = request.requestor;
    reply.selection = request.selection, reply.target = request.target;
    reply.property = request.property ? request.property : request.target;  // as old clients want it
    if (request.target == targets_) {
      const xcb_atom_t known[] = {targets_, picture_};
      x_.put(request.requestor, reply.property, XCB_ATOM_ATOM, known, 2);
    } else if (request.target == picture_) {
      offer({request.requestor, reply.property});
    } else {
      reply.property = XCB_ATOM_NONE;
    }
    xcb_send_event(x_.get(), 0, request.requestor, 0, reinterpret_cast<const char*>(&reply));
    xcb_flush(x_.get());
  }

  /// At once, or the announcement that it comes in pieces, each when the one before has been taken.
  void offer(Place to) {
    if (png_.size() <= piece_size) return x_.put(to.first, to.second, picture_, png_.data(), png_.size());
    const std::uint32_t mask = XCB_EVENT_MASK_PROPERTY_CHANGE, size = std::uint32_t(png_.size());
    xcb_change_window_attributes(x_.get(), to.first, XCB_CW_EVENT_MASK, &mask);
    x_.put(to.first, to.second, incremental_, &size, 1);
    sent_[to] = 0;
  }

  void go_on(const xcb_property_notify_event_t& event) {
    const auto transfer = sent_.find({event.window, event.atom});
    if (event.state != XCB_PROPERTY_DELETE || transfer == sent_.end()) return;
    const std::size_t from = transfer->second, count = std::min(piece_size, png_.size() - from);
    x_.put(event.window, event.atom, picture_, png_.data() + from, count);  // an empty one is the last
    transfer->second += count;
    if (count == 0) sent_.erase(transfer);
    xcb_flush(x_.get());
  }

  XConnection x_;
  std::vector<char> png_;
  bool owns_ = false;
  const xcb_atom_t clipboard_ = x_.works() ? x_.atom("CLIPBOARD") : 0, targets_ = x_.works() ? x_.atom("TARGETS") : 0,
                   picture_ = x_.works() ? x_.atom("image/png") : 0, incremental_ = x_.works() ? x_.atom("INCR") : 0;
  std::map<Place, std::size_t> sent_;  // of what is being taken in pieces
  std::jthread thread_;                // last: it ends first
};

ClipboardPicture::ClipboardPicture() = default;
ClipboardPicture::~ClipboardPicture() = default;

bool ClipboardPicture::put(std::vector<char> png) {
  auto owner = std::make_unique<Owner>(std::move(png));
  if (!owner->owns()) return false;
  owner->begin();
  owner_ = std::move(owner);  // the one before ends
  return true;
}

namespace {

/// Asks whoever owns the clipboard.
class Reader {
 public:
  bool works() const { return x_.works(); }
  std::vector<std::string> offered() {
    std::vector<std::string> names;
    const auto bytes = ask("TARGETS");
    if (!bytes) return names;
    const auto* atoms = reinterpret_cast<const xcb_atom_t*>(bytes->data());
    for (std::size_t i = 0; i < bytes->size() / sizeof(xcb_atom_t); ++i) names.push_back(name_of(atoms[i]));
    return names;
  }

  std::optional<std::vector<char>> ask(const std::string& kind) {
    xcb_convert_selection(x_.get(), x_.window(), x_.atom("CLIPBOARD"), x_.atom(kind), place_, XCB_CURRENT_TIME);
    const XEvent event = wait_for(XCB_SELECTION_NOTIFY);
    if (!event || reinterpret_cast<const xcb_selection_notify_event_t&>(*event).property == XCB_ATOM_NONE) return {};
    xcb_atom_t type = 0;
    std::vector<char> bytes = take(type);
    if (type == x_.atom("INCR")) return take_pieces();
    if (bytes.empty()) return {};
    return bytes;
  }

 private:
  std::string name_of(xcb_atom_t atom) const {
    const XReply<xcb_get_atom_name_reply_t> reply(
        xcb_get_atom_name_reply(x_.get(), xcb_get_atom_name(x_.get(), atom), nullptr));
    if (!reply) return "";
    return {xcb_get_atom_name_name(reply.get()), std::size_t(xcb_get_atom_name_name_length(reply.get()))};
  }

  XEvent wait_for(int kind) const {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(1);
    while (x_.works() && std::chrono::steady_clock::now() < end)
      if (XEvent event = x_.wait(50); event && kind_of(*event) == kind) return event;
    return nullptr;
  }

  /// All of the property, which is then deleted: the sign for its owner to go on.
  std::vector<char> take(xcb_atom_t& type) const {
    constexpr std::uint32_t all = 1u << 28;
    const auto cookie = xcb_get_property(x_.get(), 1, x_.window(), place_, XCB_GET_PROPERTY_TYPE_ANY, 0, all);
    const XReply<xcb_get_property_reply_t> reply(xcb_get_property_reply(x_.get(), cookie, nullptr));
    if (!reply) return {};
    type = reply->type;
    const char* bytes = static_cast<const char*>(xcb_get_property_value(reply.get()));
    return {bytes, bytes + xcb_get_property_value_length(reply.get())};
  }

  /// A large picture comes in pieces, each announced by a change of the property; an empty one is the last.
  std::optional<std::vector<char>> take_pieces() const {
    std::vector<char> all;
    while (const XEvent event = wait_for(XCB_PROPERTY_NOTIFY)) {
      const auto& change = reinterpret_cast<const xcb_property_notify_event_t&>(*event);
      if (change.atom != place_ || change.state != XCB_PROPERTY_NEW_VALUE) continue;
      xcb_atom_t type = 0;
      const std::vector<char> piece = take(type);
      if (piece.empty()) return all;
      all.insert(all.end(), piece.begin(), piece.end());
    }
    return {};
  }

  XConnection x_;
  const xcb_atom_t place_ = x_.works() ? x_.atom("NOISEGLASS") : 0;
};

}  // namespace

std::optional<std::vector<char>> read_clipboard(std::span<const std::string> kinds) {
  Reader reader;
  if (!reader.works()) return {};
  const std::vector<std::string> offered = reader.offered();
  for (const std::string& kind : kinds)
    if (std::ranges::find(offered, kind) != offered.end()) return reader.ask(kind);
  return {};
}

}  // namespace noiseglass::app
