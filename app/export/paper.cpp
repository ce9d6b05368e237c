#include "export/paper.h"

#include <algorithm>
#include <cctype>

namespace noiseglass::exports {

std::string title_on_paper(const lessons::Lesson& lesson) {
  std::string title = lesson.title;
  title.erase(0, std::size_t(std::ranges::find_if(title, [](unsigned char c) { return !std::isdigit(c) && c != ' '; }) -
                             title.begin()));
  return title.empty() ? lesson.title : title;
}

}  // namespace noiseglass::exports
