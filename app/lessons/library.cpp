#include "lessons/library.h"

#include "noiseglass/error.h"
#include "noiseglass/files.h"
#include "noiseglass/registry.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <utility>

namespace noiseglass::lessons {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> bundled_files() {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::directory_iterator it(assets_folder() / "lessons", error), end; !error && it != end; it.increment(error))
    if (it->path().extension() == ".md") files.push_back(it->path());
  const auto place = [](const fs::path& file) { return std::pair(std::atoi(file.stem().string().c_str()), file); };
  std::ranges::sort(files, {}, place);  // "10-…" is behind "9-…"
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
  const auto read = [&](const fs::path& file) {
    try {
      lessons.push_back(read_lesson(file));
    } catch (const Error&) {  // the others are as good as before
    }
  };
  try {
    for (const fs::path& file : bundled_files()) read(file);
  } catch (const Error&) {  // there are no assets: the window has said so
  }
  return lessons;
}

bool is_address(const std::string& target) {
  return target.find("://") != target.npos || target.starts_with("mailto:");
}

Link link_to(const std::string& target, const fs::path& from) {
  const std::size_t mark = std::min(target.find('#'), target.size());
  Link link{target.substr(0, mark), 0};
  if (mark < target.size()) link.page = std::max(0, std::atoi(target.c_str() + mark + 1));
  if (link.lesson.ends_with(".md")) link.lesson = (from.parent_path() / link.lesson).string();
  return link;
}

fs::path plan_file(const Lesson& lesson) {
  if (lesson.file.parent_path().filename() != "lessons") return {};
  const fs::path assets = lesson.file.parent_path().parent_path();
  std::error_code error;
  for (const fs::path& folder : {assets / "teaching", assets.parent_path() / "docs" / "teaching"})  // installed, or not
    if (fs::exists(folder / lesson.file.filename(), error)) return folder / lesson.file.filename();
  return {};
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
