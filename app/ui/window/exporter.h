#pragma once

#include "ui/widgets/controls.h"
#include "ui/widgets/keyboard_focus.h"
#include "ui/window/clipboard_picture.h"
#include "ui/window/folder_look.h"
#include "ui/window/task.h"

#include "export/plots.h"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace noiseglass::app {

class Session;
struct Ui;

/// What is taken away from the window: one file or folder at a time, and beside it one picture for the clipboard.
class Exporter {
 public:
  // What the dialog asks for.
  exports::ExportRequest request;
  std::string typed;             ///< where to
  bool dialog = false;           ///< to be opened
  void ask();                    ///< opens it, for what is pointed at
  bool chosen = false;           ///< a person has said what is to be exported, which then stays
  int moved = 0;                 ///< steps down the list, by arrow keys: see Popups
  bool typed_by_person = false;  ///< then the name is left as it is
  int renamed = 0, shown = 0;    ///< how often it was changed by what was chosen, and how often that was shown
  KeyboardFocus focus;           ///< for the name, where it was
  std::string refused;           ///< why it cannot be: a sentence
  FolderLook look;               ///< at what is there under that name

  /// What the mouse, or the keyboard, points at in this frame.
  std::optional<exports::ExportRequest> pointed, was_pointed;  ///< and in the frame before
  /// A picture, field or plot of a panel, which is taken as it is seen: "of" is its name then, "what" is "window".
  struct Seen {
    std::string name;
    Rect rect;
    std::shared_ptr<const exports::Plot> plot =
        nullptr;  ///< where it is one whose numbers can be had: "what" is "plot" then
  };
  std::vector<Seen> seen;    ///< those of this frame
  std::optional<Rect> part;  ///< the one that is exported; else the whole window
  std::optional<Rect> pointed_part, was_pointed_part;
  std::shared_ptr<const exports::Plot> plot, pointed_plot, was_pointed_plot;  ///< in the same way
  bool copies = false;                                                        ///< it is wanted on the clipboard
  bool held = false;                                                          ///< the save button is pressed

  /// What `wanted` says, into a file.
  void begin(const Session& session, exports::ExportRequest wanted, const std::function<void()>& wake);
  /// A plot of a panel, into a file whose ending says how.
  void begin(std::shared_ptr<const exports::Plot> wanted, const std::string& file, const std::function<void()>& wake);
  /// The same as a picture on the clipboard; where there is none, in a file.
  void copy(const Session& session, const exports::ExportRequest& wanted, const std::function<void()>& wake);
  /// The whole window, or a part of it, as the next frame without a dialog shows it. @param file empty: onto the
  /// clipboard
  void want_screen(const std::string& file, const std::optional<Rect>& part) {
    screen_ = file, screen_part_ = part, screen_frames_ = 0;
  }
  bool wants_screen() const { return screen_.has_value(); }
  /// At the beginning of a frame in which nothing is pointed at. @returns whether it is to be taken after it
  bool screen_is_due() { return wants_screen() && ++screen_frames_ > 1; }
  void take_screen(ByteImage picture, const std::function<void()>& wake);

  Task writing, copying;

  /// Once a frame: takes over what has been done.
  void tick();
  /// What there is to say: what was done for some seconds, what failed until it has been read.
  const std::string& message() const { return message_; }
  bool failed() const { return failed_; }
  double seconds_of_message() const;  ///< until it goes by itself; infinite where there is none
  void forget_message() { message_.clear(); }
  void say(std::string message, bool failed);

 private:
  void copy(std::string name, std::function<ByteImage(const exports::Work&)> make, const std::function<void()>& wake);
  void put_on_clipboard(const Task::Result& result);

  std::string message_;
  bool failed_ = false;
  std::chrono::steady_clock::time_point said_;
  std::optional<std::string> screen_;
  std::optional<Rect> screen_part_;
  int screen_frames_ = 0;
  ClipboardPicture clipboard_;
};

/// The dialog "Export", and what is said of an export that is under way or done.
void draw_export_dialog(Ui& ui);
void draw_export_note(Ui& ui);

/// That Ctrl+C copies this, and Ctrl+E exports it, while the mouse is within `whole` or the keyboard is on it.
/// @returns whether it is
bool point_at(Ui& ui, const Rect& whole, const exports::ExportRequest& request, bool has_keyboard = false);
/// A button at `corner` (its upper right) that opens the dialog for what the mouse points at. @param name for tests
void draw_save_button(Ui& ui, const std::string& name, ImVec2 corner, const exports::ExportRequest& request);
/// The button of what the mouse points at in a panel: over it, where an item of the panel would have the mouse first.
void draw_tray(Ui& ui);
/// Ctrl+C: what the mouse points at, or else the whole window.
void copy_what_is_pointed_at(Ui& ui);

}  // namespace noiseglass::app
