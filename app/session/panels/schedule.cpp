#include "session/panel_record.h"
#include "session/panels/panels.h"

namespace noiseglass::app {

PanelRecord schedule_panel() {
  return {
      .id = "schedule",
      .label = "Schedule",
      .summary =
          "Draw your own: drag the handles of the log-SNR, and see where the picture fades and how well it is "
          "denoised.",
      .group = "Ideas",
      .settings = {Setting::on_off("beside", "Linear and cosine beside it",
                                   "Two schedules that many networks were trained with, for comparison.", true),
                   Setting::on_off("scored", "Try it out",
                                   "Denoises this picture from the noise level at the slider, and generates 64 samples "
                                   "that a classifier reads.",
                                   true)},
      .uses_picture = true,
      .facts = {"t", "drawn", "middle_log_snr", "last_step", "half_share", "steps", "steps_in_the_middle", "by_hand",
                "psnr", "psnr_linear", "psnr_cosine", "read", "read_linear", "read_cosine", "tried"}};
}

}  // namespace noiseglass::app
