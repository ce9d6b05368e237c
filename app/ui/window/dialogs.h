#pragma once

#include "ui/widgets/keyboard_focus.h"
#include "ui/window/folder_look.h"
#include "ui/window/parts.h"
#include "ui/window/platform_dialog.h"

#include <filesystem>
#include <string>

namespace noiseglass::app {

/// "Browse…", where the platform has a dialog of its own. @returns the file, once one was chosen there; else empty
std::string browse(Ui& ui, const PlatformDialog::Question& question);

/// Asks for a picture or a session to open.
class OpenDialog {
 public:
  void ask() { asked_ = true; }
  void draw(Ui& ui);
  const std::string& typed() const { return typed_; }

 private:
  std::filesystem::path draw_files(Ui& ui);
  std::filesystem::path follow_typed();

  bool asked_ = false;
  KeyboardFocus focus_;
  std::filesystem::path folder_;  // whose contents are shown
  FolderLook look_;               // at it, or at what was typed
  std::string typed_;
};

/// Asks for the name of a session.
class SaveDialog {
 public:
  void ask() { asked_ = true; }
  void draw(Ui& ui);

 private:
  bool asked_ = false;
  KeyboardFocus focus_;
  std::string typed_;
};

/// What the program shows in three paragraphs, what can be copied and kept, how it looks, and all keys.
class Help {
 public:
  /// @param keys at once what all keys are
  void ask(bool keys) { asked_ = true, at_keys_ = keys ? 3 : 0; }
  void draw(Ui& ui);

 private:
  bool asked_ = false;
  int at_keys_ = 0;  // frames until it is scrolled there: its size is known from the second on
};

}  // namespace noiseglass::app
