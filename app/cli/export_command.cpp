#include "cli/commands.h"
#include "cli/language_option.h"
#include "cli/options.h"

#include "export/export.h"
#include "export/time_left.h"
#include "language/language.h"
#include "session/folders.h"
#include "session/kept_file.h"
#include "session/session_file.h"
#include "session/set_state.h"

#include "noiseglass/error.h"
#include "noiseglass/files.h"
#include "noiseglass/platform.h"

#include <cstdio>
#include <iostream>
#include <string>

namespace noiseglass::cli {
namespace {

struct Options {
  std::string session;
  std::string language = "en";
  std::vector<std::string> settings;
  int lane = 0;
  exports::ExportRequest request;
};

template <class Records>
std::string ids_of(const Records& records) {
  std::string ids;
  for (const auto& record : records) ids += (ids.empty() ? "" : ", ") + record.id;
  return ids;
}

std::string kinds_help() {
  std::string text;
  for (const exports::ExportKind& kind : exports::export_kinds()) {
    text += "  " + kind.id + std::string(11 - kind.id.size(), ' ') + kind.help + " (";
    for (const std::string& format : kind.formats) text += (text.ends_with('(') ? "" : ", ") + format;
    text += ")\n";
  }
  return text;
}

/// "of tile x_t, x0_hat …; of plots beta …"
std::string parts_help() {
  std::string text;
  for (const exports::ExportKind& kind : exports::export_kinds())
    if (!kind.parts.empty()) text += (text.empty() ? "of " : "; of ") + kind.id + " " + ids_of(kind.parts);
  return text;
}

app::AppState state_of(const Options& options, const Library& library, exports::ExportRequest& request) {
  app::AppState state = app::starting_state(library);
  std::string session = options.session;
  if (session == "-") session = app::opened_from_input(read_input("-"), app::kept_folder());
  if (app::is_link(session)) {
    state = app::state_of_link(session, library);
  } else if (!session.empty()) {
    app::SavedSession saved = app::open_session(session, library);
    for (const std::string& problem : saved.problems) std::cerr << "noiseglass: note: " << problem << '\n';
    state = std::move(saved.state);
    if (request.lesson.empty()) request.lesson = saved.lesson.file;
  }
  std::vector<app::Assignment> assignments;
  for (const std::string& setting : options.settings) {
    const auto equals = setting.find('=');
    if (equals == setting.npos) throw UsageError("--set is followed by NAME=VALUE, not by \"" + setting + "\".");
    assignments.push_back({setting.substr(0, equals), setting.substr(equals + 1)});
  }
  const auto wrong = app::set_state(state, assignments, library, working_folder());
  if (!wrong.empty()) throw UsageError("--set " + wrong.front().text);
  return state;
}

/// One line that is written over, for who looks on.
class ProgressLine {
 public:
  void show(double done) {
    const int percent = int(100 * done);
    if (!shown_ || percent == percent_) return;
    percent_ = percent;
    const std::string left = time_left_.words(done);
    std::fprintf(stderr, "\r%3d %%%s%s  \033[K", percent, left.empty() ? "" : ", ", left.c_str());
    std::fflush(stderr);
  }
  ~ProgressLine() {
    if (percent_ >= 0) std::fputs("\r\033[K", stderr);
  }

 private:
  bool shown_ = platform::is_terminal(stderr);
  int percent_ = -1;
  exports::TimeLeft time_left_;
};

void run(const Options& options) {
  exports::ExportRequest request = options.request;
  request.lane = options.lane - 1;
  exports::format_of(request);  // what is wrong with it is said before anything is opened
  app::use_language(options.language);
  const Library library = load_library();
  const app::AppState state = state_of(options, library, request);
  ProgressLine line;
  exports::export_state(state, library, request, {{}, [&](double done) { line.show(done); }});
}

}  // namespace

void add_export(CLI::App& program) {
  auto options = std::make_shared<Options>();
  exports::ExportRequest& request = options->request;
  CLI::App* command = program.add_subcommand("export", "Write what a session shows to files to take away");
  command->add_option("SESSION", options->session, "A saved session (.noiseglass) or a link; else the usual state");
  command->add_option("--what", request.what, "What to write: " + ids_of(exports::export_kinds()))->required();
  command->add_option("-o,--out", request.out, "Where to; the ending decides the format (- for standard output)")
      ->required()
      ->type_name("FILE");
  command->add_option("--format", request.format, "The format, where the name does not say it");
  command->add_option("--lane", options->lane, "Only lane 1 or 2")->check(whole_number_from("--lane", 1, 2));
  command->add_option("--of", request.of, "Only a part: " + parts_help());
  command->add_option("--count", request.count, "How many pictures or samples")
      ->check(whole_number_from("--count", 1, 10000));
  command->add_option("--size", request.size, "Longest side of each picture, in pixels")
      ->check(whole_number_from("--size", 8, max_picture_side));
  command->add_option("--rate", request.rate, "run and forward: pictures a second")
      ->check(number_from("--rate", 0.1, 50));
  command->add_option("--lesson", request.lesson,
                      "worksheet and plan: a lesson's name, number or file (default: the session's)");
  command
      ->add_option("--language", options->language,
                   "Language of what is written on it: " + language_codes() + ", or system (default: en)")
      ->type_name("CODE")
      ->check(is_a_language);
  command->add_option("--set", options->settings, "Set something of the state first, as lessons do: t=40% …")
      ->type_name("NAME=VALUE")
      ->allow_extra_args(false);
  command->footer("What there is, and the formats of each:\n" + kinds_help() +
                  "\nA folder gets one file for each picture or array. Everything is written whole or not at all.\n\n"
                  "Examples:\n"
                  "  noiseglass export lesson.noiseglass --what strip --out strip.png\n"
                  "  noiseglass export --set picture=digit-3 --set t=100% --what run --out three.gif\n"
                  "  noiseglass export --what plots --out schedules.svg\n"
                  "  noiseglass export lesson.noiseglass --what tensors --of x_t --lane 2 --out x_t.npy");
  command->callback([options] { run(*options); });
}

}  // namespace noiseglass::cli
