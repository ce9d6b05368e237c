#include "cli/help_formatter.h"

namespace noiseglass::cli {

HelpFormatter::HelpFormatter() {
  column_width(30);
  label("TEXT", "NAME");
  label("INT", "N");
  label("UINT", "N");
  label("FLOAT", "X");
  label("SUBCOMMAND", "COMMAND");
  label("Subcommands", "Commands");
  label("Positionals", "Arguments");
}

std::string HelpFormatter::make_description(const CLI::App* app) const {
  return CLI::Formatter::make_description(app) + "\n";
}

std::string HelpFormatter::make_option_name(const CLI::Option* option, bool is_positional) const {
  std::string name = CLI::Formatter::make_option_name(option, is_positional);
  if (const std::size_t at = name.find("{false}"); at != name.npos) name.erase(at, 7);  // of a flag's opposite
  return name;
}

std::string HelpFormatter::make_option_opts(const CLI::Option* option) const {
  const bool is_flag = option->get_type_size() == 0;
  return is_flag || option->get_positional() ? "" : " " + get_label(option->get_type_name());
}

std::string HelpFormatter::make_option_desc(const CLI::Option* option) const {
  std::string text = option->get_description();
  if (!option->get_default_str().empty()) text += " (default: " + option->get_default_str() + ")";
  if (option->get_required() && !option->get_positional()) text += " (required)";
  return text;
}

}  // namespace noiseglass::cli
