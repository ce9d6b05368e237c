#pragma once

#include <stdexcept>
#include <string>

namespace noiseglass {

/// The one exception type of the core: its text is a sentence for the user that says
/// what was wrong, where, and what to do.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A request that is wrong in itself (unknown name, t outside 1…T, N > T): the command
/// line ends with status 2 on these and with 1 on every other Error.
class UsageError : public Error {
 public:
  using Error::Error;
};

/// Work was given up because its std::stop_token asked for it; never shown to the user.
class Cancelled : public std::exception {
 public:
  const char* what() const noexcept override { return "cancelled"; }
};

}  // namespace noiseglass
