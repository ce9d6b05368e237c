#include "fuzz/foreign.h"
#include "fuzz/targets.h"
#include "session/session_file.h"

void noiseglass::fuzz::run_session(std::span<const char> bytes) {
  static const Library library = load_library();
  static const OwnFolder folder;
  refuse_or([&] {
    app::SavedSession session = app::parse_session(text_of(bytes), library, folder.path(), folder.path());
    app::bring_into_range(session.state);
    demand(!app::why_refused(session.state), "a session holds a state that can be shown");
    const std::string link = app::link_of(session.state, library);
    demand(app::is_link(link), "a state has a link");
  });
  refuse_or([&] { (void)app::read_saved_lesson(foreign_file(bytes)); });
  folder.clear();
}
