#include "tests/app/faults/limited.h"

#include <exception>

#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

namespace noiseglass::faults {
namespace {

/// A namespace of this process's own: its mounts are nobody else's, and end with it.
bool has_small_disk(const std::filesystem::path& folder) {
  if (unshare(CLONE_NEWNS) != 0 && unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return false;
  if (mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return false;
  return mount("tmpfs", folder.c_str(), "tmpfs", 0, "size=65536") == 0;
}

std::string run(const std::filesystem::path& folder, const std::function<std::string()>& action) {
  if (!has_small_disk(folder)) return cannot_be_had;
  try {
    return action();
  } catch (const std::exception& error) {
    return std::string("was thrown: ") + error.what();
  }
}

}  // namespace

std::string on_a_small_disk(const std::filesystem::path& folder, const std::function<std::string()>& action) {
  int ends[2];
  if (pipe(ends) != 0) return cannot_be_had;
  const pid_t child = fork();
  if (child == 0) {
    const std::string told = run(folder, action);
    const ssize_t written = write(ends[1], told.data(), told.size());
    _exit(written == ssize_t(told.size()) ? 0 : 1);
  }
  close(ends[1]);
  std::string told;
  char block[4096];
  for (ssize_t count; (count = read(ends[0], block, sizeof block)) > 0;) told.append(block, std::size_t(count));
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? told : "it ended with status " + std::to_string(status);
}

bool make_read_only(const std::filesystem::path& folder) {
  return mount(nullptr, folder.c_str(), nullptr, MS_REMOUNT | MS_RDONLY, "size=65536") == 0;
}

}  // namespace noiseglass::faults
