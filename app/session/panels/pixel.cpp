#include "session/panel_record.h"

namespace noiseglass::app {

PanelRecord pixel_panel() {
  return {
      .id = "pixel",
      .label = "Pixel",
      .summary = "One pixel's own numbers: how much picture, how much noise, and how all of them become N(0, 1).",
      .settings = {Setting::number("x", "across", "The pixel looked at, as a share of the width.", 0.46, 0, 1),
                   Setting::number("y", "down", "The pixel looked at, as a share of the height.", 0.36, 0, 1),
                   Setting::choice("channel", "channel", "Each pixel has three values; the noise is new in each.",
                                   {"red", "green", "blue"}),
                   Setting::count("walks", "walks, step by step",
                                  "Ways of the same pixel with fresh noise in every step.", 1, 0, 8),
                   Setting::on_off("one_shot", "In one shot", "The way of xₜ when one ε is kept for every t.", true),
                   Setting::on_off("band", "Where 95 % go", "Two standard deviations of q(xₜ | x₀) on either side.",
                                   true)},
      .uses_picture = true};
}

}  // namespace noiseglass::app
