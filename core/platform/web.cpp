// The browser: a system whose files are in memory, without a person's folders and without other programs.
#include "noiseglass/platform.h"
#include "noiseglass/threads.h"

#include <cstdlib>
#include <ctime>

namespace noiseglass {
namespace platform {

namespace fs = std::filesystem;

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

std::FILE* open_file(const fs::path& path, const char* mode) { return std::fopen(path.c_str(), mode); }
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

void give_way() {}
double seconds_worked() { return double(std::clock()) / CLOCKS_PER_SEC; }  // of the whole program

}  // namespace noiseglass
