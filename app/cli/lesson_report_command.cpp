#include "cli/commands.h"
#include "cli/options.h"

#include "export/lesson_report.h"

#include "noiseglass/error.h"
#include "noiseglass/files.h"

namespace noiseglass::cli {

void add_lesson_report(CLI::App& program) {
  struct Options {
    std::vector<std::filesystem::path> sessions;
    std::string out = "-";
  };
  auto options = std::make_shared<Options>();
  CLI::App* command = program.add_subcommand("lesson-report", "Gather a class's answers to a lesson");
  command->add_option("SESSION", options->sessions, "Saved sessions (.noiseglass), one per person")->required();
  command->add_option("-o,--out", options->out, "Where to: a table (.csv, or - for standard output) or a page (.pdf)")
      ->type_name("FILE")
      ->capture_default_str();
  command->footer(
      "A session keeps the first answer to each question of the lesson that was open when it was saved. The "
      "table\nnames each session by its file; the page only counts how many chose what, so it can be shown to the "
      "class.\n\nExamples:\n  noiseglass lesson-report answers/*.noiseglass --out class.pdf\n  noiseglass "
      "lesson-report answers/*.noiseglass --out class.csv");
  command->callback([options] {
    const std::string& out = options->out;
    if (out != "-" && !out.ends_with(".csv") && !out.ends_with(".pdf"))
      throw UsageError("lesson-report writes .csv and .pdf, not \"" + out + "\".");
    const auto reports = exports::gather_reports(options->sessions);
    if (out.ends_with(".pdf"))
      write_whole(out, std::span<const char>(exports::report_pdf(reports)));
    else
      write_whole(out, exports::report_csv(reports));
  });
}

}  // namespace noiseglass::cli
