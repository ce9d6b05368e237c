// lesson_formulae FILE…: the formulae of lessons as JSON, each once: [{"tex": "x_0", "display": false}, …].
#include "lessons/lesson.h"

#include "noiseglass/error.h"

#include <nlohmann/json.hpp>

#include <iostream>
#include <set>

int main(int argc, char** argv) try {
  using namespace noiseglass::lessons;
  std::set<Tex> all;
  for (int i = 1; i < argc; ++i)
    for (const Tex& tex : formulae(read_lesson(argv[i]))) all.insert(tex);
  auto json = nlohmann::json::array();
  for (const Tex& tex : all) json.push_back({{"tex", tex.text}, {"display", tex.display}});
  std::cout << json.dump(1) << '\n';
} catch (const noiseglass::Error& error) {
  std::cerr << "lesson_formulae: " << error.what() << '\n';
  return 1;
}
