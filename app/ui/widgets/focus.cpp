#include "ui/widgets/focus.h"

#include "language/language.h"

#include "ui/widgets/lines.h"
#include "ui/widgets/reading_order.h"

#include <imgui_internal.h>

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

namespace noiseglass::app {
namespace {

struct Stop {
  ImGuiID id = 0, item = 0;
  ImGuiWindow* window = nullptr;
  Rect rect;
  Takes takes = Takes::press;
  bool chosen = false;
  int layer = 0;  // how many popups it lies in
};

struct Focus {
  const Theme* theme = nullptr;
  std::vector<Stop> seen, now;  // in the frame before, and in this one
  std::vector<Stop> at =
      std::vector<Stop>(1);  // where the keyboard is, in the window and in each popup that is open over it
  bool shown = false;        // a person uses the keyboard
  bool moved = false;        // it has come to another place in this frame
  bool passed_by = false;    // what is made now is no stop
  int moves = 0;
  bool by_area = false;
  FocusKeys keys;
  bool enter = false, escape = false, heard_enter = false, heard_escape = false;
};

Focus& focus() {
  static Focus one;
  return one;
}

ImGuiContext& imgui() { return *ImGui::GetCurrentContext(); }
int open_popups() { return imgui().OpenPopupStack.Size; }

void activate(ImGuiID id, bool to_type) {
#if IMGUI_VERSION_NUM >= 18900
  ImGui::ActivateItemByID(id);
#else
  ImGui::ActivateItem(id);
#endif
  imgui().NavNextActivateFlags = to_type ? ImGuiActivateFlags_PreferInput : ImGuiActivateFlags_None;
}

const Stop* find(const std::vector<Stop>& stops, ImGuiID id, int layer) {
  for (const Stop& stop : stops)
    if (stop.id == id && stop.layer == layer) return &stop;
  return nullptr;
}

/// A window with the stops and windows in it, in the order in which the eye goes over them.
struct Area {
  std::vector<const Stop*> stops;
  std::vector<ImGuiWindow*> inside;
};

void list(std::map<ImGuiWindow*, Area>& areas, ImGuiWindow* window, std::vector<const Stop*>& out) {
  const Area& area = areas[window];
  std::vector<Rect> places;
  for (const Stop* stop : area.stops) places.push_back(stop->rect);
  for (const ImGuiWindow* child : area.inside)
    places.push_back({child->Pos, {child->Pos.x + child->Size.x, child->Pos.y + child->Size.y}});
  for (const std::size_t i : reading_order(places))
    if (i < area.stops.size())
      out.push_back(area.stops[i]);
    else
      list(areas, area.inside[i - area.stops.size()], out);
}

std::vector<const Stop*> in_order(const std::vector<Stop>& stops, int layer) {
  std::map<ImGuiWindow*, Area> areas;
  std::vector<ImGuiWindow*> roots;
  const auto know = [](std::vector<ImGuiWindow*>& known, ImGuiWindow* window) {
    if (std::ranges::find(known, window) == known.end()) known.push_back(window);
  };
  for (const Stop& stop : stops) {
    if (stop.layer != layer) continue;
    areas[stop.window].stops.push_back(&stop);
    ImGuiWindow* window = stop.window;
    for (; window->Flags & ImGuiWindowFlags_ChildWindow; window = window->ParentWindow)
      know(areas[window->ParentWindow].inside, window);
    know(roots, window);
  }
  std::vector<const Stop*> out;
  for (ImGuiWindow* root : roots) list(areas, root, out);
  return out;
}

/// Where the keyboard goes first: in a popup to what is chosen, or typed into.
const Stop* first_of(const std::vector<const Stop*>& order, int layer) {
  if (order.empty()) return nullptr;
  if (layer > 0)
    for (const bool typed_into : {true, false})
      for (const Stop* stop : order)
        if (typed_into ? stop->item == imgui().ActiveId : stop->chosen) return stop;
  return order.front();
}

/// The stop from which to go on, though it may be gone by now: then the one that is nearest to its place.
std::ptrdiff_t place_in(const std::vector<const Stop*>& order, const Stop& at) {
  std::ptrdiff_t best = -1;
  float least = 1e30f;
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (order[i]->id == at.id) return std::ptrdiff_t(i);
    const float x = order[i]->rect.min.x - at.rect.min.x, y = order[i]->rect.min.y - at.rect.min.y;
    if (at.id != 0 && x * x + y * y < least) least = x * x + y * y, best = std::ptrdiff_t(i);
  }
  return best;
}

void go_to(Focus& f, const Stop& stop) {
  f.at.back() = stop;
  f.moved = true;
  if (stop.item != imgui().ActiveId) ImGui::ClearActiveID();
  if (stop.takes == Takes::text && stop.item != imgui().ActiveId) activate(stop.item, true);
}

void move(Focus& f, int layer) {
  const auto order = in_order(f.seen, layer);
  const int moves = std::exchange(f.moves, 0);
  const bool by_area = std::exchange(f.by_area, false);
  if (order.empty()) return;
  const auto count = std::ptrdiff_t(order.size());
  std::ptrdiff_t here = place_in(order, f.at.back());
  if (here < 0) here = moves > 0 ? -1 : 0;
  std::ptrdiff_t next = ((here + moves) % count + count) % count;
  if (by_area && here >= 0)
    for (next = here; next < here + count; ++next)
      if (order[std::size_t(next % count)]->window != order[std::size_t(here)]->window) break;
  go_to(f, *order[std::size_t(next % count)]);
}

/// Popups that have opened or closed since the frame before.
void follow_popups(Focus& f) {
  const auto layers = std::size_t(open_popups()) + 1;
  if (f.at.size() > layers) f.moved = true;  // back to what had opened it
  f.at.resize(layers);
  if (!f.shown || f.at.back().id != 0 || layers == 1) return;
  if (const Stop* first = first_of(in_order(f.seen, int(layers) - 1), int(layers) - 1)) go_to(f, *first);
}

/// What a person has taken hold of by other means is where Tab goes on.
void follow_active(Focus& f) {
  const ImGuiID active = imgui().ActiveId;
  if (active == 0 || f.moved) return;
  for (const Stop& stop : f.seen)
    if (stop.item == active && stop.layer + 1 == int(f.at.size())) f.at.back() = stop;
}

void scroll_to(const Stop& stop) {
  const ImRect& inner = stop.window->InnerClipRect;
  if (stop.rect.min.y >= inner.Min.y && stop.rect.max.y <= inner.Max.y) return;
  ImGui::SetScrollFromPosY((stop.rect.min.y + stop.rect.max.y) / 2 - stop.window->Pos.y, 0.5f);
}

/// On whatever lies below: a light line between two dark ones, or the other way round.
void draw_ring(const Focus& f, const Stop& stop) {
  const Theme& theme = *f.theme;
  ImDrawList& draw = *ImGui::GetForegroundDrawList();
  const ImRect& clip = stop.window->OuterRectClipped;
  const float grow = theme.px(3), room = theme.px(5);
  draw.PushClipRect({clip.Min.x - room, clip.Min.y - room}, {clip.Max.x + room, clip.Max.y + room});
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  const ImVec2 min{std::max(stop.rect.min.x - grow, theme.px(2)), std::max(stop.rect.min.y - grow, theme.px(2))};
  const ImVec2 max{std::min(stop.rect.max.x + grow, screen.x - theme.px(2)),
                   std::min(stop.rect.max.y + grow, screen.y - theme.px(2))};
  draw.AddRect(min, max, theme.ground, theme.px(8), 0, theme.px(5));
  draw.AddRect(min, max, theme.focus, theme.px(8), 0, theme.px(2.5f));
  draw.PopClipRect();
}

bool takes_arrow(Takes takes, bool upright) {
  return takes == Takes::slider || takes == Takes::plane ||
         ((takes == Takes::choices || takes == Takes::menu) && !upright);
}

/// An arrow, Home or End, for the control that has the keyboard. @returns whether it takes it
bool offer_arrow(Focus& f, const Stop& at, FocusKey key, int steps) {
  const bool upright = key == FocusKey::up || key == FocusKey::down;
  const int sign = key == FocusKey::right || key == FocusKey::up || key == FocusKey::end ? 1 : -1;
  if (key == FocusKey::home || key == FocusKey::end) {
    if (at.takes != Takes::slider) return false;
    f.keys.end = sign;
    return true;
  }
  if (takes_arrow(at.takes, upright)) {
    (upright ? f.keys.up : f.keys.across) += sign * steps;
    return true;
  }
  if (!upright || f.at.size() < 2) return false;
  f.moves -= sign;  // through the entries of a popup
  return true;
}

}  // namespace

