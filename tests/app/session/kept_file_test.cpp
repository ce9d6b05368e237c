// What came without a file of its own: the same bytes are the same file, and what they are decides how they open.
#include "core/io/test_files.h"

#include "session/kept_file.h"

#include "noiseglass/error.h"

#include <gmock/gmock.h>

#include <string>
#include <utility>

namespace noiseglass::app {
namespace {

class KeptFile : public testing::InFolder {
 protected:
  std::string opened(const std::string& bytes) const { return opened_from_input(bytes, path("kept")); }
  std::string bytes_of(const std::string& file) const {
    const std::vector<char> bytes = read_whole(file);
    return {bytes.begin(), bytes.end()};
  }
};

TEST_F(KeptFile, IsNamedByWhatItHolds) {
  const std::string a = "one", b = "two";
  EXPECT_EQ(kept_file(a, "x.png", path("kept")), kept_file(a, "x.png", path("kept")));
  EXPECT_NE(kept_file(a, "x.png", path("kept")), kept_file(b, "x.png", path("kept")));
  EXPECT_EQ(bytes_of(kept_file(b, "../../x.png", path("kept"))), b);
  EXPECT_TRUE(is_kept(kept_file(b, "../../x.png", path("kept")), path("kept")));
  EXPECT_FALSE(is_kept(path("x.png"), path("kept")));
}

TEST_F(KeptFile, OfStandardInputOpensAsWhatItIs) {
  const std::string png("\x89PNG\r\n\x1a\n\0\0", 10), hdr = "#?RADIANCE\n\n-Y 1 +X 1\nabcd";
  for (const std::string& picture : {png, hdr}) {
    EXPECT_TRUE(opened(picture).ends_with("standard input")) << opened(picture);
    EXPECT_EQ(bytes_of(opened(picture)), picture);
  }
  EXPECT_TRUE(opened("# A lesson\n\n## Page\n").ends_with(".md"));
  EXPECT_TRUE(opened("\n{\"noiseglass session\": 1}\n").ends_with(".noiseglass"));
  EXPECT_EQ(opened("noiseglass:t=400\n"), "noiseglass:t=400");
}

TEST_F(KeptFile, OfTheClipboardIsAPictureAFileOrALink) {
  const auto pasted = [&](const std::string& bytes) { return opened_from_clipboard(bytes, path("kept")); };
  const std::string png("\x89PNG\r\n\x1a\n\0\0", 10);
  EXPECT_EQ(bytes_of(pasted(png)), png);
  EXPECT_EQ(pasted(" noiseglass:t=400\n"), "noiseglass:t=400");
  EXPECT_TRUE(pasted("{\"noiseglass session\": 1}").ends_with(".noiseglass"));
  const std::string file = kept_file(png, "a 100% ü.png", path("other")).string();
  EXPECT_EQ(pasted(file), file);
  std::string coded = file;
  for (const auto& [plain, code] : {std::pair{"%", "%25"}, std::pair{" ", "%20"}, std::pair{"\xc3\xbc", "%C3%bc"}})
    coded.replace(coded.find(plain), std::string(plain).size(), code);
  EXPECT_EQ(pasted("file://" + coded + "\r\nfile:///another\r\n"), file);
  for (const char* other : {"", "some words", "/no/such/file", "relative.png", "file://%"})
    EXPECT_THROW(pasted(other), Error) << other;
}

TEST_F(KeptFile, OfNothingIsRefused) {
  EXPECT_THROW(opened(""), Error);
  EXPECT_THROW(opened("\n"), Error);
}

}  // namespace
}  // namespace noiseglass::app
