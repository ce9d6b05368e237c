// What Linux has beside posix.cpp.
#include "noiseglass/platform.h"
#include "noiseglass/threads.h"

#include <ctime>
#include <string>

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace noiseglass {
namespace platform {

namespace fs = std::filesystem;

fs::path program_file() {
  std::error_code code;
  fs::path program = fs::read_symlink("/proc/self/exe", code);
  return code ? fs::path() : program;
}

std::FILE* open_nameless(const fs::path& folder) {
  const int descriptor = open(folder.empty() ? "." : folder.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666);
  if (descriptor < 0) return nullptr;
  std::FILE* file = fdopen(descriptor, "wb");
  if (!file) close(descriptor);
  return file;
}

bool give_name(std::FILE* nameless, const fs::path& name) {
  const std::string itself = "/proc/self/fd/" + std::to_string(fileno(nameless));
  return linkat(AT_FDCWD, itself.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) == 0;
}

}  // namespace platform

void give_way() {
  // Of this thread alone, on Linux. Against a thread that wants a whole core, 10 more leaves it a tenth of that.
  setpriority(PRIO_PROCESS, 0, getpriority(PRIO_PROCESS, 0) + 10);  // the system bounds it
}

double seconds_worked() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return double(time.tv_sec) + 1e-9 * double(time.tv_nsec);
}

}  // namespace noiseglass