bool offer_key(FocusKey key, bool far) {
  Focus& f = focus();
  f.heard_enter |= key == FocusKey::enter;
  f.heard_escape |= key == FocusKey::escape;
  if (key == FocusKey::next || key == FocusKey::previous || key == FocusKey::next_area) {
    f.moves += key == FocusKey::previous ? -1 : 1;
    f.by_area = key == FocusKey::next_area;
    f.shown = true;
    return true;
  }
  if (ImGui::GetIO().WantTextInput) return false;
  const bool in_popup = open_popups() > 0;
  if (in_popup && !f.shown && (key == FocusKey::up || key == FocusKey::down)) {
    f.shown = true;  // follow_popups() goes to where it begins
    return true;
  }
  const Stop* at = f.shown ? find(f.seen, f.at.back().id, open_popups()) : nullptr;
  if (!at) return false;
  if (key == FocusKey::escape) {
    if (in_popup) return false;  // it closes that
    f.shown = false;
    return true;
  }
  if (key == FocusKey::enter || key == FocusKey::space) {
    if (at->takes == Takes::press || at->takes == Takes::menu) return activate(at->item, false), true;
    if (key == FocusKey::space || at->takes == Takes::choices) return false;
    f.keys.enter = true;
    return true;
  }
  return offer_arrow(f, *at, key, far ? 10 : 1);
}

