// What macOS has beside posix.cpp. Written from its documentation, and not yet compiled by anybody.
#include "noiseglass/platform.h"
#include "noiseglass/threads.h"

#include <cstdint>
#include <ctime>
#include <string>

#include <mach-o/dyld.h>
#include <pthread/qos.h>

namespace noiseglass {
namespace platform {

namespace fs = std::filesystem;

fs::path program_file() {
  std::uint32_t size = 0;
  _NSGetExecutablePath(nullptr, &size);
  std::string path(size, '\0');
  if (_NSGetExecutablePath(path.data(), &size) != 0) return {};
  std::error_code code;
  fs::path program = fs::canonical(path.c_str(), code);
  return code ? fs::path() : program;
}

std::FILE* open_nameless(const fs::path&) { return nullptr; }
bool give_name(std::FILE*, const fs::path&) { return false; }

}  // namespace platform

void give_way() { pthread_set_qos_class_self_np(QOS_CLASS_UTILITY, 0); }

double seconds_worked() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return double(time.tv_sec) + 1e-9 * double(time.tv_nsec);
}

}  // namespace noiseglass
