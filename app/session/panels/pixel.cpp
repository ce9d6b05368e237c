#include "session/panel_record.h"

namespace noiseglass::app {

PanelRecord pixel_panel() {
  return {
      .id = "pixel",
      .label = "Pixel",
      .summary = "The numbers of one pixel: how much picture, how much noise, and how all values approach N(0, 1).",
      .group = "Ideas",
      .settings = {Setting::number("x", "across", "The chosen pixel, as a share of the width.", 0.46, 0, 1),
                   Setting::number("y", "down", "The chosen pixel, as a share of the height.", 0.36, 0, 1),
                   Setting::choice("channel", "channel", "Each pixel has three values, with independent noise.",
                                   {"red", "green", "blue"}),
                   Setting::count("walks", "trajectories, step by step",
                                  "Trajectories of this pixel with fresh noise in every step.", 1, 0, 8),
                   Setting::on_off("one_shot", "In one shot", "The trajectory of xₜ when one ε is kept for all t.",
                                   true),
                   Setting::on_off("band", "95 % interval", "Two standard deviations of q(xₜ | x₀) on either side.",
                                   true),
                   Setting::on_off("unscaled", "Without scaling",
                                   "The same steps with the same noise, if none of them scaled the value down: the "
                                   "variance is the sum of all β so far, and grows without limit.",
                                   false)},
      .uses_picture = true,
      .facts = {"t", "row", "column", "channel", "x_0", "epsilon", "signal", "noise", "x_t", "mean", "std", "counted"}};
}

}  // namespace noiseglass::app