void begin_focus_frame(const Theme& theme) {
  Focus& f = focus();
  if (ImGui::GetFrameCount() <= 1) f = {};  // another window than before
  f.theme = &theme;
  f.enter = std::exchange(f.heard_enter, false), f.escape = std::exchange(f.heard_escape, false);
  f.moved = false;
  f.now.clear();
  if (ImGui::IsMouseClicked(0) || ImGui::IsMouseClicked(1)) f.shown = false;
  follow_popups(f);
  follow_active(f);
  if (f.moves != 0) move(f, int(f.at.size()) - 1);
}

void end_focus_frame() {
  Focus& f = focus();
  std::swap(f.seen, f.now);
  f.keys = {};
  if (const Stop* at = find(f.seen, f.at.back().id, int(f.at.size()) - 1)) {
    f.at.back() = *at;
    if (f.shown) draw_ring(f, *at);
  }
}

FocusKeys focus_stop(Takes takes, const char* name, bool chosen) {
  Focus& f = focus();
  const ImGuiContext& g = imgui();
  if (f.passed_by || (g.LastItemData.InFlags & ImGuiItemFlags_Disabled)) return {};
  Stop stop;
  stop.item = g.LastItemData.ID;
  stop.id = name ? ImGui::GetID(name) : stop.item;
  stop.window = g.CurrentWindow;
  stop.rect = {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()};
  stop.takes = takes, stop.chosen = chosen, stop.layer = g.BeginPopupStack.Size;
  f.now.push_back(stop);
  if (takes == Takes::text && f.theme)  // what can be typed into has an edge
    ImGui::GetWindowDrawList()->AddRect(stop.rect.min, stop.rect.max, line_colour(*f.theme), f.theme->px(6));
  if (!f.shown || stop.layer + 1 != int(f.at.size()) || stop.id != f.at.back().id) return {};
  if (f.moved) scroll_to(stop);
  FocusKeys keys = f.keys;
  keys.focused = true;
  return keys;
}

bool push_button(const char* label, ImVec2 size) {
  const bool pressed = ImGui::Button(tr_label(label).c_str(), size);
  focus_stop(Takes::press);
  return pressed;
}

bool list_entry(const char* label, bool chosen, ImGuiSelectableFlags flags) {
  const bool pressed = ImGui::Selectable(tr_label(label).c_str(), chosen, flags);
  focus_stop(Takes::press, nullptr, chosen);
  return pressed;
}

bool check_box(const char* label, bool* on) {
  const bool pressed = ImGui::Checkbox(tr_label(label).c_str(), on);
  focus_stop(Takes::press);
  return pressed;
}

bool has_focus(const char* label) {
  const Focus& f = focus();
  return f.shown && f.at.back().item == ImGui::GetID(label);
}

PassedBy::PassedBy() { focus().passed_by = true; }
PassedBy::~PassedBy() { focus().passed_by = false; }

std::optional<Rect> focus_place() {
  const Focus& f = focus();
  const Stop* at = f.shown ? find(f.seen, f.at.back().id, int(f.at.size()) - 1) : nullptr;
  return at ? std::optional(at->rect) : std::nullopt;
}

bool heard_enter() { return focus().enter; }
bool heard_escape() { return focus().escape; }
void type_into(ImGuiID id) { activate(id, true); }
ImGuiID last_item() { return imgui().LastItemData.ID; }

}  // namespace noiseglass::app
