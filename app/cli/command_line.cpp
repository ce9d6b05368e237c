#include "cli/command_line.h"

#include "cli/commands.h"
#include "cli/help_formatter.h"
#include "cli/language_option.h"
#include "cli/man_page.h"
#include "cli/options.h"
#include "session/state.h"

#include "noiseglass/files.h"
#include "noiseglass/registry.h"
#include "noiseglass/thrown.h"

#include <algorithm>
#include <filesystem>
#include <iostream>

namespace noiseglass::cli {
namespace {

constexpr const char* description =
    "noiseglass: see how diffusion models work.\n\n"
    "Without a command, the window opens:\n"
    "  noiseglass                         on a bundled picture\n"
    "  noiseglass photo.jpg               on your own\n\n"
    "The commands need no display. A PICTURE is a PNG, JPEG, WebP, GIF, BMP, HDR or TGA file, or a .npy file\n"
    "(float32, C×H×W, clean pictures in −1 … 1). - is standard input where a FILE is read, and standard output where "
    "one "
    "is written.";

/// Below, nothing can be read; above, windows and their textures are refused by the system.
constexpr int smallest_window = 100, largest_window = 8192;

constexpr const char* examples =
    "Examples:\n  noiseglass corrupt photo.jpg --t 500 --out noisy.png\n  noiseglass reverse photo.jpg --from 400 "
    "--out back.png\n  noiseglass sample --model digits --class 3 --count 16 --out threes.png\n  noiseglass schedule "
    "cosine --csv cosine.csv\n\n`noiseglass COMMAND --help` has the details.";

std::string is_a_theme(const std::string& name) {
  std::vector<std::string> known = app::look_names();
  known.push_back("system");
  if (std::ranges::find(known, name) == known.end()) throw_unknown("theme", name, known);
  return "";
}

struct Program {
  CLI::App app{description, "noiseglass"};
  app::WindowOptions window;
  std::string window_size;
  bool print_man_page = false;

  Program() {
    app.formatter(std::make_shared<HelpFormatter>());
    app.footer(examples);
    app.set_version_flag("--version", NOISEGLASS_VERSION, "Print the version and exit");
    app.add_option("FILE", window.file,
                   "What to open in the window: a picture, a lesson (.md), a session (.noiseglass), or a link");
    app.add_option("--lesson", window.lesson, "Open a lesson: its name or number, or a file (docs/writing-lessons.md)")
        ->type_name("NAME|FILE");
    app.add_option("--set", window.settings,
                   "Set what the window shows, as lessons do: panel=score, t=40%, lane1.schedule=cosine …")
        ->type_name("NAME=VALUE")
        ->expected(1)
        ->allow_extra_args(false)  // a file may follow
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    app.add_option("--window-size", window_size, "Size of the window, as in 1280x800")->type_name("WxH");
    app.add_option("--scale", window.scale, "Scale of the interface: 1, 1.5, 2 … (default: the screen's own)")
        ->check(number_from("--scale", 0.5, 4));
    CLI::Option* theme =
        app.add_option("--theme", window.theme, "Theme: dark, light, high-contrast, or system (the desktop's)")
            ->type_name("NAME")
            ->check(is_a_theme);
    app.add_flag_callback(
           "--light", [this] { window.theme = "light"; }, "Light theme: --theme light")
        ->excludes(theme);
    app.add_option("--language", window.language, "Language of the window: " + language_codes() + ", or system")
        ->type_name("CODE")
        ->check(is_a_language);
    app.add_flag("--fresh", window.fresh, "Start afresh instead of restoring the last session");
    app.add_option("--landmarks", window.landmarks_file, "Write the places of the controls to FILE, for tests")
        ->type_name("FILE");
    app.add_option("--frame-log", window.frame_log_file,
                   "Draw continuously and write a line for each frame to FILE: time of day, milliseconds, computing or "
                   "not, milliseconds of processor time")
        ->type_name("FILE");
    app.set_help_flag("-h,--help", "Print this help and exit");
    app.add_flag("--man-page", print_man_page, "Print the manual page and exit")->group("");  // for packages
    app.allow_windows_style_options(false);  // there "/a.png" would be an option instead of a path
    for (const AddCommand add : all_commands) add(app);
    for (CLI::App* command : app.get_subcommands({}))
      command->preparse_callback([this, command](std::size_t) { refuse_window_options(command->get_name()); });
  }

