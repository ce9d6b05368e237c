#include "ui/window/paste.h"

#include "session/folders.h"
#include "session/kept_file.h"
#include "ui/window/clipboard_picture.h"

#include <vector>

namespace noiseglass::app {

void Paste::begin(const std::function<void()>& wake) {
  errand_.begin(found_.job(++id_, wake, [](std::stop_token) {
    static const std::vector<std::string> kinds = {"image/png", "image/webp",    "image/jpeg", "image/bmp",
                                                   "image/gif", "text/uri-list", "UTF8_STRING"};
    return opened_from_clipboard(read_clipboard(kinds).value_or(std::vector<char>()), kept_folder());
  }));
}

std::optional<Published<std::string>::Outcome> Paste::take() {
  const auto outcome = found_.get();
  if (taken_ == id_ || outcome.id != id_ || !outcome) return {};
  taken_ = id_;
  return outcome;
}

}  // namespace noiseglass::app
