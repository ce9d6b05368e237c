#pragma once

#include "lessons/reader.h"
#include "ui/lessons/equation_ink.h"
#include "ui/window/parts.h"

#include <chrono>
#include <memory>
#include <set>
#include <string>

namespace noiseglass::app {

/// What the window keeps of lessons between frames.
struct LessonData {
  explicit LessonData(const Library& library);

  LessonReader reader;
  EquationInk equations;                                      ///< of the bundled lessons
  std::unique_ptr<EquationInk> own_equations;                 ///< of the open lesson, if it brings some
  std::map<std::filesystem::path, render::Texture> pictures;  ///< in the text of the open lesson
  std::vector<lessons::Lesson> contents;                      ///< the bundled ones, read when first asked for
  std::string pointed_at;                                     ///< the symbol under the mouse
  std::set<std::string> unfolded;                             ///< answers of the page whose why a reader asked for
  std::string follow;                                         ///< where a link leads that was pressed
  bool folded = false;                                        ///< to the edge of the window
  int answered = -1;                 ///< the block of a question that was answered in this frame
  int scroll = 0;                    ///< asked for by arrows, in steps down
  bool menu = false;                 ///< to be opened
  std::filesystem::path shown_file;  ///< what the frame before showed
  int shown_page = -1;
  std::chrono::steady_clock::time_point page_began;
  bool awaits_highlight = false;  ///< something that the page points at is not there yet
  int frames_on_page = 0;
};

/// Until a name that the page points at, and that nothing on the screen has, is reported as unknown; infinite where
/// there is none.
double seconds_to_missing_highlight(const LessonData& data);

/// The open lesson's text at the side, in `rect`.
void draw_lesson(Ui& ui, const Rect& rect);
/// What is left of it when it is folded: an edge to press, `width` of lesson_edge.
void draw_lesson_edge(Ui& ui, const Rect& rect);
constexpr float lesson_edge = 40;  ///< design pixels
/// A question and its answers, at the cursor of the lesson's text.
void draw_question(Ui& ui, const lessons::Question& question, int block, float width);
/// The table of contents: a popup that opens when LessonData::menu is set.
void draw_lessons_menu(Ui& ui);
/// The button at the right of the tabs, its upper right corner at `right`. @returns its left end
float draw_lessons_button(Ui& ui, float right, float top);

/// Opens a lesson by name or file; what is wrong with that becomes the session's message. @returns false then
bool open_lesson(LessonData& data, Session& session, const std::string& name_or_file);
/// Goes where the link that was pressed leads, if one was: to a lesson and its page, or, since the program goes to no
/// network, an address is put on the clipboard.
void follow_link(LessonData& data, Session& session);

/// Draws attention to what the page names, and to what the symbol under the mouse stands for. After all panels.
void draw_highlights(Ui& ui);
/// Before all panels: what has changed since the frame before, and what the page hides and names.
void begin_lesson_frame(Ui& ui);

/// For tests: the page, its names, the number of mistakes …, as JSON text.
std::string describe_lesson(const LessonReader& reader, const Marks& marks);

}  // namespace noiseglass::app
