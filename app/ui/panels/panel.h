#pragma once

#include "session/panel_record.h"
#include "ui/window/parts.h"

namespace noiseglass::app {

/// One idea of diffusion to drag, look at and be surprised by. It fills the window between the tabs and the time bar.
/// It reads the session, changes `ui.next`, and keeps what is neither state nor setting (textures, threads, caches).
class Panel {
 public:
  virtual ~Panel() = default;
  /// Draws into `rect` (screen pixels); called on each frame while its tab is open.
  virtual void draw(Ui& ui, const Rect& rect) = 0;
  /// True while something moves by itself, so that the window does not sleep.
  virtual bool wants_frames() const { return false; }
  /// The numbers that its record names, as far as they are known yet: for the claims of lessons, and for tests.
  virtual std::map<std::string, double> facts() const { return {}; }
};

/// Of the panel called `id` in panel_records(), as its tab is opened for the first time.
std::unique_ptr<Panel> make_panel(const std::string& id);

}  // namespace noiseglass::app
