#include "fuzz/targets.h"

namespace noiseglass::fuzz {

const std::vector<Target>& targets() {
  static const std::vector<Target> all = {
      {"command_line", run_command_line},
      {"equations", run_equations},
      {"exif", run_exif},
      {"input", run_input},
      {"judge", run_judge},
      {"kept", run_kept},
      {"lesson", run_lesson},
      {"measurements", run_measurements},
      {"mixture", run_mixture},
      {"model", run_model, {"nn"}},
      {"npy", run_npy},
      {"picture", run_picture, {"pictures", "cases"}},
      {"picture_set", run_picture_set},
      {"png", run_png},
      {"sentences", run_sentences},
      {"session", run_session},
      {"settings", run_settings},
      {"webp", run_webp},
      {"words", run_words},
  };
  return all;
}

}  // namespace noiseglass::fuzz
