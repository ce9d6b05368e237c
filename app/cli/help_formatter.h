#pragma once

#include <CLI/CLI.hpp>

namespace noiseglass::cli {

/// Help for people: what an option takes in one word, its default in words behind its description.
class HelpFormatter : public CLI::Formatter {
 public:
  HelpFormatter();
  std::string make_description(const CLI::App* app) const override;
  std::string make_option_name(const CLI::Option* option, bool is_positional) const override;
  std::string make_option_opts(const CLI::Option* option) const override;
  std::string make_option_desc(const CLI::Option* option) const override;
};

}  // namespace noiseglass::cli
