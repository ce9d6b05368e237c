#pragma once

#include "export/canvas.h"

#include <functional>
#include <string>
#include <vector>

/// Letters on Cairo, in the program's typefaces. With Pango where there is one (lettering_pango.cpp), else with
/// FreeType alone (lettering_freetype.cpp), which knows no kerning and no scripts but those written from left to right.
namespace noiseglass::exports {

/// One line whose baseline is at `y`; `x` is its left end, middle or right end. @param room where it is wider, it is
/// cut short with …; 0: it is not  @returns its width
double draw_line(cairo_t* cairo, double x, double y, const std::string& words, const Type& type, At at, double room);
double line_width(cairo_t* cairo, const std::string& words, const Type& type);

/// Something of its own size that stands in a line of text. It does not part from the text before it, unless there is a
/// space, nor from what comes after it.
struct Inset {
  double width = 0, height = 0, depth = 0;  ///< height above the baseline, depth below it
  std::function<void(cairo_t*, double x, double baseline)> draw;
};

enum class Face { regular, strong, emphasis, code };

/// Text in one face, or an inset instead.
struct Piece {
  std::string words;
  Face face = Face::regular;
  Inset inset;
};

struct Extent {
  double width = 0, height = 0;
};

/// Running text, wrapped to `width` (infinity: not wrapped); (x, y) is its upper left corner. @param draw false: it is
/// only measured  @returns the size of what is there
Extent draw_running_text(cairo_t* cairo, const std::vector<Piece>& pieces, double x, double y, double width,
                         double size, bool draw);

}  // namespace noiseglass::exports
