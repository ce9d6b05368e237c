// What is larger than anything honest is refused with a sentence, before it costs memory or time: a test for each
// number of noiseglass/limits.h that a text reaches.
#include "lessons/equations.h"
#include "lessons/lesson.h"
#include "lessons/place.h"
#include "session/preferences.h"
#include "session/session_file.h"

#include "noiseglass/discrete.h"
#include "noiseglass/error.h"
#include "noiseglass/files.h"
#include "noiseglass/latent.h"
#include "noiseglass/limits.h"
#include "noiseglass/model.h"
#include "noiseglass/picture_set.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <functional>
#include <string>

#include <unistd.h>

namespace noiseglass {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class Limits : public testing::Test {
 protected:
  Limits() : folder_(fs::temp_directory_path() / ("noiseglass-limits-" + std::to_string(getpid()))) {
    fs::create_directories(folder_);
  }
  ~Limits() override { fs::remove_all(folder_); }
  std::string put(const char* name, const std::string& text) const {
    write_whole((folder_ / name).string(), text);
    return (folder_ / name).string();
  }
  static std::string refusal_of(const std::function<void()>& read) {
    try {
      read();
    } catch (const Error& error) {
      return error.what();
    }
    return "it was read";
  }

  fs::path folder_;
};

std::string nested(int depth, const std::string& inside = "") {
  return std::string(std::size_t(depth), '[') + inside + std::string(std::size_t(depth), ']');
}

TEST_F(Limits, OfDepthAreCountedOutsideOfTexts) {
  EXPECT_FALSE(limits::nests_too_deep(nested(limits::json_depth)));
  EXPECT_TRUE(limits::nests_too_deep(nested(limits::json_depth + 1)));
  EXPECT_FALSE(limits::nests_too_deep("\"" + nested(1000) + "\""));
  EXPECT_FALSE(limits::nests_too_deep("\"\\\"" + nested(1000) + "\""));
  std::string flat;
  for (int i = 0; i < 1000; ++i) flat += "[],{},";
  EXPECT_FALSE(limits::nests_too_deep(flat));
}

/// 200,000 lists in each other: who reads them by calling itself needs more than there is of a stack.
TEST_F(Limits, OfDepthHoldForEveryJsonFile) {
  const std::string deep = nested(200'000), object = "{\"title\": " + deep + "}";
  EXPECT_THAT(refusal_of([&] { (void)read_picture_set(put("set.json", object)); }), HasSubstr("not the description"));
  fs::create_directories(folder_ / "equations");
  put("equations/index.json", object);
  EXPECT_THAT(refusal_of([&] { (void)lessons::read_equations(folder_ / "equations"); }), HasSubstr("too deep"));
  const Library library;
  const std::string session = "{\"noiseglass session\": 1, \"state\": " + deep + "}";
  EXPECT_THAT(refusal_of([&] { (void)app::parse_session(session, library, folder_, folder_); }), HasSubstr("too deep"));
  EXPECT_THAT(refusal_of([&] { (void)app::read_saved_lesson(put("a.noiseglass", session)); }),
              HasSubstr("not a noiseglass session"));

  const std::string kept = put("preferences.json", "{\"scale\": 1.5, \"more\": " + deep + "}");
  EXPECT_EQ(app::read_preferences(kept), app::Preferences()) << "what cannot be read has its default";
  app::write_preferences(kept, {});  // writes what else is in the file
  lessons::Places places(put("places.json", "{\"more\": " + deep + "}"));
  lessons::Lesson lesson;
  lesson.pages.resize(2);
  places.keep(lesson, 1);
  EXPECT_EQ(places.of(lesson).page, 1);

  std::string weights(8, '\0');
  const std::string header = "{\"__metadata__\": " + deep + "}";
  for (std::size_t i = 0; i < 8; ++i) weights[i] = char(header.size() >> (8 * i));
  EXPECT_THAT(refusal_of([&] { (void)read_model_info(put("a.safetensors", weights + header)); }),
              HasSubstr("not a JSON object"));
}

TEST_F(Limits, OfWordsAndSentencesHold) {
  std::string words, sentences;
  for (std::size_t i = 0; i <= limits::words; ++i) words += "word,group," + std::to_string(i) + ",1\n";
  for (std::size_t i = 0; i <= limits::sentences; ++i) sentences += "a sentence\n";
  EXPECT_THAT(refusal_of([&] { (void)read_word_set(put("words.csv", words)); }), HasSubstr("more than 10000 words"));
  EXPECT_THAT(refusal_of([&] { (void)read_sentences(put("sentences.txt", sentences)); }), HasSubstr("more than 10000"));
  words.resize(words.find("word,group,10000"));
  EXPECT_EQ(read_word_set(put("words.csv", words)).words.size(), limits::words);
}

TEST_F(Limits, OfSetsOfPicturesHold) {
  std::string names = "\"a\"";
  for (std::size_t i = 0; i < limits::pictures_of_set; ++i) names += ",\"a\"";
  const std::string set = R"({"title": "t", "picture": "none.png", "side": 1, "columns": 1, "names": [)" + names + "]}";
  EXPECT_THAT(refusal_of([&] { (void)read_picture_set(put("set.json", set)); }), HasSubstr("more than 65536 pictures"));
}

TEST_F(Limits, OfLessonsHold) {
  const std::string text(limits::lesson_bytes + 1, 'a');
  EXPECT_THAT(refusal_of([&] { (void)lessons::read_lesson(put("a.md", text)); }), HasSubstr("larger than 4 MB"));
}

TEST_F(Limits, OfWeightsHold) {
  std::string weights(100, '\0');
  weights[3] = 2;  // a header of 32 MB
  EXPECT_THAT(refusal_of([&] { (void)read_model_info(put("a.safetensors", weights)); }), HasSubstr("absurdly long"));
  const std::string header = R"({"a":{"dtype":"F16","shape":[65536,65536],"data_offsets":[0,0]}})";
  std::string large(8, '\0');
  large[0] = char(header.size());
  EXPECT_THAT(refusal_of([&] { (void)read_model_info(put("a.safetensors", large + header)); }),
              HasSubstr("absurdly large"));
}

}  // namespace
}  // namespace noiseglass
