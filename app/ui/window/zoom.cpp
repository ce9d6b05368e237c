#include "ui/window/zoom.h"

#include <algorithm>
#include <cmath>

namespace noiseglass::app {

ViewRect zoomed_view(const AppState& state, const Rect& tile) {
  const double half = 0.5 / state.zoom;
  return {state.centre_x - half, state.centre_y - half, state.centre_x + half,
          state.centre_y + half, int(tile.width()),     int(tile.height())};
}

void zoom_by_keys(Ui& ui, const FocusKeys& keys) {
  if (keys.enter) ui.next.zoom = ui.next.zoom < 16 ? std::min(2 * ui.next.zoom, max_zoom) : 1;
  ui.next.centre_x += 0.1 * keys.across / ui.next.zoom;  // zoom_and_pan() keeps it within the picture
  ui.next.centre_y -= 0.1 * keys.up / ui.next.zoom;
}

void zoom_and_pan(Ui& ui, const Rect& tile) {
  const ImGuiIO& io = ImGui::GetIO();
  if (ImGui::IsItemHovered() && io.MouseWheel != 0) {
    const double before = ui.next.zoom, after = std::clamp(before * std::pow(1.25, io.MouseWheel), 1.0, max_zoom);
    const double fx = (io.MousePos.x - tile.min.x) / tile.width() - 0.5;
    const double fy = (io.MousePos.y - tile.min.y) / tile.height() - 0.5;
    ui.next.centre_x += fx / before - fx / after;  // what is under the mouse stays there
    ui.next.centre_y += fy / before - fy / after;
    ui.next.zoom = after;
  }
  if (ImGui::IsItemActive()) {
    ui.next.centre_x -= io.MouseDelta.x / tile.width() / ui.next.zoom;
    ui.next.centre_y -= io.MouseDelta.y / tile.height() / ui.next.zoom;
  }
  if (ImGui::IsItemHovered() && ImGui::IsMouseDoubleClicked(0)) ui.next.zoom = 1;
  const double half = 0.5 / ui.next.zoom;
  ui.next.centre_x = std::clamp(ui.next.centre_x, half, 1 - half);
  ui.next.centre_y = std::clamp(ui.next.centre_y, half, 1 - half);
}

}  // namespace noiseglass::app
