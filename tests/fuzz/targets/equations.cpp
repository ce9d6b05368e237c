#include "lessons/equations.h"
#include "fuzz/foreign.h"
#include "fuzz/targets.h"

#include <cmath>

void noiseglass::fuzz::run_equations(std::span<const char> bytes) {
  static const OwnFolder folder;
  folder.put("index.json", bytes);
  refuse_or([&] {
    const lessons::Equations equations = lessons::read_equations(folder.path());
    for (const auto& [tex, equation] : equations.known)
      for (const lessons::Mark& mark : equation.marks) {
        demand(mark.glyph >= 0 && std::size_t(mark.glyph) < equations.glyphs.size(), "each glyph is there");
        demand(mark.symbol >= -1 && mark.symbol < int(equation.symbols.size()), "each symbol is there");
        demand(std::isfinite(mark.sx + mark.sy + mark.tx + mark.ty), "each mark has a place");
      }
  });
}
