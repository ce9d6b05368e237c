#include "session/key.h"

#include <gtest/gtest.h>

#include <cmath>

namespace noiseglass::app {
namespace {

TEST(Keys, TellNumbersApartToTheLastBit) {
  EXPECT_NE(Key(1.1e-6), Key(1.4e-6)) << "as text with six digits they would be the same";
  EXPECT_NE(Key(0.1), Key(std::nextafter(0.1, 1)));
  EXPECT_EQ(Key(0.1, "a", 3), Key(0.1, std::string("a"), 3));
}

TEST(Keys, KnowWhereAPartEnds) {
  EXPECT_NE(Key("ab", "c"), Key("a", "bc"));
  EXPECT_NE(Key(Key("a"), "b"), Key(Key("a", "b")));
  const std::map<std::string, double> one = {{"a", 1}}, none;
  EXPECT_NE(Key(one), Key(none));
  EXPECT_NE(Key(none, "a", 1.0), Key(one));
}

TEST(Keys, HaveAnOrder) {
  std::map<Key, int> by_key = {{Key(1, "a"), 1}, {Key(1, "b"), 2}};
  EXPECT_EQ(by_key.at(Key(1, "b")), 2);
}

}  // namespace
}  // namespace noiseglass::app
