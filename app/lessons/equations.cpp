#include "lessons/equations.h"

#include "noiseglass/error.h"
#include "noiseglass/files.h"

#include <nlohmann/json.hpp>

namespace noiseglass::lessons {
namespace {

Equation equation_of(const nlohmann::json& json) {
  Equation equation{json.at("width"), json.at("height"), json.at("depth"), json.at("x"), json.at("y"), {}};
  for (const auto& symbol : json.at("symbols")) {
    const auto& rect = symbol.at("rect");
    equation.symbols.push_back({symbol.at("name"), rect.at(0), rect.at(1), rect.at(2), rect.at(3)});
  }
  return equation;
}

}  // namespace

const Equation* Equations::find(const Tex& tex) const {
  const auto found = known.find(tex);
  return found == known.end() ? nullptr : &found->second;
}

Equations read_equations(const std::filesystem::path& folder) {
  const std::filesystem::path file = folder / "index.json";
  const std::vector<char> bytes = read_whole(file);
  try {
    const auto json = nlohmann::json::parse(bytes);
    Equations equations;
    for (const auto& sheet : json.at("sheets"))
      equations.sheets.push_back({folder / sheet.at("file").get<std::string>(), sheet.at("scale")});
    for (const auto& formula : json.at("formulae"))
      equations.known[{formula.at("tex"), formula.at("display")}] = equation_of(formula);
    return equations;
  } catch (const nlohmann::json::exception& error) {
    throw Error(file.string() + " is not the index of formulae that it should be: " + error.what());
  }
}

}  // namespace noiseglass::lessons
