// What is written can be read in every theme, and the lanes are told apart by every kind of colour vision: computed.
#include "ui/theme.h"
#include "ui/widgets/lines.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

namespace noiseglass::app {
namespace {

using Three = std::array<double, 3>;
using Matrix = std::array<Three, 3>;

Three times(const Matrix& m, const Three& v) {
  Three product{};
  for (std::size_t i = 0; i < 3; ++i) product[i] = m[i][0] * v[0] + m[i][1] * v[1] + m[i][2] * v[2];
  return product;
}

Three linear_light(ImU32 colour) {
  Three light{};
  const ImU32 shifts[] = {IM_COL32_R_SHIFT, IM_COL32_G_SHIFT, IM_COL32_B_SHIFT};
  for (std::size_t i = 0; i < 3; ++i) {
    const double value = double((colour >> shifts[i]) & 255) / 255;
    light[i] = value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
  }
  return light;
}

/// As the Web Content Accessibility Guidelines 2.1 define it.
double contrast(ImU32 a, ImU32 b) {
  const auto luminance = [](ImU32 colour) {
    const Three light = linear_light(colour);
    return 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2];
  };
  const auto [darker, lighter] = std::minmax({luminance(a), luminance(b)});
  return (lighter + 0.05) / (darker + 0.05);
}

/// CIE L*a*b* under D65.
Three lab(const Three& light) {
  static const Matrix to_xyz{
      {{0.4124564, 0.3575761, 0.1804375}, {0.2126729, 0.7151522, 0.0721750}, {0.0193339, 0.1191920, 0.9503041}}};
  static const Three white{0.95047, 1, 1.08883};
  Three f = times(to_xyz, light);
  for (std::size_t i = 0; i < 3; ++i) {
    const double share = f[i] / white[i];
    f[i] = share > 0.008856 ? std::cbrt(share) : 7.787 * share + 16.0 / 116;
  }
  return {116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])};
}

/// Machado, Oliveira and Fernandes (2009), severity 1; they act on linear light.
const std::vector<std::pair<const char*, Matrix>> colour_visions{
    {"all three cones", {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}}},
    {"protanopia",
     {{{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}}},
    {"deuteranopia",
     {{{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}}},
    {"tritanopia",
     {{{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}}}},
};

double distance(ImU32 a, ImU32 b, const Matrix& vision) {
  const auto seen = [&](ImU32 colour) {
    Three light = times(vision, linear_light(colour));
    for (double& value : light) value = std::clamp(value, 0.0, 1.0);
    return lab(light);
  };
  const Three p = seen(a), q = seen(b);
  return std::hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
}

class Colours : public testing::TestWithParam<Look> {
 protected:
  Colours() : context_(ImGui::CreateContext()) { apply_colours(theme_, GetParam()); }
  ~Colours() override { ImGui::DestroyContext(context_); }

  Theme theme_{};

 private:
  ImGuiContext* context_;
};

/// What the Guidelines ask of text, at their level AA, and at AAA of the theme that is there for weak eyes.
double least_of_text(Look look) { return look == Look::high_contrast ? 7 : 4.5; }

TEST_P(Colours, TextIsReadOnEveryGround) {
  const double least = least_of_text(GetParam());
  for (const ImU32 ground : {theme_.ground, theme_.surface, theme_.raised, theme_.hovered})
    for (const ImU32 text : {theme_.text, theme_.dim, theme_.accent}) EXPECT_GE(contrast(text, ground), least);
  EXPECT_GE(contrast(theme_.on_accent, theme_.accent), least);
}

/// Tracks of sliders, axes, outlines of what is empty: lines without which something could not be read (WCAG 1.4.11).
TEST_P(Colours, LinesThatCarryMeaningAreSeen) {
  for (const ImU32 ground : {theme_.ground, theme_.surface, theme_.raised}) {
    EXPECT_GE(contrast(line_colour(theme_), ground), 3);
    EXPECT_GE(contrast(theme_.lane[0], ground), 3);
    EXPECT_GE(contrast(theme_.warning, ground), 3);
  }
}

/// Lanes and symbols have their colour in text as well as in curves, which need 3.
TEST_P(Colours, ColouredTextAndCurvesAreReadWhereTheyStand) {
  const std::vector<std::pair<const char*, ImU32>> colours{
      {"lane 1", theme_.lane[0]}, {"lane 2", theme_.lane[1]},  {"x_0", theme_.x_0},     {"epsilon", theme_.epsilon},
      {"x_t", theme_.x_t},        {"x_0_hat", theme_.x_0_hat}, {"score", theme_.score}, {"warning", theme_.warning}};
  for (const auto& [name, colour] : colours) {
    for (const ImU32 ground : {theme_.ground, theme_.surface})
      EXPECT_GE(contrast(colour, ground), least_of_text(GetParam())) << name;
    for (const ImU32 ground : {theme_.raised, theme_.hovered}) EXPECT_GE(contrast(colour, ground), 3) << name;
  }
}

/// The ring that says where the keyboard is, between two lines of the ground; tracks of sliders; what points at
/// something.
TEST_P(Colours, LinesThatMeanSomethingAreSeen) {
  for (const ImU32 ground : {theme_.ground, theme_.surface, theme_.raised})
    for (const ImU32 line : {theme_.focus, theme_.dim, theme_.accent, theme_.warning})
      EXPECT_GE(contrast(line, ground), 3);
  EXPECT_GT(distance(theme_.focus, theme_.warning, colour_visions.front().second), 40);
  if (theme_.outlined)
    for (const ImU32 ground : {theme_.ground, theme_.surface, theme_.raised})
      EXPECT_GE(contrast(theme_.border, ground), 3);
}

/// 2.3 is just noticeable; of lines a few pixels wide more is asked.
TEST_P(Colours, LanesAreToldApartByEveryColourVision) {
  for (const auto& [name, vision] : colour_visions)
    EXPECT_GT(distance(theme_.lane[0], theme_.lane[1], vision), 40) << name;
}

INSTANTIATE_TEST_SUITE_P(Themes, Colours, testing::Values(Look::dark, Look::light, Look::high_contrast),
                         [](const auto& look) {
                           std::string name = look_names()[std::size_t(look.param)];
                           std::erase(name, '-');
                           return name;
                         });

// Inter 3 and Inter 4 have it on different sides of where it is drawn.
TEST(Type, TheHatOfXStandsOverIt) {
  ImGui::CreateContext();
  Theme theme;
  for (const float scale : {1.f, 2.f}) {
    const std::string problem = load_type(theme, scale);
    for (const ImFont* font : ImGui::GetIO().Fonts->Fonts) {
      const ImFontGlyph *hat = font->FindGlyphNoFallback(0x302), *x = font->FindGlyphNoFallback('x');
      if (!hat) {
        EXPECT_NE(problem, "");
        continue;
      }
      EXPECT_NEAR((hat->X0 + hat->X1) / 2 + x->AdvanceX, (x->X0 + x->X1) / 2, font->FontSize * 0.1f);
      EXPECT_LT(hat->Y1, x->Y0 + 0.05f * font->FontSize);
    }
  }
  ImGui::DestroyContext();
}

}  // namespace
}  // namespace noiseglass::app
