#include "export/paragraph.h"

#include "noiseglass/error.h"
#include "noiseglass/files.h"

#include <pango/pangocairo.h>

#include <algorithm>
#include <cmath>
#include <deque>
#include <memory>
#include <string>

namespace noiseglass::exports {
namespace {

namespace fs = std::filesystem;
using Kind = lessons::Span::Kind;

constexpr double design_size = 15;  // of text beside which the formulae were typeset
constexpr const char* formula_sign = "\uFFFC";
constexpr const char* no_break = "\u2060";  // a full stop does not leave its formula

/// A formula where it stands in a line.
struct Placed {
  Formulae::Found found;
  double size = 1;  // of the text, in design pixels
  Canvas* canvas = nullptr;
};

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

void fill(const Placed& placed, double x, double baseline) {
  const lessons::Equation& e = *placed.found.equation;
  cairo_t* cairo = placed.canvas->cairo();
  cairo_save(cairo);
  cairo_new_path(cairo);
  cairo_translate(cairo, x, baseline - double(e.height - e.depth) * placed.size);
  cairo_scale(cairo, placed.size, placed.size);
  cairo_set_source_rgb(cairo, black.red, black.green, black.blue);
  for (const lessons::Mark& mark : e.marks) {
    cairo_save(cairo);
    cairo_translate(cairo, double(mark.tx), double(mark.ty));
    cairo_scale(cairo, double(mark.sx), double(mark.sy));
    trace(cairo, placed.found.all->glyphs[std::size_t(mark.glyph)]);
    cairo_restore(cairo);
    cairo_fill(cairo);
  }
  cairo_restore(cairo);
}

void draw_shape(cairo_t* cairo, PangoAttrShape* shape, gboolean, gpointer) {
  double x = 0, y = 0;
  cairo_get_current_point(cairo, &x, &y);
  fill(*static_cast<const Placed*>(shape->data), x, y);
  cairo_move_to(cairo, x, y);
}

/// A lesson's text as Pango's: one string, and what holds for its parts.
class Builder {
 public:
  Builder(Canvas& canvas, const Formulae& formulae, double size)
      : canvas_(canvas), formulae_(formulae), size_(size), attributes_(pango_attr_list_new()) {}
  ~Builder() { pango_attr_list_unref(attributes_); }
  Builder(const Builder&) = delete;
  Builder& operator=(const Builder&) = delete;

  void add(const lessons::Span& span) {
    if (span.kind == Kind::formula) {
      const Formulae::Found found = formulae_.find({span.text, false});
      if (found.equation) return add_formula(found);
    }
    const std::size_t from = text_.size();
    text_ += span.text;
    if (span.kind == Kind::strong) put(pango_attr_weight_new(PANGO_WEIGHT_SEMIBOLD), from);
    if (span.kind == Kind::emphasis) put(pango_attr_style_new(PANGO_STYLE_ITALIC), from);
    if (span.kind == Kind::code || span.kind == Kind::formula) put(pango_attr_family_new("DejaVu Sans Mono"), from);
  }
  const std::string& text() const { return text_; }
  PangoAttrList* attributes() const { return attributes_; }

 private:
  void put(PangoAttribute* attribute, std::size_t from) {
    attribute->start_index = guint(from), attribute->end_index = guint(text_.size());
    pango_attr_list_insert(attributes_, attribute);
  }

  void add_formula(const Formulae::Found& found) {
    if (!text_.empty() && text_.back() != ' ' && text_.back() != '\n') text_ += no_break;
    const std::size_t from = text_.size();
    text_ += formula_sign;
    const double unit = size_ / design_size;
    placed_.push_back({found, unit, &canvas_});
    const lessons::Equation& e = *found.equation;
    PangoRectangle box{0, int(-(e.height - e.depth) * unit * PANGO_SCALE), int(e.width * unit * PANGO_SCALE),
                       int(e.height * unit * PANGO_SCALE)};
    put(pango_attr_shape_new_with_data(&box, &box, &placed_.back(), nullptr, nullptr), from);
    text_ += no_break;
  }

  Canvas& canvas_;
  const Formulae& formulae_;
  double size_;
  std::string text_;
  std::deque<Placed> placed_;  // stay where they are
  PangoAttrList* attributes_;
};

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

using Layout = std::unique_ptr<PangoLayout, decltype(&g_object_unref)>;

/// @param width negative: one line
Layout lay_out(Canvas& canvas, const Builder& builder, double width, double size) {
  Layout layout(pango_cairo_create_layout(canvas.cairo()), g_object_unref);
  PangoFontDescription* font = pango_font_description_new();
  pango_font_description_set_family(font, "Inter, DejaVu Sans");
  pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
  pango_layout_set_font_description(layout.get(), font);
  pango_font_description_free(font);
  pango_layout_set_width(layout.get(), width < 0 ? -1 : int(width * PANGO_SCALE));
  pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
  pango_layout_set_line_spacing(layout.get(), 1.2f);
  pango_layout_set_text(layout.get(), builder.text().data(), int(builder.text().size()));
  pango_layout_set_attributes(layout.get(), builder.attributes());
  pango_cairo_context_set_shape_renderer(pango_layout_get_context(layout.get()), draw_shape, nullptr, nullptr);
  return layout;
}

PangoRectangle extents_of(const Layout& layout) {
  PangoRectangle logical;
  pango_layout_get_extents(layout.get(), nullptr, &logical);
  return logical;
}

}  // namespace

double draw_paragraph(Canvas& canvas, const Formulae& formulae, const lessons::Spans& text, double x, double y,
                      double width, double size, bool draw) {
  Builder builder(canvas, formulae, size);
  for (const lessons::Span& span : text) builder.add(span);
  const Layout layout = lay_out(canvas, builder, width, size);
  if (draw) {
    cairo_set_source_rgb(canvas.cairo(), black.red, black.green, black.blue);
    cairo_move_to(canvas.cairo(), x, y);
    pango_cairo_show_layout(canvas.cairo(), layout.get());
  }
  return double(extents_of(layout).height) / PANGO_SCALE;
}

double paragraph_width(Canvas& canvas, const Formulae& formulae, const lessons::Spans& text, double size) {
  Builder builder(canvas, formulae, size);
  for (const lessons::Span& span : text) builder.add(span);
  return double(extents_of(lay_out(canvas, builder, -1, size)).width) / PANGO_SCALE;
}

}  // namespace noiseglass::exports
