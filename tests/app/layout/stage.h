#pragma once

#include "tests/render/egl_context.h"
#include "ui/widgets/layout_record.h"
#include "ui/window/contents.h"

#include "noiseglass/image.h"

#include <memory>
#include <optional>
#include <string>

namespace noiseglass::app {

/// A size of the window in pixels, and the scale of what is in it.
struct WindowSize {
  int width = 1280, height = 800;
  float scale = 1;
  std::string text() const;  ///< "1280x800@1.25"
};

/// All that is in the window, drawn without one: on a context that has no display.
class Stage {
 public:
  Stage();
  ~Stage();
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

  Contents& contents() { return *contents_; }
  const Contents& contents() const { return *contents_; }
  Session& session() { return *session_; }
  const Session& session() const { return *session_; }
  const LayoutRecord& record() const { return record_; }
  const WindowSize& size() const { return size_; }

  void resize(const WindowSize& size) { size_ = size; }
  void show(const std::string& tab);
  void project();  ///< as F5 does
  /// The mouse rests there; nothing under it is pressed.
  void point_at(ImVec2 place);
  void click(ImVec2 place);
  /// The mouse as it is in the frames to come, until it is said otherwise.
  void hold(ImVec2 place, bool pressed) { mouse_ = place, pressed_ = pressed; }
  void frame();
  /// Where something of the frame just drawn is.
  Rect place_of(const std::string& landmark) const;
  /// The popup or the tooltip that is over everything else; nothing where there is none.
  std::optional<Rect> over_all() const;
  /// Draws until nothing moves any more, or for `most` frames.
  void settle(int most = 40);
  /// Until all that is shown has been computed, as far as it comes to an end.
  void finish();
  /// What the last frame looks like, as a PNG.
  void write_picture(const std::string& path) const;
  /// The same, for who wants to look at the pixels.
  ByteImage picture() const;

 private:
  render::EglContext egl_{render::ContextApi::gl_33_core};
  std::unique_ptr<Session> session_;
  std::unique_ptr<Contents> contents_;
  WindowSize size_;
  LayoutRecord record_;
  ImVec2 mouse_ = {-1e6f, -1e6f};
  bool pressed_ = false;
};

}  // namespace noiseglass::app
