#include "export/lettering.h"

#include "session/folders.h"

#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>

#include <cmath>
#include <filesystem>
#include <memory>
#include <thread>

namespace noiseglass::exports {
namespace {

constexpr const char* family = "Inter, DejaVu Sans";
constexpr const char* inset_sign = "\uFFFC";
constexpr const char* no_break = "\u2060";

/// Pango starts a thread for its first text, and GLib ends the program where there is none to be had.
void make_sure_of_a_thread() {
  static const bool once = (std::thread([] {}).join(), true);  // what it throws is a sentence for the user
  (void)once;
}

/// Typefaces that came with the program are known to nobody else.
void add_own_typefaces() {
  static const bool once = [] {
    const std::filesystem::path own = app::typeface_folder();
    return !own.empty() && FcConfigAppFontAddDir(nullptr, reinterpret_cast<const FcChar8*>(own.c_str())) == FcTrue;
  }();
  (void)once;
}

using Layout = std::unique_ptr<PangoLayout, decltype(&g_object_unref)>;

Layout lay_out(cairo_t* cairo, const std::string& words, const Type& type) {
  make_sure_of_a_thread();
  add_own_typefaces();
  Layout layout(pango_cairo_create_layout(cairo), g_object_unref);
  PangoFontDescription* font = pango_font_description_new();
  pango_font_description_set_family(font, family);
  pango_font_description_set_absolute_size(font, type.size * PANGO_SCALE);
  if (type.strong) pango_font_description_set_weight(font, PANGO_WEIGHT_SEMIBOLD);
  pango_layout_set_font_description(layout.get(), font);
  pango_font_description_free(font);
  pango_layout_set_text(layout.get(), words.data(), int(words.size()));
  return layout;
}

double width_of(const Layout& layout) {
  PangoRectangle logical;
  pango_layout_get_extents(layout.get(), nullptr, &logical);
  return double(logical.width) / PANGO_SCALE;
}

void draw_inset(cairo_t* cairo, PangoAttrShape* shape, gboolean, gpointer) {
  double x = 0, y = 0;
  cairo_get_current_point(cairo, &x, &y);
  static_cast<const Inset*>(shape->data)->draw(cairo, x, y);
  cairo_move_to(cairo, x, y);
}

/// Pieces as Pango's: one string, and what holds for its parts.
class Builder {
 public:
  explicit Builder(const std::vector<Piece>& pieces) : attributes_(pango_attr_list_new()) {
    for (const Piece& piece : pieces)
      if (piece.inset.draw)
        add(piece.inset);
      else
        add(piece);
  }
  ~Builder() { pango_attr_list_unref(attributes_); }
  Builder(const Builder&) = delete;
  Builder& operator=(const Builder&) = delete;

  const std::string& text() const { return text_; }
  PangoAttrList* attributes() const { return attributes_; }

 private:
  void put(PangoAttribute* attribute, std::size_t from) {
    attribute->start_index = guint(from), attribute->end_index = guint(text_.size());
    pango_attr_list_insert(attributes_, attribute);
  }

  void add(const Piece& piece) {
    const std::size_t from = text_.size();
    text_ += piece.words;
    if (piece.face == Face::strong) put(pango_attr_weight_new(PANGO_WEIGHT_SEMIBOLD), from);
    if (piece.face == Face::emphasis) put(pango_attr_style_new(PANGO_STYLE_ITALIC), from);
    if (piece.face == Face::code) put(pango_attr_family_new("DejaVu Sans Mono"), from);
  }

  void add(const Inset& inset) {
    if (!text_.empty() && text_.back() != ' ' && text_.back() != '\n') text_ += no_break;
    const std::size_t from = text_.size();
    text_ += inset_sign;
    PangoRectangle box{0, int(-inset.height * PANGO_SCALE), int(inset.width * PANGO_SCALE),
                       int((inset.height + inset.depth) * PANGO_SCALE)};
    put(pango_attr_shape_new_with_data(&box, &box, const_cast<Inset*>(&inset), nullptr, nullptr), from);
    text_ += no_break;
  }

  std::string text_;
  PangoAttrList* attributes_;
};

}  // namespace

double draw_line(cairo_t* cairo, double x, double y, const std::string& words, const Type& type, At at, double room) {
  const Layout layout = lay_out(cairo, words, type);
  if (room > 0) {
    pango_layout_set_width(layout.get(), int(room * PANGO_SCALE));
    pango_layout_set_ellipsize(layout.get(), PANGO_ELLIPSIZE_END);
  }
  const double width = width_of(layout), baseline = double(pango_layout_get_baseline(layout.get())) / PANGO_SCALE;
  const double left = at == At::left ? x : at == At::middle ? x - width / 2 : x - width;
  cairo_set_source_rgb(cairo, type.ink.red, type.ink.green, type.ink.blue);
  cairo_move_to(cairo, left, y - baseline);
  pango_cairo_show_layout(cairo, layout.get());
  return width;
}

double line_width(cairo_t* cairo, const std::string& words, const Type& type) {
  return width_of(lay_out(cairo, words, type));
}

Extent draw_running_text(cairo_t* cairo, const std::vector<Piece>& pieces, double x, double y, double width,
                         double size, bool draw) {
  const Builder builder(pieces);
  const Layout layout = lay_out(cairo, builder.text(), {.size = size});
  pango_layout_set_width(layout.get(), std::isinf(width) ? -1 : int(width * PANGO_SCALE));
  pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
  pango_layout_set_line_spacing(layout.get(), 1.2f);
  pango_layout_set_attributes(layout.get(), builder.attributes());
  pango_cairo_context_set_shape_renderer(pango_layout_get_context(layout.get()), draw_inset, nullptr, nullptr);
  if (draw) {
    cairo_set_source_rgb(cairo, black.red, black.green, black.blue);
    cairo_move_to(cairo, x, y);
    pango_cairo_show_layout(cairo, layout.get());
  }
  PangoRectangle logical;
  pango_layout_get_extents(layout.get(), nullptr, &logical);
  return {double(logical.width) / PANGO_SCALE, double(logical.height) / PANGO_SCALE};
}

}  // namespace noiseglass::exports
