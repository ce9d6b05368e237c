#include "lessons/equations.h"

#include "noiseglass/error.h"
#include "noiseglass/files.h"
#include "noiseglass/limits.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>

namespace noiseglass::lessons {
namespace {

constexpr float largest = 1e5f;  // of any number: nothing on a page is as large

float number(const nlohmann::json& json) {
  const float value = json.get<float>();
  if (!(std::abs(value) < largest)) throw Error("has a number that no formula has");
  return value;
}

/// "M0 0L10 0Q15 5 10 10Z": letters, each with its numbers.
class PathReader {
 public:
  explicit PathReader(const std::string& text) : at_(text.data()), end_(at_ + text.size()) {}

  Outline read() {
    Outline outline;
    while (at_ < end_) {
      const char letter = *at_++;
      if (letter == 'Z') continue;
      const int count = letter == 'M' || letter == 'L' ? 1 : letter == 'Q' ? 2 : letter == 'C' ? 3 : 0;
      if (count == 0) throw Error(std::string("has an outline with \"") + letter + '"');
      Outline::Piece piece{letter == 'M' ? Outline::Kind::move : Outline::Kind(count), {}};
      for (int i = 0; i < count; ++i) piece.points[i] = {next(), next()};
      if (outline.pieces.empty() && letter != 'M') throw Error("has an outline that begins nowhere");
      if (outline.pieces.size() >= limits::glyph_points) throw Error("has an outline with too many points");
      outline.pieces.push_back(piece);
    }
    return outline;
  }

 private:
  float next() {
    while (at_ < end_ && (*at_ == ' ' || *at_ == ',')) ++at_;
    double value = 0;
    const auto [rest, error] = std::from_chars(at_, end_, value);
    if (error != std::errc() || !(std::abs(value) < double(largest))) throw Error("has an outline that breaks off");
    at_ = rest;
    return float(value);
  }

  const char* at_;
  const char* end_;
};

Mark mark_of(const nlohmann::json& json, std::size_t glyphs, std::size_t symbols) {
  Mark mark{json.at(0), number(json.at(1)), number(json.at(2)), number(json.at(3)), number(json.at(4)), -1};
  if (json.size() > 5) mark.symbol = json.at(5);
  if (mark.glyph < 0 || std::size_t(mark.glyph) >= glyphs || mark.symbol < -1 || mark.symbol >= int(symbols))
    throw Error("speaks of a glyph or a symbol that it does not have");
  return mark;
}

Equation equation_of(const nlohmann::json& json, std::size_t glyphs) {
  Equation equation{number(json.at("width")),
                    number(json.at("height")),
                    number(json.at("depth")),
                    json.at("symbols").get<std::vector<std::string>>(),
                    {}};
  if (equation.width < 1 || equation.height < 1 || equation.width > 4096 || equation.height > 4096)
    throw Error("has a formula of no size, or of too large a one");
  for (const auto& mark : json.at("marks")) equation.marks.push_back(mark_of(mark, glyphs, equation.symbols.size()));
  return equation;
}

/// The first line of a file that has the text; 0 if none has.
int line_of(const std::filesystem::path& file, const std::string& text) {
  std::ifstream lines(file);
  int number = 0;
  for (std::string line; std::getline(lines, line);)
    if (++number; line.find(text) != line.npos) return number;
  return 0;
}

}  // namespace

const Equation* Equations::find(const Tex& tex) const {
  const auto found = known.find(tex);
  return found == known.end() ? nullptr : &found->second;
}

std::vector<Mistake> formulae_without_outline(const Lesson& lesson) {
  std::vector<Equations> all;
  std::vector<Mistake> mistakes;
  for (const auto& folder : {assets_folder() / "equations", lesson.file.parent_path() / "equations"}) {
    std::error_code error;
    if (!std::filesystem::exists(folder / "index.json", error)) continue;
    try {
      all.push_back(read_equations(folder));
    } catch (const Error& wrong) {
      mistakes.push_back({0, wrong.what()});
    }
  }
  for (const Tex& tex : formulae(lesson))
    if (std::ranges::none_of(all, [&](const Equations& equations) { return equations.find(tex); }))
      mistakes.push_back({line_of(lesson.file, tex.text),
                          "The formula " + tex.text +
                              " is shown as it is written; run scripts/make_equations on this file to typeset it."});
  return mistakes;
}

Equations read_equations(const std::filesystem::path& folder) {
  const std::filesystem::path file = folder / "index.json";
  const std::vector<char> bytes = read_whole(file);
  try {
    if (limits::nests_too_deep({bytes.data(), bytes.size()})) throw Error("is nested too deep");
    const auto json = nlohmann::json::parse(bytes);
    if (json.at("units") != 1000) throw Error("has other units");
    Equations equations;
    for (const auto& glyph : json.at("glyphs"))
      equations.glyphs.push_back(PathReader(glyph.get_ref<const std::string&>()).read());
    for (const auto& formula : json.at("formulae"))
      equations.known[{formula.at("tex"), formula.at("display")}] = equation_of(formula, equations.glyphs.size());
    return equations;
  } catch (const nlohmann::json::exception& error) {
    throw Error(file.string() + " is not the index of formulae that it should be: " + error.what());
  } catch (const Error& error) {
    throw Error(file.string() + " is not the index of formulae that it should be: it " + error.what() + ".");
  }
}

}  // namespace noiseglass::lessons
