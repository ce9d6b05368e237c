#include "ui/widgets/guard.h"

#include <gtest/gtest.h>
#include <imgui.h>
#include <imgui_internal.h>

#include <new>
#include <stdexcept>

namespace noiseglass::app {
namespace {

/// ImGui without a display: frames are made and thrown away.
class Guard : public ::testing::Test {
 protected:
  Guard() {
    ImGui::CreateContext();
    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = {640, 480};
    io.IniFilename = nullptr;
    unsigned char* pixels = nullptr;
    int width = 0, height = 0;
    io.Fonts->GetTexDataAsRGBA32(&pixels, &width, &height);
  }
  ~Guard() override { ImGui::DestroyContext(); }

  /// A frame with `draw` guarded in a child of a window. @returns what the guard said
  static std::string frame(const std::function<void()>& draw) {
    ImGui::NewFrame();
    ImGui::Begin("window");
    ImGui::BeginChild("area", {200, 200});
    const ImGuiWindow* area = ImGui::GetCurrentWindow();
    const int clips = area->DrawList->_ClipRectStack.Size;
    std::string said = draw_guarded(draw);
    EXPECT_EQ(ImGui::GetCurrentWindow(), area);
    EXPECT_EQ(area->DrawList->_ClipRectStack.Size, clips);
    ImGui::TextUnformatted("what comes after");
    ImGui::EndChild();
    ImGui::End();
    const ImGuiContext& imgui = *ImGui::GetCurrentContext();
    EXPECT_EQ(imgui.ColorStack.Size, 0);
    EXPECT_EQ(imgui.StyleVarStack.Size, 0);
    EXPECT_EQ(imgui.BeginPopupStack.Size, 0);
    EXPECT_EQ(imgui.CurrentWindowStack.Size, 1) << "only ImGui's own is left";
    ImGui::Render();
    return said;
  }
};

TEST_F(Guard, SaysNothingWhereNothingIsThrown) {
  int times = 0;
  EXPECT_EQ(frame([&] { ++times; }), "");
  EXPECT_EQ(times, 1);
}

TEST_F(Guard, WhatIsNoErrorOfOursIsASentenceToo) {
  EXPECT_EQ(frame([] { throw std::bad_alloc(); }), "There is not enough memory for this.");
  EXPECT_EQ(frame([] { throw 7; }), "Something went wrong.");
}

TEST_F(Guard, EndsAndPopsWhatWasLeftOpen) {
  for (int time = 0; time < 3; ++time)
    EXPECT_EQ(frame([] {
                ImGui::PushStyleColor(ImGuiCol_Text, 0xffffffffu);
                ImGui::PushID("a");
                ImGui::PushFont(nullptr);
                ImGui::BeginGroup();
                ImGui::BeginChild("inner", {100, 100});
                ImGui::PushStyleVar(ImGuiStyleVar_Alpha, 0.5f);
                ImGui::PushClipRect({0, 0}, {10, 10}, true);
                ImGui::BeginChild("innermost", {50, 50});
                throw std::runtime_error("The file is gone.");
              }),
              "The file is gone.");
  EXPECT_EQ(frame([] {}), "");
}

TEST_F(Guard, LeavesWhatWasPushedBeforeIt) {
  ImGui::NewFrame();
  ImGui::Begin("window");
  ImGui::PushAllowKeyboardFocus(false);
  ImGui::PushStyleColor(ImGuiCol_Text, 0xffffffffu);
  ImGui::PushStyleVar(ImGuiStyleVar_Alpha, 0.5f);
  ImGui::PushID("part");
  const ImGuiContext& imgui = *ImGui::GetCurrentContext();
  const int flags = imgui.ItemFlagsStack.Size, ids = ImGui::GetCurrentWindow()->IDStack.Size;
  EXPECT_EQ(draw_guarded([] {
              ImGui::PushAllowKeyboardFocus(true);
              ImGui::PushID("inner");
              throw std::runtime_error("The file is gone.");
            }),
            "The file is gone.");
  EXPECT_EQ(imgui.ItemFlagsStack.Size, flags);
  EXPECT_EQ(ImGui::GetCurrentWindow()->IDStack.Size, ids);
  EXPECT_EQ(imgui.ColorStack.Size, 1);
  EXPECT_EQ(imgui.StyleVarStack.Size, 1);
  ImGui::PopID();
  ImGui::PopStyleVar();
  ImGui::PopStyleColor();
  ImGui::PopAllowKeyboardFocus();
  ImGui::End();
  ImGui::Render();
}

}  // namespace
}  // namespace noiseglass::app
