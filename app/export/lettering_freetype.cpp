#include "export/lettering.h"

#include "session/folders.h"

#include "noiseglass/error.h"
#include "noiseglass/files.h"

#include <cairo-ft.h>
#include <ft2build.h>
#include FT_FREETYPE_H

#include <algorithm>
#include <array>
#include <filesystem>
#include <mutex>

namespace noiseglass::exports {
namespace {

constexpr double line_spacing = 1.2;
constexpr char32_t no_break = 0x2060;

/// A file of letters; it stays for as long as the program runs, since Cairo keeps faces in a cache of its own.
struct Typeface {
  std::vector<char> file;
  FT_Face face = nullptr;
  cairo_font_face_t* cairo = nullptr;

  explicit Typeface(const char* name) {
    static FT_Library library = nullptr;
    if (!library && FT_Init_FreeType(&library) != 0)
      throw Error("The typefaces cannot be used: FreeType does not start.");
    file = read_whole(app::typeface_folder() / name);
    if (FT_New_Memory_Face(library, reinterpret_cast<const FT_Byte*>(file.data()), FT_Long(file.size()), 0, &face) != 0)
      throw Error("The typeface " + std::string(name) + " is damaged.");
    cairo = cairo_ft_font_face_create_for_ft_face(face, 0);
  }
};

/// In the order of Face; what they lack is taken from the last.
const std::array<Typeface, 5>& typefaces() {
  static const std::array<Typeface, 5> all = {Typeface("Inter-Regular.otf"), Typeface("Inter-SemiBold.otf"),
                                              Typeface("Inter-Italic.otf"), Typeface("DejaVuSansMono.ttf"),
                                              Typeface("DejaVuSans.ttf")};
  return all;
}

/// Exports may run beside each other, and a FreeType face is for one thread at a time.
std::mutex lettering;

char32_t next_letter(const std::string& text, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? (unsigned char)text[i] : 0u; };
  const unsigned first = byte(at);
  const std::size_t length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  char32_t letter = length == 1 ? first : first & (0xffu >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) letter = letter << 6 | (byte(at + i) & 0x3f);
  at += length;
  return letter;
}

bool is_mark(char32_t letter) { return letter >= 0x300 && letter < 0x370; }

/// A letter or an inset, and where it stands in its line.
struct Item {
  char32_t letter = 0;
  std::size_t face = 0;
  unsigned long glyph = 0;
  double x = 0, advance = 0;
  const Inset* inset = nullptr;
};

class Setter {
 public:
  Setter(cairo_t* cairo, double size) : cairo_(cairo), size_(size) {
    cairo_save(cairo_);
    cairo_set_font_size(cairo_, size);
    use(0);
    cairo_font_extents(cairo_, &extents_);
  }
  ~Setter() { cairo_restore(cairo_); }
  Setter(const Setter&) = delete;
  Setter& operator=(const Setter&) = delete;

  const cairo_font_extents_t& extents() const { return extents_; }

  void add(std::vector<Item>& items, const std::string& words, Face face) {
    for (std::size_t at = 0; at < words.size();) {
      Item item;
      item.letter = next_letter(words, at);
      if (item.letter == no_break) continue;
      item.face = std::size_t(face);
      item.glyph = FT_Get_Char_Index(typefaces()[item.face].face, item.letter);
      if (item.glyph == 0 && item.letter != '\n') {
        item.face = typefaces().size() - 1;
        item.glyph = FT_Get_Char_Index(typefaces()[item.face].face, item.letter);
      }
      if (item.letter != '\n') item.advance = advance_of(item);
      items.push_back(item);
    }
  }

  /// From `x` on. A mark stands over the middle of the letter before it. @returns the width
  double place(Item* first, Item* end, double x) const {
    const double start = x;
    for (Item* item = first; item != end; ++item) {
      item->x = x;
      if (is_mark(item->letter) && item != first) {
        const cairo_text_extents_t mark = extents_of(*item);
        item->x = item[-1].x + (item[-1].advance - mark.width) / 2 - mark.x_bearing;
        item->advance = 0;
      }
      x += item->advance;
    }
    return x - start;
  }

