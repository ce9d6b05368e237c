#include "cli/man_page.h"

#include "cli/help_formatter.h"

#include <algorithm>
#include <sstream>

namespace noiseglass::cli {
namespace {

/// As text that troff leaves alone: no line begins with a macro, and a minus is one that can be copied.
std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    const bool first = out.empty() || out.back() == '\n';
    if (first && (c == '.' || c == '\'')) out += "\\&";
    if (c == '\\')
      out += "\\e";
    else if (c == '-')
      out += "\\-";
    else
      out += c;
  }
  return out;
}

/// As it stands, line by line.
void write_block(std::ostream& out, const std::string& text) { out << ".nf\n" << escaped(text) << "\n.fi\n"; }

void write_options(std::ostream& out, const CLI::App& command) {
  const HelpFormatter help;
  for (const CLI::Option* option : command.get_options()) {
    if (option->get_group().empty()) continue;  // hidden
    const bool positional = option->get_positional();
    std::string name = help.make_option_name(option, positional);
    if (name.empty()) continue;
    out << ".TP\n.B " << escaped(name + help.make_option_opts(option)) << '\n'
        << escaped(help.make_option_desc(option)) << '\n';
  }
}

void write_command(std::ostream& out, const CLI::App& command) {
  if (command.get_group().empty()) return;
  out << ".SS " << escaped(command.get_name()) << '\n';
  write_block(out, command.get_description());
  write_options(out, command);
  if (!command.get_footer().empty()) {
    out << ".PP\n";
    write_block(out, command.get_footer());
  }
}

}  // namespace

std::string man_page(const CLI::App& program, const std::string& version) {
  const std::string& description = program.get_description();  // "name: what it is for", and more
  const std::size_t line = description.find('\n');
  std::string purpose = description.substr(0, line);
  purpose.erase(0, purpose.find(": ") + 2);
  if (purpose.ends_with('.')) purpose.pop_back();

  std::ostringstream out;
  out << ".TH NOISEGLASS 1 \"\" \"noiseglass " << version << "\" \"User Commands\"\n"
      << ".SH NAME\nnoiseglass \\- " << escaped(purpose) << '\n'
      << ".SH SYNOPSIS\n.B noiseglass\n[OPTIONS] [FILE]\n.br\n.B noiseglass\nCOMMAND [ARGUMENTS]\n"
      << ".SH DESCRIPTION\n";
  write_block(out, description.substr(description.find_first_not_of('\n', line)));
  out << ".SH OPTIONS\n";
  write_options(out, program);
  out << ".SH COMMANDS\n";
  for (const CLI::App* command : program.get_subcommands({})) write_command(out, *command);
  out << ".SH EXAMPLES\n";
  write_block(out, program.get_footer());
  return out.str();
}

}  // namespace noiseglass::cli
