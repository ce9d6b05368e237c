#include "session/measurements.h"

#include "noiseglass/error.h"
#include "noiseglass/files.h"

#include <gmock/gmock.h>

#include <random>

namespace noiseglass::app {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class MeasuredData : public ::testing::Test {
 protected:
  MeasuredData()
      : folder_(std::filesystem::temp_directory_path() /
                ("noiseglass-measured-" + std::to_string(std::random_device{}()))) {
    std::filesystem::create_directories(folder_);
  }
  ~MeasuredData() override { std::filesystem::remove_all(folder_); }

  std::string path(const std::string& name) const { return (folder_ / name).string(); }

  void write_table(const std::string& accuracy, const std::string& rest = "") const {
    write_whole(path("digits.json"),
                R"({"format": "noiseglass-measurements-1", "model": "digits", "guidance": 1.5, "unknown": [],
"real": {"500": {"accuracy": 0.99, "frechet": 6.4, "precision": 0.9, "recall": 0.8}},
"rows": [
{"schedule": "cosine", "sampler": "heun", "steps": 20, "samples": 500, "accuracy": )" +
                    accuracy + R"(, "frechet": 8.5, "precision": 0.9, "recall": 0.7},
{"schedule": "linear", "sampler": "ddpm", "steps": 5, "samples": 400, "accuracy": 0.5, "frechet": 80, "precision": 0.3, "recall": 0.1})" +
                    rest + "]}");
  }

  const std::filesystem::path folder_;
};

TEST_F(MeasuredData, IsReadAndFound) {
  write_table("0.95");
  const std::vector<Measured> all = read_all_measured(folder_);
  ASSERT_EQ(all.size(), 1u);
  const Measured& read = all.front();
  EXPECT_EQ(read.model, "digits");
  EXPECT_EQ(read.guidance, 1.5);
  EXPECT_THAT(read.steps(), ElementsAre(5, 20));
  EXPECT_THAT(read.samplers(), ElementsAre("ddpm", "heun")) << "in the order of the registry";
  const MeasuredRow* row = read.find("cosine", "heun", 20);
  ASSERT_NE(row, nullptr);
  EXPECT_EQ(row->samples, 500);
  EXPECT_EQ(row->accuracy, 0.95);
  EXPECT_EQ(row->frechet, 8.5);
  EXPECT_EQ(row->precision, 0.9);
  EXPECT_EQ(row->recall, 0.7);
  EXPECT_EQ(read.find("cosine", "heun", 5), nullptr);
  ASSERT_EQ(read.real.size(), 1u);
  EXPECT_EQ(read.real[0].samples, 500);
  EXPECT_EQ(read.real[0].frechet, 6.4);
}

TEST_F(MeasuredData, OtherFilesBesideTablesArePassedOver) {
  write_table("0.95");
  write_whole(path("icons-training.json"), R"({"title": "pictures"})");
  write_whole(path("notes.txt"), "not JSON");
  EXPECT_EQ(read_all_measured(folder_).size(), 1u);
  EXPECT_TRUE(read_all_measured(folder_ / "none").empty());
}

TEST_F(MeasuredData, ABrokenTableIsNamed) {
  for (const char* accuracy : {"1.2", "-0.1", "\"high\"", "null"}) try {
      write_table(accuracy);
      read_all_measured(folder_);
      ADD_FAILURE() << accuracy;
    } catch (const Error& error) {
      EXPECT_THAT(error.what(), HasSubstr("digits.json"));
    }
  write_table("0.9", R"(, {"schedule": "linear"})");
  EXPECT_THROW(read_all_measured(folder_), Error);
}

TEST_F(MeasuredData, WhatComesWithTheProgramIsWhole) {
  const std::vector<Measured> tables = read_all_measured(assets_folder() / "measurements");
  ASSERT_FALSE(tables.empty());
  for (const Measured& table : tables)
    for (const char* schedule : {"linear", "cosine"})
      for (const std::string& sampler : table.samplers())
        for (const int steps : table.steps())
          EXPECT_NE(table.find(schedule, sampler, steps), nullptr)
              << table.model << ' ' << schedule << ' ' << sampler << ' ' << steps;
}

}  // namespace
}  // namespace noiseglass::app
