#pragma once

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

/// What differs from one system to another, without a window: core/platform/ has a .cpp for each system, and the build
/// takes one. Texts and paths as strings are UTF-8 everywhere.
namespace noiseglass::platform {

/// The running program's own file; empty where the system does not say, or has none.
std::filesystem::path program_file();
/// What the program was started with, its name first.
std::vector<std::string> arguments(int argc, char** argv);
/// Standard input and output take bytes as they are, and a terminal shows text as UTF-8.
void prepare_standard_streams();
bool is_terminal(std::FILE* file);
/// Shows a sentence to whoever started the program, where standard error is nowhere to be seen.
void show_problem(const std::string& sentence);

/// A person's own folder; empty where there is none.
std::filesystem::path home_folder();
enum class Keeps { state, preferences, cache };
/// Where this system keeps a program's things of this kind; empty where there is no such place. On Linux the XDG
/// variables count when they are absolute, as their specification has it.
std::filesystem::path folder_for(Keeps what);

/// As std::fopen, which takes no path of every name on every system. @returns null with errno
std::FILE* open_file(const std::filesystem::path& path, const char* mode);
/// A file to write to that has no name yet, so that nothing is left of it when the program is killed. @returns null
/// where the system or the folder's file system has no such thing
std::FILE* open_nameless(const std::filesystem::path& folder);
/// Gives it a name. @returns false when that cannot be
bool give_name(std::FILE* nameless, const std::filesystem::path& name);
/// A new folder for temporary files of ours alone. @throws std::filesystem::filesystem_error
std::filesystem::path make_temporary_folder();

/// Waits until this file of the assets is whole. In the browser it comes over the network when it is first read; before
/// that it has its size, and of weights the header. @throws Error when the network does not give it
void fetch_asset(const std::filesystem::path& file);

/// The language that the system asks for, such as "de_DE.UTF-8" or "de"; empty where it does not say.
std::string language();

/// Whether this program is where the system looks for programs.
bool has_program(const std::string& name);

/// Another program at work, which reads what it is given. Where the system has no other programs, none starts.
class Process {
 public:
  /// @param words the program's name and its arguments. What it says of its troubles goes into the file `log`.
  Process(const std::vector<std::string>& words, const std::filesystem::path& log);
  ~Process();  ///< ends it by force if it is still at work
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  bool started() const;
  /// @returns false when it reads no more
  bool give(std::span<const std::uint8_t> bytes);
  void end_of_input();
  /// Whether it went well, once it has ended.
  std::optional<bool> ended();
  void kill();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace noiseglass::platform
