#include "tests/app/soak/monkey.h"

#include "lessons/library.h"
#include "session/actions.h"
#include "session/set_state.h"
#include "ui/widgets/focus.h"

#include <glad/gl.h>
#include <imgui.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <filesystem>
#include <string_view>

namespace noiseglass::app {
namespace {

constexpr WindowSize sizes[] = {{1280, 800, 1}, {1024, 768, 1}, {1920, 1080, 1.5f},
                                {1366, 768, 1}, {640, 480, 1},  {320, 240, 1}};

/// Of the window itself: nothing of it can be done without one, or it goes on beside the frames.
bool is_for_another_program(const std::string& id) { return id == "open" || id == "paste" || id == "copy_picture"; }

/// "nan" or "inf" as a word: numbers that could not be computed, as printf writes them.
bool shows_no_number(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return char(std::tolower(c)); });
  for (const std::string_view word : {"nan", "inf"})
    for (auto at = text.find(word); at != text.npos; at = text.find(word, at + 1)) {
      const auto letter = [&](std::size_t i) {
        return i < text.size() && (std::isalpha(static_cast<unsigned char>(text[i])) || text[i] & 0x80);
      };
      if (!(at > 0 && letter(at - 1)) && !letter(at + word.size())) return true;
    }
  return false;
}

const char* name_of_gl(unsigned error) {
  switch (error) {
    case GL_INVALID_ENUM:
      return "INVALID_ENUM";
    case GL_INVALID_VALUE:
      return "INVALID_VALUE";
    case GL_INVALID_OPERATION:
      return "INVALID_OPERATION";
    case GL_INVALID_FRAMEBUFFER_OPERATION:
      return "INVALID_FRAMEBUFFER_OPERATION";
    case GL_OUT_OF_MEMORY:
      return "OUT_OF_MEMORY";
    default:
      return "of another kind";
  }
}

}  // namespace

Monkey::Monkey(std::uint32_t seed) : states_(stage_.session().library(), seed) {
  ImGuiIO& io = ImGui::GetIO();
  for (int i = 0; i < ImGuiKey_COUNT; ++i) io.KeyMap[i] = i;
  stage_.settle();
  first_ = stage_.session().state();
}

ImVec2 Monkey::somewhere() {
  return {float(below(std::size_t(stage_.size().width))), float(below(std::size_t(stage_.size().height)))};
}

void Monkey::act() {
  struct Kind {
    std::size_t weight;
    void (Monkey::*run)();
  };
  constexpr Kind kinds[] = {{25, &Monkey::table_action}, {10, &Monkey::some_state}, {30, &Monkey::click_control},
                            {10, &Monkey::drag},         {15, &Monkey::key},        {6, &Monkey::letters},
                            {2, &Monkey::resize},        {2, &Monkey::lesson},      {2, &Monkey::drop}};
  std::size_t choice = below(102);
  for (const Kind& kind : kinds) {
    if (choice < kind.weight) {
      (this->*kind.run)();
      break;
    }
    choice -= kind.weight;
  }
  for (std::size_t i = below(4) + 1; i > 0; --i) stage_.frame();
}

void Monkey::table_action() {
  const Action& one = actions()[below(actions().size())];
  if (is_for_another_program(one.id)) return;
  note("action " + one.id);
  stage_.contents().act(one.id);
}

void Monkey::some_state() {
  AppState next = states_.next();
  next.working_size = 64;  // larger ones are the same, and take minutes
  const AppState now = stage_.session().state();
  std::string what = "state";
  for (const Assignment& one : get_state(next, now, stage_.session().library())) what += " | " + to_line(one);
  note(what);
  stage_.session().change(next);
}

