// The browser: a system whose files are in memory, without a person's folders and without other programs.
#include "noiseglass/error.h"
#include "noiseglass/platform.h"
#include "noiseglass/threads.h"

#include <condition_variable>
#include <cstdlib>
#include <ctime>
#include <map>
#include <mutex>

#include <emscripten.h>
#include <emscripten/threading.h>

#pragma clang diagnostic ignored "-Wdollar-in-identifier-extension"  // what the page's own language calls its arguments

namespace noiseglass {
namespace platform {

namespace fs = std::filesystem;

namespace {

struct Arrivals {
  struct File {
    int tries = 0;
    bool came = false;
  };
  std::mutex mutex;
  std::condition_variable changed;
  std::map<std::string, File> files;
};

Arrivals& arrivals() {
  static Arrivals arrivals;
  return arrivals;
}

}  // namespace

/// For packaging/web/page.js, which was asked for the file.
extern "C" EMSCRIPTEN_KEEPALIVE void noiseglass_fetched(const char* file, int came) {
  const std::lock_guard lock(arrivals().mutex);
  Arrivals::File& known = arrivals().files[file];
  ++known.tries;
  known.came = came != 0;
  arrivals().changed.notify_all();
}

/// page.js knows which files are missing. The page's own thread may not wait, and gets the file at once.
void fetch_asset(const fs::path& file) {
  enum { failed = -1, is_there = 0, under_way = 1 };
  const std::string name = file.lexically_normal().string();
  if (!name.starts_with("/app/assets/")) return;
  int tries = 0;
  {
    const std::lock_guard lock(arrivals().mutex);
    tries = arrivals().files[name].tries;
  }
  const int at_once = emscripten_is_main_runtime_thread();
  const int answer =
      MAIN_THREAD_EM_ASM_INT({ return noiseglassPage.fetch(UTF8ToString($0), $1); }, name.c_str(), at_once);
  bool came = answer == is_there;
  if (answer == under_way) {
    std::unique_lock lock(arrivals().mutex);
    const Arrivals::File& known = arrivals().files[name];
    arrivals().changed.wait(lock, [&] { return known.tries > tries; });
    came = known.came;
  }
  if (!came)
    throw Error("\"" + file.filename().string() +
                "\" is fetched when it is needed, and could not be: is the network there?");
}

fs::path program_file() { return "/app/noiseglass"; }
std::vector<std::string> arguments(int argc, char** argv) { return {argv, argv + argc}; }
void prepare_standard_streams() {}
void show_problem(const std::string&) {}  // the page shows standard error
bool is_terminal(std::FILE*) { return false; }

/// As the browser has it, which comes in as LANG.
std::string language() {
  const char* value = std::getenv("LANG");
  return value ? value : "";
}

fs::path home_folder() { return "/home"; }
/// packaging/web/page.js keeps /home in the browser's own storage.
fs::path folder_for(Keeps what) {
  static constexpr const char* names[] = {"state", "preferences", "cache"};
  return home_folder() / names[int(what)];
}

std::FILE* open_file(const fs::path& path, const char* mode) {
  if (*mode != 'r') MAIN_THREAD_ASYNC_EM_ASM({ noiseglassPage.keep(); });
  return std::fopen(path.c_str(), mode);
}
std::FILE* open_nameless(const fs::path&) { return nullptr; }
bool give_name(std::FILE*, const fs::path&) { return false; }

fs::path make_temporary_folder() {
  static int made = 0;
  const fs::path folder = fs::temp_directory_path() / ("noiseglass-" + std::to_string(++made));
  fs::create_directories(folder);
  return folder;
}

bool has_program(const std::string&) { return false; }

struct Process::State {};
Process::Process(const std::vector<std::string>&, const fs::path&) {}
Process::~Process() = default;
bool Process::started() const { return false; }
bool Process::give(std::span<const std::uint8_t>) { return false; }
void Process::end_of_input() {}
std::optional<bool> Process::ended() { return false; }
void Process::kill() {}

}  // namespace platform

bool has_threads() { return emscripten_has_threading_support(); }
void give_way() {}
double seconds_worked() { return double(std::clock()) / CLOCKS_PER_SEC; }  // of the whole program

}  // namespace noiseglass
