#include "lessons/library.h"

#include "noiseglass/error.h"
#include "noiseglass/files.h"
#include "noiseglass/registry.h"

#include <algorithm>
#include <cctype>

namespace noiseglass::lessons {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> bundled_files() {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::directory_iterator it(assets_folder() / "lessons", error), end; !error && it != end; it.increment(error))
    if (it->path().extension() == ".md") files.push_back(it->path());
  std::ranges::sort(files);
  return files;
}

}  // namespace

std::string short_name(const fs::path& file) {
  const std::string stem = file.stem().string();
  const auto letter = std::ranges::find_if(stem, [](unsigned char c) { return !std::isdigit(c) && c != '-'; });
  return letter == stem.end() ? stem : std::string(letter, stem.end());
}

std::vector<Lesson> bundled_lessons() {
  std::vector<Lesson> lessons;
  try {
    for (const fs::path& file : bundled_files()) lessons.push_back(read_lesson(file));
  } catch (const Error&) {  // there are no assets: the window has said so
  }
  return lessons;
}

Lesson find_lesson(const std::string& name) {
  if (name.ends_with(".md")) return read_lesson(absolute_path(name));
  std::vector<std::string> known;
  for (const fs::path& file : bundled_files()) {
    const std::string stem = file.stem().string();
    if (name == stem || name == short_name(file) || stem.starts_with(name + "-")) return read_lesson(file);
    known.push_back(short_name(file));
  }
  throw_unknown("lesson", name, known);
}

}  // namespace noiseglass::lessons