void Monkey::click_control() {
  std::vector<LayoutRecord::Item> controls;
  for (const auto& item : stage_.record().items)
    if (item.seen.width() > 0 && (item.kind == LayoutRecord::Kind::control || below(8) == 0)) controls.push_back(item);
  if (controls.empty()) return;
  const auto& item = controls[below(controls.size())];
  note("click " + item.name);
  const ImVec2 place{item.seen.min.x + item.seen.width() * float(below(101)) / 100,
                     item.seen.min.y + item.seen.height() * float(below(101)) / 100};
  stage_.hold(place, false), stage_.frame();
  if (below(5) == 0) return;  // only pointed at
  for (std::size_t i = below(8) == 0 ? 2 : 1; i > 0; --i) {
    stage_.hold(place, true), stage_.frame();
    stage_.hold(place, false), stage_.frame();
  }
}

void Monkey::drag() {
  const ImVec2 from = somewhere(), to = somewhere();
  if (below(3) == 0) {
    note("wheel");
    stage_.hold(from, false), stage_.frame();
    ImGui::GetIO().MouseWheel = float(below(7)) - 3;
    stage_.frame();
    return;
  }
  note("drag from " + std::to_string(int(from.x)) + "," + std::to_string(int(from.y)) + " to " +
       std::to_string(int(to.x)) + "," + std::to_string(int(to.y)));
  stage_.hold(from, false), stage_.frame();
  for (int i = 0; i <= 4; ++i) {
    const float share = float(i) / 4;
    stage_.hold({from.x + share * (to.x - from.x), from.y + share * (to.y - from.y)}, true);
    stage_.frame();
  }
  stage_.hold(to, false);
}

void Monkey::key_down(int key) {
  ImGui::GetIO().KeysDown[key] = true;
  stage_.frame();
  ImGui::GetIO().KeysDown[key] = false;
}

/// As the window's shell passes keys on.
void Monkey::key() {
  struct Key {
    const char* name;
    FocusKey focus;
    int imgui;
  };
  constexpr Key keys[] = {{"Tab", FocusKey::next, ImGuiKey_Tab},
                          {"Shift+Tab", FocusKey::previous, ImGuiKey_Tab},
                          {"F6", FocusKey::next_area, ImGuiKey_COUNT},
                          {"Left", FocusKey::left, ImGuiKey_LeftArrow},
                          {"Right", FocusKey::right, ImGuiKey_RightArrow},
                          {"Up", FocusKey::up, ImGuiKey_UpArrow},
                          {"Down", FocusKey::down, ImGuiKey_DownArrow},
                          {"Home", FocusKey::home, ImGuiKey_Home},
                          {"End", FocusKey::end, ImGuiKey_End},
                          {"Enter", FocusKey::enter, ImGuiKey_Enter},
                          {"Space", FocusKey::space, ImGuiKey_Space},
                          {"Esc", FocusKey::escape, ImGuiKey_Escape}};
  Contents& contents = stage_.contents();
  for (std::size_t i = below(4) + 1; i > 0; --i) {
    const Key& one = keys[below(std::size(keys))];
    note(std::string("key ") + one.name);
    if (!offer_key(one.focus, below(4) == 0)) {
      if (one.focus == FocusKey::enter) contents.press_enter();
      if (one.focus == FocusKey::escape) contents.press_escape();
      if (one.focus == FocusKey::up || one.focus == FocusKey::down)
        contents.press_arrow(one.focus == FocusKey::down ? 1 : -1);
      if (!ImGui::GetIO().WantTextInput && !ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopup))
        for (const Action& action : actions())
          if (action.shortcut == one.name) contents.act(action.id);
    }
    if (one.imgui != ImGuiKey_COUNT) key_down(one.imgui);
    stage_.frame();
  }
}

void Monkey::letters() {
  static const std::vector<std::string> texts = {"",
                                                 "0",
                                                 "-1",
                                                 "1e308",
                                                 "nan",
                                                 "inf",
                                                 "0.5",
                                                 "999999999999999999999",
                                                 "t = 40%",
                                                 "a cat",
                                                 "\xCE\xB5\xCC\x82",
                                                 "noise",
                                                 "\xFF\xFE",
                                                 "%s%n",
                                                 "99%"};
  const std::string& text = texts[below(texts.size())];
  note("type " + text + (ImGui::GetIO().WantTextInput ? "" : " (nobody listens)"));
  ImGui::GetIO().AddInputCharactersUTF8(text.c_str());
  stage_.frame();
  if (below(2) == 0) {
    note("key Enter");
    offer_key(FocusKey::enter), stage_.contents().press_enter();
    key_down(ImGuiKey_Enter);
  }
}

