#include "fuzz/foreign.h"
#include "fuzz/targets.h"
#include "session/kept_file.h"
#include "session/session_file.h"

void noiseglass::fuzz::run_input(std::span<const char> bytes) {
  static const Library library = load_library();
  static const OwnFolder folder;
  for (const auto take : {app::opened_from_input, app::opened_from_clipboard})
    refuse_or([&] {
      const std::string name = take(bytes, folder.path());
      demand(app::is_link(name) || std::filesystem::exists(name), "what came is there to be opened");
      if (app::is_link(name)) (void)app::state_of_link(name, library);
    });
  folder.clear();
}