  void show(const Item* first, const Item* end, double baseline, Ink ink) {
    cairo_set_source_rgb(cairo_, ink.red, ink.green, ink.blue);
    for (const Item* from = first; from != end;) {
      if (from->inset) {
        from->inset->draw(cairo_, from->x, baseline);
        cairo_set_source_rgb(cairo_, ink.red, ink.green, ink.blue);
        ++from;
        continue;
      }
      std::vector<cairo_glyph_t> glyphs;
      const Item* to = from;
      for (; to != end && !to->inset && to->face == from->face; ++to)
        if (to->letter != '\n') glyphs.push_back({to->glyph, to->x, baseline});
      use(from->face);
      cairo_show_glyphs(cairo_, glyphs.data(), int(glyphs.size()));
      from = to;
    }
  }

 private:
  void use(std::size_t face) const { cairo_set_font_face(cairo_, typefaces()[face].cairo); }
  cairo_text_extents_t extents_of(const Item& item) const {
    use(item.face);
    const cairo_glyph_t glyph{item.glyph, 0, 0};
    cairo_text_extents_t extents;
    cairo_glyph_extents(cairo_, &glyph, 1, &extents);
    return extents;
  }
  double advance_of(const Item& item) const { return extents_of(item).x_advance; }

  cairo_t* cairo_;
  double size_;
  cairo_font_extents_t extents_;
};

Face face_of(const Type& type) { return type.strong ? Face::strong : Face::regular; }

/// Where the line that begins at `first` ends: after the last space that leaves what comes before it within `width`, or
/// where there is none, after the last letter that does.
std::size_t end_of_line(const std::vector<Item>& items, std::size_t first, double width) {
  double used = 0;
  std::size_t after_space = first;
  for (std::size_t i = first; i < items.size(); ++i) {
    if (items[i].letter == '\n') return i + 1;
    used += is_mark(items[i].letter) ? 0 : items[i].advance;
    if (items[i].letter == ' ') {
      after_space = i + 1;  // a space may hang over the edge
    } else if (used > width && i > first) {
      return after_space > first ? after_space : i;
    }
  }
  return items.size();
}

}  // namespace

double draw_line(cairo_t* cairo, double x, double y, const std::string& words, const Type& type, At at, double room) {
  const std::lock_guard lock(lettering);
  Setter setter(cairo, type.size);
  std::vector<Item> items;
  setter.add(items, words, face_of(type));
  double width = setter.place(items.data(), items.data() + items.size(), 0);
  if (room > 0 && width > room) {
    std::vector<Item> dots;
    setter.add(dots, "…", face_of(type));
    while (!items.empty() && width + dots[0].advance > room) {
      items.pop_back();
      width = setter.place(items.data(), items.data() + items.size(), 0);
    }
    items.push_back(dots[0]);
    width = setter.place(items.data(), items.data() + items.size(), 0);
  }
  const double left = at == At::left ? x : at == At::middle ? x - width / 2 : x - width;
  setter.place(items.data(), items.data() + items.size(), left);
  setter.show(items.data(), items.data() + items.size(), y, type.ink);
  return width;
}

double line_width(cairo_t* cairo, const std::string& words, const Type& type) {
  const std::lock_guard lock(lettering);
  Setter setter(cairo, type.size);
  std::vector<Item> items;
  setter.add(items, words, face_of(type));
  return setter.place(items.data(), items.data() + items.size(), 0);
}

Extent draw_running_text(cairo_t* cairo, const std::vector<Piece>& pieces, double x, double y, double width,
                         double size, bool draw) {
  const std::lock_guard lock(lettering);
  Setter setter(cairo, size);
  std::vector<Item> items;
  for (const Piece& piece : pieces) {
    if (!piece.inset.draw) {
      setter.add(items, piece.words, piece.face);
      continue;
    }
    Item item;
    item.inset = &piece.inset;
    item.advance = piece.inset.width;
    items.push_back(item);
  }
  Extent extent;
  double top = y;
  for (std::size_t first = 0; first < items.size();) {
    const std::size_t end = end_of_line(items, first, width);
    double ascent = setter.extents().ascent, descent = setter.extents().descent;
    for (std::size_t i = first; i < end; ++i)
      if (const Inset* inset = items[i].inset)
        ascent = std::max(ascent, inset->height), descent = std::max(descent, inset->depth);
    extent.width = std::max(extent.width, setter.place(&items[first], items.data() + end, x));
    if (draw) setter.show(&items[first], items.data() + end, top + ascent, black);
    top += (ascent + descent) * (end < items.size() ? line_spacing : 1);
    first = end;
  }
  extent.height = top - y;
  return extent;
}

}  // namespace noiseglass::exports
