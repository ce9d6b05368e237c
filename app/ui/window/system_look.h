#pragma once

#include "session/errand.h"
#include "session/published.h"
#include "session/state.h"

#include <functional>
#include <optional>

namespace noiseglass::app {

/// How the desktop wants programs to look.
struct Appearance {
  std::optional<Look> look;  ///< nothing, where it does not say
  bool transitions = true;
  bool operator==(const Appearance&) const = default;
};

/// What the desktop says of that, and whatever it says anew. Where it says nothing, nothing.
class SystemLook {
 public:
  /// Listens from now on. @param wake is called at each word
  void begin(const std::function<void()>& wake);
  Appearance said() const;

 private:
  Published<Appearance> said_;
  Errand listening_;
  bool begun_ = false;
};

}  // namespace noiseglass::app