  /// `noiseglass --light corrupt …`: a command opens no window.
  void refuse_window_options(const std::string& command) const {
    for (const CLI::Option* option : app.get_options())
      if (option->count() > 0 && option != app.get_help_ptr() && option != app.get_version_ptr())
        throw UsageError(option->get_name() + " is for the window, which " + command + " does not open; leave it out.");
  }
};

std::vector<std::string> command_names(const CLI::App& program) {
  std::vector<std::string> names;
  for (const CLI::App* command : program.get_subcommands({})) names.push_back(command->get_name());
  return names;
}

/// `noiseglass smaple --count 3` must not open a window on a file called "smaple".
void check_command_name(const CLI::App& program, int argc, const char* const* argv) {
  if (argc < 2 || argv[1][0] == '-') return;
  const std::string name = argv[1];
  const std::vector<std::string> names = command_names(program);
  const bool is_link = name.starts_with("noiseglass:");
  std::error_code code;  // a name too long to be one is no command either
  if (is_link || std::ranges::find(names, name) != names.end() || std::filesystem::exists(name, code)) return;
  if (name.find_first_of("./\\") == name.npos) throw_unknown("command", name, names);
}

/// The subcommand that was being parsed, or the program itself.
const CLI::App& active(const CLI::App& program) {
  const auto chosen = program.get_subcommands();
  return chosen.empty() ? program : *chosen.front();
}

[[noreturn]] void throw_unexpected(const CLI::App& program, const CLI::ExtrasError& error) {
  const CLI::App& command = active(program);
  const std::string what = "option of " + (&command == &program ? "noiseglass" : command.get_name());
  for (const std::string& extra : program.remaining(true)) {
    if (!extra.starts_with("--")) continue;
    std::vector<std::string> known;
    for (const CLI::Option* option : command.get_options())
      for (const std::string& name : option->get_lnames()) known.push_back("--" + name);
    throw_unknown(what, extra.substr(0, extra.find('=')), known);
  }
  if (&command == &program)
    throw UsageError("One picture or lesson can be opened at a time; leave out \"" + program.remaining().back() +
                     "\".");
  throw UsageError(error.what());
}

std::string one_line(std::string text) {
  std::ranges::replace(text, '\n', ' ');
  return text;
}

}  // namespace

int report(const std::exception& error) {
  std::cerr << "noiseglass: " << one_line(sentence_of(std::current_exception())) << std::endl;
  return dynamic_cast<const UsageError*>(&error) || dynamic_cast<const CLI::ParseError*>(&error) ? wrong_use : failed;
}

std::string help_text() { return Program().app.help(); }

std::variant<int, app::WindowOptions> run_command_line(int argc, const char* const* argv) {
  try {
    Program program;
    check_command_name(program.app, argc, argv);
    try {
      program.app.parse(argc, argv);
    } catch (const CLI::CallForHelp&) {
      write_whole("-", program.app.help());  // of the chosen command
      return succeeded;
    } catch (const CLI::CallForVersion&) {
      write_whole("-", std::string("noiseglass " NOISEGLASS_VERSION "\n"));
      return succeeded;
    } catch (const CLI::ExtrasError& error) {
      throw_unexpected(program.app, error);
    }
    if (program.print_man_page) {
      write_whole("-", man_page(program.app, NOISEGLASS_VERSION));
      return succeeded;
    }
    if (!program.app.get_subcommands().empty()) return succeeded;  // its work was done while parsing
    if (!program.window_size.empty())
      std::tie(program.window.width, program.window.height) =
          parse_size("--window-size", program.window_size, smallest_window, largest_window);
    program.window.keep = program.window.frame_log_file.empty();
    return program.window;
  } catch (const std::exception& error) {
    return report(error);
  }
}

}  // namespace noiseglass::cli
