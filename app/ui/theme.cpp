#include "ui/theme.h"

#include "session/folders.h"

#include <cmath>
#include <filesystem>
#include <string>

#ifndef NOISEGLASS_FONT_FOLDER
#define NOISEGLASS_FONT_FOLDER "/usr/share/fonts/opentype/inter"
#endif

namespace noiseglass::app {
namespace {

constexpr ImU32 rgb(unsigned hex, unsigned alpha = 255) {
  return IM_COL32((hex >> 16) & 255, (hex >> 8) & 255, hex & 255, alpha);
}

// What the program writes with: Latin, Greek, ᾱ, the combining hat of x̂, subscripts, arrows, a few operators.
constexpr ImWchar glyphs[] = {0x20,   0xff,   0x2c6,  0x2c7,  0x302,  0x302,  0x370,  0x3ff,  0x1fb0,
                              0x1fb1, 0x2010, 0x2026, 0x2070, 0x209c, 0x2190, 0x2193, 0x2202, 0x221e,
                              0x2248, 0x2248, 0x2260, 0x2265, 0x25a0, 0x25cf, 0};

ImFont* add_font(const char* file, float size) {
  const std::filesystem::path own = typeface_folder();
  const std::filesystem::path path = (own.empty() ? NOISEGLASS_FONT_FOLDER : own) / file;
  std::error_code code;
  if (!std::filesystem::exists(path, code)) return nullptr;
  ImFontConfig config;
  config.OversampleH = 2;
  config.OversampleV = 1;
  config.PixelSnapH = true;
  return ImGui::GetIO().Fonts->AddFontFromFileTTF(path.string().c_str(), size, &config, glyphs);
}

/// Letters are set one by one, so the hat of x̂ has to lie left of where it is drawn. It does in Inter 3; Inter 4 has it
/// on the right, since whatever sets words puts it on its letter.
void place_hat(ImFont& font) {
  auto* hat = const_cast<ImFontGlyph*>(font.FindGlyphNoFallback(0x302));
  if (!hat || hat->X0 + hat->X1 < 0) return;
  const float shift = std::round(0.48f * font.FontSize);
  hat->X0 -= shift, hat->X1 -= shift;
}

ImVec4 vec(ImU32 colour) { return ImGui::ColorConvertU32ToFloat4(colour); }

}  // namespace

ImU32 faded(ImU32 colour, float opacity) {
  const auto alpha = ImU32(float(colour >> IM_COL32_A_SHIFT) * opacity);
  return (colour & ~IM_COL32_A_MASK) | (alpha << IM_COL32_A_SHIFT);
}

namespace {

void make_dark(Theme& theme) {
  theme.ground = rgb(0x12151a), theme.surface = rgb(0x1a1e25), theme.raised = rgb(0x262c36);
  theme.hovered = rgb(0x333b48), theme.border = rgb(0x2c333e), theme.text = rgb(0xe9edf2), theme.dim = rgb(0x9aa5b4);
  theme.accent = rgb(0xe9edf2), theme.on_accent = rgb(0x12151a), theme.warning = rgb(0xf0b45a);
  theme.focus = rgb(0x8ab4ff);
  theme.lane[0] = rgb(0xe69f00), theme.lane[1] = rgb(0x56b4e9);
  theme.x_0 = rgb(0x4fc3a1), theme.epsilon = rgb(0xb39ddb), theme.x_t = rgb(0xe9edf2), theme.x_0_hat = rgb(0xf2a0c0);
  theme.score = rgb(0xff8a65);
}

void make_light(Theme& theme) {
  theme.ground = rgb(0xf3f4f6), theme.surface = rgb(0xffffff), theme.raised = rgb(0xe8ebef);
  theme.hovered = rgb(0xd9dee5), theme.border = rgb(0xd5dae1), theme.text = rgb(0x171b21), theme.dim = rgb(0x566070);
  theme.accent = rgb(0x171b21), theme.on_accent = rgb(0xffffff), theme.warning = rgb(0x9a5b00);
  theme.focus = rgb(0x1a5fd0);
  theme.lane[0] = rgb(0xb25300), theme.lane[1] = rgb(0x0072b2);
  theme.x_0 = rgb(0x00795a), theme.epsilon = rgb(0x6a4fb3), theme.x_t = rgb(0x171b21), theme.x_0_hat = rgb(0xb4386d);
  theme.score = rgb(0xc2410c);
}

/// White on black, and an edge around whatever can be pressed: grounds alone are too much alike.
void make_high_contrast(Theme& theme) {
  theme.ground = theme.surface = rgb(0x000000), theme.raised = rgb(0x1c1c1c), theme.hovered = rgb(0x3d3d3d);
  theme.border = rgb(0x9e9e9e), theme.text = theme.accent = theme.x_t = rgb(0xffffff), theme.dim = rgb(0xe6e6e6);
  theme.on_accent = rgb(0x000000), theme.warning = rgb(0xffe14d);
  theme.focus = rgb(0x6effff);
  theme.lane[0] = rgb(0xffb020), theme.lane[1] = rgb(0x7cc8ff);
  theme.x_0 = rgb(0x6ff0c4), theme.epsilon = rgb(0xd3beff), theme.x_0_hat = rgb(0xffb3d1), theme.score = rgb(0xffa183);
}

}  // namespace

void apply_colours(Theme& theme, Look look) {
  theme.dark = look != Look::light;
  theme.outlined = look == Look::high_contrast;
  if (look == Look::dark) make_dark(theme);
  if (look == Look::light) make_light(theme);
  if (look == Look::high_contrast) make_high_contrast(theme);
  ImVec4* colours = ImGui::GetStyle().Colors;
  theme.dark ? ImGui::StyleColorsDark() : ImGui::StyleColorsLight();
  ImGui::GetStyle().FrameBorderSize = theme.outlined ? 1 : 0;
  colours[ImGuiCol_Text] = vec(theme.text);
  colours[ImGuiCol_TextDisabled] = vec(theme.dim);
  colours[ImGuiCol_WindowBg] = vec(theme.ground);
  colours[ImGuiCol_ChildBg] = vec(faded(theme.ground, 0));
  colours[ImGuiCol_PopupBg] = vec(theme.surface);
  colours[ImGuiCol_Border] = vec(theme.border);
  colours[ImGuiCol_FrameBg] = colours[ImGuiCol_Button] = colours[ImGuiCol_Header] = vec(theme.raised);
  colours[ImGuiCol_FrameBgHovered] = colours[ImGuiCol_ButtonHovered] = colours[ImGuiCol_HeaderHovered] =
      vec(theme.hovered);
  colours[ImGuiCol_FrameBgActive] = colours[ImGuiCol_ButtonActive] = colours[ImGuiCol_HeaderActive] =
      vec(theme.hovered);
  colours[ImGuiCol_CheckMark] = vec(theme.accent);
  colours[ImGuiCol_SliderGrab] = colours[ImGuiCol_SliderGrabActive] =
      vec(faded(theme.dim, 0.45f));  // its number stays readable
  colours[ImGuiCol_ModalWindowDimBg] = vec(faded(rgb(0x000000), 0.5f));
  colours[ImGuiCol_Separator] = vec(theme.border);
  colours[ImGuiCol_TitleBg] = colours[ImGuiCol_TitleBgActive] = vec(theme.surface);
  colours[ImGuiCol_NavHighlight] = vec(theme.dim);
}

const char* load_type(Theme& theme, float scale) {
  theme.scale = scale;
  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  atlas.Clear();
  theme.body = add_font("Inter-Regular.otf", theme.px(15));
  theme.small = add_font("Inter-Regular.otf", theme.px(13));
  theme.strong = add_font("Inter-SemiBold.otf", theme.px(15));
  theme.emphasis = add_font("Inter-Italic.otf", theme.px(15));
  theme.title = add_font("Inter-SemiBold.otf", theme.px(19));
  const bool found = theme.body && theme.small && theme.strong && theme.emphasis && theme.title;
  if (!found) {
    atlas.Clear();
    theme.body = theme.small = theme.strong = theme.emphasis = theme.title = atlas.AddFontDefault();
  }
  atlas.Build();
  for (ImFont* font : atlas.Fonts) place_hat(*font);
  ImGuiStyle& style = ImGui::GetStyle();
  style = ImGuiStyle();
  style.WindowPadding = {16, 16};
  style.FramePadding = {10, 6};
  style.ItemSpacing = {8, 8};
  style.ItemInnerSpacing = {8, 4};
  style.FrameRounding = style.GrabRounding = 6;
  style.PopupRounding = style.ChildRounding = 8;
  style.WindowRounding = 10;
  style.WindowBorderSize = 0;
  style.PopupBorderSize = 1;
  style.FrameBorderSize = 0;
  style.ScrollbarSize = 10;
  style.ScaleAllSizes(scale);
  return found ? ""
               : "The Inter typeface was not found (Debian package fonts-inter); the built-in font is used, which "
                 "lacks Greek letters.";
}

}  // namespace noiseglass::app
