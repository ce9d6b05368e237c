// What a person can do by keys: each by a key of its own, and in the page that says so.
#include "session/actions.h"

#include "noiseglass/files.h"

#include "paths.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <set>
#include <string>
#include <vector>

namespace noiseglass::app {
namespace {

TEST(Actions, HaveAKeyOfTheirOwn) {
  std::set<std::string> keys;
  for (const Action& action : actions())
    if (!action.shortcut.empty()) EXPECT_TRUE(keys.insert(action.shortcut).second) << action.shortcut;
}

TEST(Actions, StandInThePageOfAllKeys) {
  const std::vector<char> bytes = read_whole(std::filesystem::path(TEST_GOLDEN) / "../../docs/take-home.md");
  std::string page(bytes.begin(), bytes.end());
  page.erase(0, page.find("## All keys"));
  for (const Action& action : actions()) {
    if (action.shortcut.empty()) continue;  // it is found by its name
    const bool alone = page.find("| " + action.shortcut + " |") != std::string::npos;
    const bool first = page.find("| " + action.shortcut + ", ") != std::string::npos;
    const bool second = page.find(", " + action.shortcut + " |") != std::string::npos;
    EXPECT_TRUE(alone || first || second) << action.shortcut << ": " << action.label;
  }
}

}  // namespace
}  // namespace noiseglass::app
