#pragma once

#include "session/errand.h"
#include "session/published.h"

#include <functional>
#include <optional>
#include <string>

namespace noiseglass::app {

/// Looks at the clipboard, whose owner may take its time or never answer.
class Paste {
 public:
  void begin(const std::function<void()>& wake);
  /// What is to be opened, once it is known: see opened_from_clipboard().
  std::optional<Published<std::string>::Outcome> take();

 private:
  std::uint64_t id_ = 0, taken_ = 0;
  Published<std::string> found_;
  Errand errand_;
};

}  // namespace noiseglass::app
