// The keyboard goes from control to control, into popups and out again, and presses what it is on.
#include "ui/widgets/focus.h"
#include "ui/widgets/slider.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>
#include <string>

namespace noiseglass::app {
namespace {

namespace fs = std::filesystem;

class FocusTest : public testing::Test {
 protected:
  FocusTest() : context_(ImGui::CreateContext()) {
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.DisplaySize = {400, 300};
    unsigned char* pixels = nullptr;
    int width = 0, height = 0;
    io.Fonts->GetTexDataAsRGBA32(&pixels, &width, &height);
    apply_colours(theme_, Look::dark);
  }
  ~FocusTest() override { ImGui::DestroyContext(context_); }

  /// Two frames: what is pressed by keyboard acts in the one after.
  void draw(const std::function<void()>& controls) {
    for (int i = 0; i < 2; ++i) {
      ImGui::NewFrame();
      begin_focus_frame(theme_);
      ImGui::SetNextWindowPos({0, 0});
      ImGui::SetNextWindowSize({400, 300});
      ImGui::Begin("all", nullptr, ImGuiWindowFlags_NoDecoration);
      controls();
      ImGui::End();
      end_focus_frame();
      ImGui::Render();
    }
  }
  void press(FocusKey key, const std::function<void()>& controls, bool far = false) {
    offer_key(key, far);
    draw(controls);
  }

  Theme theme_{};

 private:
  ImGuiContext* context_;
};

TEST_F(FocusTest, GoesRoundAndPresses) {
  std::string pressed;
  const auto controls = [&] {
    for (const char* name : {"one", "two", "three"})
      if (push_button(name)) pressed += std::string(name) + " ";
  };
  draw(controls);
  EXPECT_FALSE(focus_place()) << "no ring before the keyboard is used";
  EXPECT_FALSE(offer_key(FocusKey::enter)) << "nobody takes it";
  press(FocusKey::next, controls);
  press(FocusKey::next, controls);
  press(FocusKey::enter, controls);
  EXPECT_EQ(pressed, "two ");
  press(FocusKey::next, controls);
  press(FocusKey::next, controls);  // from the last to the first
  press(FocusKey::space, controls);
  EXPECT_EQ(pressed, "two one ");
  press(FocusKey::previous, controls);
  press(FocusKey::enter, controls);
  EXPECT_EQ(pressed, "two one three ");
  EXPECT_TRUE(offer_key(FocusKey::escape));
  draw(controls);
  EXPECT_FALSE(focus_place());
}

TEST_F(FocusTest, PassesByWhatCannotBePressed) {
  std::string pressed;
  const auto controls = [&] {
    if (push_button("one")) pressed += "one ";
    ImGui::BeginDisabled();
    if (push_button("two")) pressed += "two ";
    ImGui::EndDisabled();
    if (push_button("three")) pressed += "three ";
  };
  draw(controls);
  press(FocusKey::next, controls);
  press(FocusKey::next, controls);
  press(FocusKey::enter, controls);
  EXPECT_EQ(pressed, "three ");
}

TEST_F(FocusTest, StaysInAPopupAndComesBack) {
  std::string chosen;
  const auto controls = [&] {
    push_button("before");
    if (ImGui::BeginCombo("combo", "…")) {
      for (const char* name : {"a", "b", "c"})
        if (list_entry(name, std::string(name) == "b")) chosen += name;
      ImGui::EndCombo();
    }
    focus_stop(Takes::press);
    push_button("after");
  };
  draw(controls);
  press(FocusKey::next, controls);
  press(FocusKey::next, controls);
  const auto at_combo = focus_place();
  ASSERT_TRUE(at_combo);
  press(FocusKey::enter, controls);
  draw(controls);
  press(FocusKey::down, controls);  // from what is chosen already
  press(FocusKey::enter, controls);
  draw(controls);
  EXPECT_EQ(chosen, "c");
  EXPECT_EQ(focus_place(), at_combo);
}

TEST_F(FocusTest, ArrowsMoveSlidersToTheirEnds) {
  double value = 5;
  const auto controls = [&] {
    push_button("before");
    number_slider("slider", value, {0, 100, "%.1f", true});
  };
  draw(controls);
  EXPECT_FALSE(offer_key(FocusKey::right)) << "it is the window's, until the keyboard comes to the slider";
  press(FocusKey::next, controls);
  press(FocusKey::next, controls);
  press(FocusKey::right, controls);
  press(FocusKey::up, controls);
  EXPECT_EQ(value, 7);
  press(FocusKey::left, controls, true);
  EXPECT_EQ(value, 0) << "ten at once, and not beyond the end";
  press(FocusKey::end, controls);
  EXPECT_EQ(value, 100);
}

/// ImGui's own are not stops of the keyboard's way: focus.h has such that are.
TEST(FocusSources, UseControlsThatTheKeyboardReaches) {
  for (const auto& file : fs::recursive_directory_iterator(fs::path(PROJECT_ROOT) / "app" / "ui")) {
    const std::string path = file.path().string();
    if (file.path().extension() != ".cpp" || path.find("/widgets/") != path.npos) continue;
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    const std::string source = text.str();
    const bool palette = path.ends_with("palette.cpp");  // its list is gone through while its name is typed
    for (const char* raw : {"ImGui::Button(", "ImGui::SmallButton(", "ImGui::Checkbox(", "ImGui::RadioButton(",
                            "ImGui::SliderScalar(", "ImGui::SliderFloat(", "ImGui::SliderInt(", "ImGui::Selectable("})
      EXPECT_TRUE(source.find(raw) == source.npos || (palette && std::string(raw) == "ImGui::Selectable("))
          << path << " has " << raw;
    const auto count = [&](const std::string& word) {
      int found = 0;
      for (std::size_t at = source.find(word); at != source.npos; at = source.find(word, at + 1)) ++found;
      return found;
    };
    EXPECT_GE(count("focus_stop(") + count("probe_by_keys(") + count("slider_hands("), count("ImGui::BeginCombo("))
        << path << " has a combo that the keyboard passes by";
  }
}

}  // namespace
}  // namespace noiseglass::app
