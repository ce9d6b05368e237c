#pragma once

#include <csignal>
#include <iostream>
#include <sstream>

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace noiseglass::fuzz {

/// While it lives nothing is printed, nothing is there to be read, and no file gets a byte: whatever a command line
/// asks for, nothing is overwritten.
class Silence {
 public:
  Silence() {
    std::signal(SIGXFSZ, SIG_IGN);
    std::fflush(stdout);
    dup2(nowhere(), 0), dup2(nowhere(), 1);
    getrlimit(RLIMIT_FSIZE, &limit_);
    const rlimit none{0, limit_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &none);
    errors_ = std::cerr.rdbuf(words_.rdbuf());
  }
  ~Silence() {
    std::cerr.rdbuf(errors_);
    setrlimit(RLIMIT_FSIZE, &limit_);
    std::fflush(stdout);
    dup2(output(), 1);
  }
  Silence(const Silence&) = delete;
  Silence& operator=(const Silence&) = delete;

  std::string errors() const { return words_.str(); }

 private:
  static int nowhere() {
    static const int descriptor = open("/dev/null", O_RDWR | O_CLOEXEC);
    return descriptor;
  }
  static int output() {
    static const int descriptor = dup(1);
    return descriptor;
  }
  const int before_ = output();  // remembered first
  std::ostringstream words_;
  std::streambuf* errors_ = nullptr;
  rlimit limit_{};
};

}  // namespace noiseglass::fuzz
