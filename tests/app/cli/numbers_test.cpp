// Every numeric option of every command, as the commands themselves list them: what is no number of its range is
// refused where it is read, by its name.
#include "cli/commands.h"

#include "noiseglass/error.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

namespace noiseglass::cli {
namespace {

/// What the commands list by type, so that an option added tomorrow is among them.
bool is_numeric(const CLI::Option& option) {
  const std::string type = option.get_type_name();
  return type.find("INT") != type.npos || type.find("FLOAT") != type.npos;
}

struct Numeric {
  std::string command, option;
};

std::vector<Numeric> numeric_options() {
  CLI::App program;
  for (const AddCommand add : all_commands) add(program);
  std::vector<Numeric> all;
  for (const CLI::App* command : program.get_subcommands({}))
    for (const CLI::Option* option : command->get_options())
      if (is_numeric(*option)) all.push_back({command->get_name(), option->get_name()});
  return all;
}

/// The error's text; empty if it was taken.
std::string refusal(const Numeric& numeric, const std::string& value) {
  CLI::App program;
  for (const AddCommand add : all_commands) add(program);
  try {
    // The last argument first, as CLI11 takes a list.
    program.parse(std::vector<std::string>{value, numeric.option, numeric.command});
  } catch (const std::exception& error) {
    return error.what();
  }
  return "";
}

TEST(NumericOptions, AreFound) {
  EXPECT_GE(numeric_options().size(), 25u);  // --steps, --seed, --sigma … of nine commands
}

TEST(NumericOptions, RefuseWhatIsNoNumberOfTheirRange) {
  for (const Numeric& numeric : numeric_options())
    for (const char* value : {"nan", "inf", "-inf", "1e308", "-1", "18446744073709551616", "abc", "5x", ""}) {
      const std::string text = refusal(numeric, value);
      EXPECT_THAT(text, ::testing::HasSubstr(numeric.option)) << numeric.command << " with \"" << value << '"';
      EXPECT_EQ(text.find('\n'), text.npos);
      EXPECT_EQ(text.find("000000000000"), text.npos) << "more digits than a person would write: " << text;
      if (*value) {
        EXPECT_THAT(text, ::testing::HasSubstr(" from ")) << numeric.command << " with \"" << value << '"';
      }
    }
}

}  // namespace
}  // namespace noiseglass::cli