void Monkey::resize() {
  const WindowSize& size = sizes[below(std::size(sizes))];
  note("resize to " + size.text());
  stage_.resize(size);
}

void Monkey::lesson() {
  const auto lessons = lessons::bundled_lessons();
  const auto& lesson = lessons.at(below(lessons.size()));
  note("lesson " + lesson.file.filename().string());
  stage_.contents().lesson().reader.open(lesson, stage_.session().state());
}

void Monkey::drop() {
  std::vector<std::filesystem::path> files;
  for (const char* folder : {"pictures", "cases", "../fuzz/corpus/lesson", "../fuzz/corpus/session"})
    for (const auto& entry :
         std::filesystem::directory_iterator(std::filesystem::path(PROJECT_ROOT "/tests/data") / folder))
      files.push_back(entry.path());
  std::ranges::sort(files);
  const auto& file = files[below(files.size())];
  const auto own = std::filesystem::current_path() / file.filename();  // a session is saved where it came from
  std::filesystem::copy_file(file, own, std::filesystem::copy_options::overwrite_existing);
  note("drop " + file.filename().string());
  stage_.contents().drop(own.string());
}

std::vector<std::string> Monkey::wrong() {
  std::vector<std::string> found;
  (void)stage_.picture();
  if (const unsigned error = glGetError(); error != GL_NO_ERROR) {
    found.push_back(std::string("OpenGL has an error: ") + name_of_gl(error));
    while (glGetError() != GL_NO_ERROR) {
    }
  }
  for (const auto& [part, problem] : nlohmann::json::parse(stage_.contents().describe()).at("broken").items())
    found.push_back("the part \"" + part + "\" cannot be drawn: " + problem.get<std::string>());
  for (const auto& [name, value] : stage_.contents().facts())
    if (!std::isfinite(value)) found.push_back("the fact " + name + " is not finite");
  for (const auto& item : stage_.record().items)
    if (item.kind == LayoutRecord::Kind::text && shows_no_number(item.name))
      found.push_back("a number is missing in \"" + item.name + "\"");
  for (const auto& item : stage_.record().items)
    if (!(std::isfinite(item.rect.min.x + item.rect.min.y + item.rect.max.x + item.rect.max.y)))
      found.push_back("\"" + item.name + "\" has no place");
  const AppState& state = stage_.session().state();
  if (const auto refusal = why_refused(state))
    found.push_back("the state is not one that can be shown: " + refusal->sentence);
  AppState in_range = state;
  bring_into_range(in_range);
  if (!(in_range == state)) {
    std::string what = "the state is out of its range";
    for (const Assignment& one : get_state(in_range, state, stage_.session().library())) what += " | " + to_line(one);
    found.push_back(what);
  }
  return found;
}

std::vector<std::string> Monkey::undo_all() {
  Session& session = stage_.session();
  stage_.contents().lesson().reader.leave();
  stage_.frame();
  session.wait_for_picture(20);
  stage_.frame();
  for (std::size_t i = 0; session.history().can_undo(); ++i) {
    session.undo();
    session.wait_for_picture(20);
    if (i > 2 * History::most_steps) return {"undoing has no end"};
  }
  stage_.frame();
  std::vector<std::string> found;
  if (done_.size() * 4 > History::most_steps) return found;  // the first steps have been forgotten
  AppState now = session.state();
  now.position = first_.position, now.playing = first_.playing;  // playing is no step
  for (const Assignment& one : get_state(now, first_, session.library()))
    found.push_back("after everything has been undone, " + to_line(one));
  return found;
}

}  // namespace noiseglass::app
