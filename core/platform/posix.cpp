// What the systems of the Unix family have in common.
#include "noiseglass/platform.h"
#include "noiseglass/threads.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <sstream>
#include <system_error>

#include <fcntl.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace noiseglass::platform {

namespace fs = std::filesystem;

std::vector<std::string> arguments(int argc, char** argv) { return {argv, argv + argc}; }
void prepare_standard_streams() {}
void show_problem(const std::string&) {}  // standard error is there
void fetch_asset(const fs::path&) {}
bool is_terminal(std::FILE* file) { return isatty(fileno(file)) == 1; }

std::string language() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
    if (const char* value = std::getenv(name); value && *value) return value;
  return "";
}

fs::path home_folder() {
  const char* home = std::getenv("HOME");
  return home && fs::path(home).is_absolute() ? fs::path(home) : fs::path();
}

fs::path folder_for(Keeps what) {
  struct Place {
    const char *variable, *below_home;
  };
  static constexpr Place places[] = {
      {"XDG_STATE_HOME", ".local/state"}, {"XDG_CONFIG_HOME", ".config"}, {"XDG_CACHE_HOME", ".cache"}};
  const Place& place = places[int(what)];
  const char* chosen = std::getenv(place.variable);
  if (chosen && fs::path(chosen).is_absolute()) return fs::path(chosen) / "noiseglass";
  const fs::path home = home_folder();
  return home.empty() ? home : home / place.below_home / "noiseglass";
}

std::FILE* open_file(const fs::path& path, const char* mode) { return std::fopen(path.c_str(), mode); }

fs::path make_temporary_folder() {
  std::string name = (fs::temp_directory_path() / "noiseglass-XXXXXX").string();
  if (!mkdtemp(name.data()))
    throw fs::filesystem_error("mkdtemp", name, std::error_code(errno, std::generic_category()));
  return name;
}

bool has_program(const std::string& name) {
  const char* path = std::getenv("PATH");
  std::istringstream folders(path ? path : "");
  for (std::string folder; std::getline(folders, folder, ':');)
    if (!folder.empty() && access((fs::path(folder) / name).c_str(), X_OK) == 0) return true;
  return false;
}

/// Bytes go in through a socket, which, unlike a pipe, kills nobody when it breaks.
struct Process::State {
  pid_t id = -1;
  int in = -1;
};

Process::Process(const std::vector<std::string>& words, const fs::path& log) : state_(std::make_unique<State>()) {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) return;
  for (const int end : ends) fcntl(end, F_SETFD, FD_CLOEXEC);
  state_->in = ends[1];
  std::vector<std::string> texts = words;
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[0], 0);
  posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 2, log.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  const int error = posix_spawnp(&state_->id, texts.front().c_str(), &actions, nullptr, pointers.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  close(ends[0]);
  if (error) state_->id = -1;
}

Process::~Process() {
  end_of_input();
  if (!started()) return;
  kill();
  waitpid(state_->id, nullptr, 0);
}

bool Process::started() const { return state_->id >= 0; }

bool Process::give(std::span<const std::uint8_t> bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = send(state_->in, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return false;
    bytes = bytes.subspan(std::size_t(sent));
  }
  return true;
}

void Process::end_of_input() {
  if (state_->in >= 0) close(state_->in);
  state_->in = -1;
}

std::optional<bool> Process::ended() {
  if (!started()) return false;
  int status = 0;
  if (waitpid(state_->id, &status, WNOHANG) == 0) return std::nullopt;
  state_->id = -1;
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

void Process::kill() {
  if (started()) ::kill(state_->id, SIGKILL);
}

}  // namespace noiseglass::platform

namespace noiseglass {

bool has_threads() { return true; }

}  // namespace noiseglass
