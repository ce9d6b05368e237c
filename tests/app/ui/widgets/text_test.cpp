// Text is broken between words, and nowhere else.
#include "ui/widgets/controls.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace noiseglass::app {
namespace {

class TextTest : public testing::Test {
 protected:
  TextTest() : context_(ImGui::CreateContext()) {
    unsigned char* pixels = nullptr;
    int width = 0, height = 0;
    ImGui::GetIO().Fonts->GetTexDataAsRGBA32(&pixels, &width, &height);
    font_ = ImGui::GetIO().Fonts->Fonts.front();
  }
  ~TextTest() override { ImGui::DestroyContext(context_); }
  ImFont* font_ = nullptr;

 private:
  ImGuiContext* context_;
};

TEST_F(TextTest, IsNotBrokenWithinANumber) {
  const std::string text = "real pictures score 6.4, at best.";
  for (float width = 60; width < 300; width += 1) {
    const std::string lines = broken_into_lines(font_, text, width);
    EXPECT_NE(lines.find("6.4,"), std::string::npos) << width;
    std::string again = lines;
    for (char& c : again)
      if (c == '\n') c = ' ';
    EXPECT_EQ(again, text);
    for (std::size_t at = 0; at < lines.size();) {
      const std::size_t end = std::min(lines.find('\n', at), lines.size());
      EXPECT_LE(text_width(font_, lines.substr(at, end - at)), width);
      at = end + 1;
    }
    EXPECT_LE(
        wrapped_height(font_, text, width) - float(1 + std::count(lines.begin(), lines.end(), '\n')) * font_->FontSize,
        0.5f);
  }
}

TEST_F(TextTest, KeepsItsOwnBreaksAndBreaksAWordThatFitsNowhere) {
  EXPECT_EQ(broken_into_lines(font_, "one\ntwo", 1000), "one\ntwo");
  EXPECT_EQ(broken_into_lines(font_, "", 10), "");
  EXPECT_GT(wrapped_height(font_, std::string(100, 'w'), 70), 5 * font_->FontSize);
}

}  // namespace
}  // namespace noiseglass::app
