#include "export/paragraph.h"

#include "export/lettering.h"

#include "noiseglass/error.h"
#include "noiseglass/files.h"

#include <cairo.h>

#include <limits>
#include <string>

namespace noiseglass::exports {
namespace {

namespace fs = std::filesystem;
using Kind = lessons::Span::Kind;

constexpr double design_size = 15;  // of text beside which the formulae were typeset

void trace(cairo_t* cairo, const lessons::Outline& outline) {
  lessons::Outline::Point last;
  for (const lessons::Outline::Piece& piece : outline.pieces) {
    const auto& [a, b, c] = piece.points;
    switch (piece.kind) {
      case lessons::Outline::Kind::move:
        cairo_close_path(cairo);
        cairo_move_to(cairo, double(a.x), double(a.y));
        last = a;
        break;
      case lessons::Outline::Kind::line:
        cairo_line_to(cairo, double(a.x), double(a.y));
        last = a;
        break;
      case lessons::Outline::Kind::quadratic:  // the same curve as a cubic one
        cairo_curve_to(cairo, double(last.x + 2 * (a.x - last.x) / 3), double(last.y + 2 * (a.y - last.y) / 3),
                       double(b.x + 2 * (a.x - b.x) / 3), double(b.y + 2 * (a.y - b.y) / 3), double(b.x), double(b.y));
        last = b;
        break;
      case lessons::Outline::Kind::cubic:
        cairo_curve_to(cairo, double(a.x), double(a.y), double(b.x), double(b.y), double(c.x), double(c.y));
        last = c;
        break;
    }
  }
  cairo_close_path(cairo);
}

/// @param unit the size of the text around it, in design pixels
void fill(cairo_t* cairo, const Formulae::Found& found, double unit, double x, double baseline) {
  const lessons::Equation& e = *found.equation;
  cairo_save(cairo);
  cairo_new_path(cairo);
  cairo_translate(cairo, x, baseline - double(e.height - e.depth) * unit);
  cairo_scale(cairo, unit, unit);
  cairo_set_source_rgb(cairo, black.red, black.green, black.blue);
  for (const lessons::Mark& mark : e.marks) {
    cairo_save(cairo);
    cairo_translate(cairo, double(mark.tx), double(mark.ty));
    cairo_scale(cairo, double(mark.sx), double(mark.sy));
    trace(cairo, found.all->glyphs[std::size_t(mark.glyph)]);
    cairo_restore(cairo);
    cairo_fill(cairo);
  }
  cairo_restore(cairo);
}

Inset inset_of(const Formulae::Found& found, double size) {
  const lessons::Equation& e = *found.equation;
  const double unit = size / design_size;
  return {e.width * unit, (e.height - e.depth) * unit, e.depth * unit,
          [found, unit](cairo_t* cairo, double x, double baseline) { fill(cairo, found, unit, x, baseline); }};
}

Face face_of(Kind kind) {
  if (kind == Kind::strong) return Face::strong;
  if (kind == Kind::emphasis) return Face::emphasis;
  return kind == Kind::code || kind == Kind::formula ? Face::code : Face::regular;
}

}  // namespace

Formulae::Formulae(const fs::path& lesson_file) {
  for (const fs::path& folder : {assets_folder() / "equations", lesson_file.parent_path() / "equations"}) {
    std::error_code error;
    if (!fs::exists(folder / "index.json", error)) continue;
    all_.push_back(lessons::read_equations(folder));
  }
}

Formulae::Found Formulae::find(const lessons::Tex& tex) const {
  for (const lessons::Equations& equations : all_)
    if (const lessons::Equation* equation = equations.find(tex)) return {equation, &equations};
  return {};
}

namespace {

std::vector<Piece> pieces_of(const Formulae& formulae, const lessons::Spans& text, double size) {
  std::vector<Piece> pieces;
  for (const lessons::Span& span : text) {
    const Formulae::Found found = span.kind == Kind::formula ? formulae.find({span.text, false}) : Formulae::Found();
    if (found.equation)
      pieces.push_back({"", Face::regular, inset_of(found, size)});
    else
      pieces.push_back({span.text, face_of(span.kind), {}});
  }
  return pieces;
}

}  // namespace

double draw_paragraph(Canvas& canvas, const Formulae& formulae, const lessons::Spans& text, double x, double y,
                      double width, double size, bool draw) {
  return draw_running_text(canvas.cairo(), pieces_of(formulae, text, size), x, y, width, size, draw).height;
}

double paragraph_width(Canvas& canvas, const Formulae& formulae, const lessons::Spans& text, double size) {
  constexpr double one_line = std::numeric_limits<double>::infinity();
  return draw_running_text(canvas.cairo(), pieces_of(formulae, text, size), 0, 0, one_line, size, false).width;
}

}  // namespace noiseglass::exports
