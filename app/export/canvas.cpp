#include "export/canvas.h"

#include "export/lettering.h"
#include "language/language.h"

#include "noiseglass/error.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace noiseglass::exports {
namespace {

cairo_status_t append(void* to, const unsigned char* bytes, unsigned count) {
  auto& out = *static_cast<std::vector<char>*>(to);
  out.insert(out.end(), bytes, bytes + count);
  return CAIRO_STATUS_SUCCESS;
}

cairo_surface_t* new_surface(Canvas::Kind kind, double width, double height, double scale, std::vector<char>& bytes) {
  if (kind == Canvas::Kind::svg) return cairo_svg_surface_create_for_stream(append, &bytes, width, height);
  if (kind == Canvas::Kind::pdf) return cairo_pdf_surface_create_for_stream(append, &bytes, width, height);
  return cairo_image_surface_create(CAIRO_FORMAT_RGB24, int(std::lround(width * scale)),
                                    int(std::lround(height * scale)));
}

using Mask = std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)>;

/// One channel of a picture as Cairo's own kind of it, in 8 or 32 bits a pixel.
Mask to_surface(const ByteImage& image, cairo_format_t format) {
  const auto [height, width, channels] = image.shape;
  Mask surface(cairo_image_surface_create(format, width, height), cairo_surface_destroy);
  if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS)
    throw Error("There is not enough memory to draw " + std::to_string(width) + " × " + std::to_string(height) +
                " pixels.");
  unsigned char* rows = cairo_image_surface_get_data(surface.get());
  const int stride = cairo_image_surface_get_stride(surface.get());
  const std::uint8_t* in = image.data.data();
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x, in += channels) {
      unsigned char* row = rows + std::ptrdiff_t(y) * stride;
      if (format == CAIRO_FORMAT_A8) {
        row[x] = in[0];
        continue;
      }
      const std::uint8_t green = in[channels > 2 ? 1 : 0], blue = in[channels > 2 ? 2 : 0];
      const std::uint32_t pixel = std::uint32_t(in[0]) << 16 | std::uint32_t(green) << 8 | blue;
      std::memcpy(row + 4 * x, &pixel, 4);
    }
  cairo_surface_mark_dirty(surface.get());
  return surface;
}

}  // namespace

struct Canvas::Surface {
  cairo_surface_t* cairo;
  ~Surface() { cairo_surface_destroy(cairo); }
};

Canvas::Canvas(Kind kind, double width, double height, double scale)
    : kind_(kind),
      width_(width),
      height_(height),
      surface_(new Surface{new_surface(kind, width, height, scale, bytes_)}),
      cairo_(cairo_create(surface_->cairo)) {
  if (cairo_status(cairo_) != CAIRO_STATUS_SUCCESS) {
    cairo_destroy(cairo_);
    throw Error("This cannot be drawn: " + std::string(cairo_status_to_string(cairo_surface_status(surface_->cairo))) +
                ".");
  }
  if (kind == Kind::picture) cairo_scale(cairo_, scale, scale);
  if (kind != Kind::picture) {  // no pixels to fit letters to
    cairo_font_options_t* options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_set_font_options(cairo_, options);
    cairo_font_options_destroy(options);
  }
  if (kind != Kind::pdf) fill({0, 0, width, height}, white);  // a page is white by itself
}

Canvas::~Canvas() { cairo_destroy(cairo_); }

void Canvas::fill(const Box& box, Ink ink) {
  cairo_set_source_rgb(cairo_, ink.red, ink.green, ink.blue);
  cairo_rectangle(cairo_, box.left, box.top, box.width, box.height);
  cairo_fill(cairo_);
}

void Canvas::line(double x0, double y0, double x1, double y1, const Stroke& stroke) {
  curve({{x0, y0}, {x1, y1}}, stroke, {0, 0, width_, height_});
}

void Canvas::frame(const Box& box, const Stroke& stroke) {
  cairo_set_source_rgb(cairo_, stroke.ink.red, stroke.ink.green, stroke.ink.blue);
  cairo_set_line_width(cairo_, stroke.width);
  cairo_rectangle(cairo_, box.left, box.top, box.width, box.height);
  cairo_stroke(cairo_);
}

void Canvas::curve(const Points& points, const Stroke& stroke, const Box& within) {
  cairo_save(cairo_);
  cairo_rectangle(cairo_, within.left - stroke.width, within.top - stroke.width, within.width + 2 * stroke.width,
                  within.height + 2 * stroke.width);
  cairo_clip(cairo_);
  cairo_set_source_rgb(cairo_, stroke.ink.red, stroke.ink.green, stroke.ink.blue);
  cairo_set_line_width(cairo_, stroke.width);
  cairo_set_line_join(cairo_, CAIRO_LINE_JOIN_ROUND);
  const double dashes[] = {4 * stroke.width, 2.5 * stroke.width};
  if (stroke.dashed) cairo_set_dash(cairo_, dashes, 2, 0);
  for (const auto& [x, y] : points) cairo_line_to(cairo_, x, y);
  cairo_stroke(cairo_);
  cairo_restore(cairo_);
}

void Canvas::dot(double x, double y, double radius, Ink ink) {
  cairo_set_source_rgb(cairo_, ink.red, ink.green, ink.blue);
  cairo_arc(cairo_, x, y, radius, 0, 2 * 3.14159265358979);
  cairo_fill(cairo_);
}

void Canvas::picture(const ByteImage& image, const Box& box) {
  const Mask surface = to_surface(image, CAIRO_FORMAT_RGB24);
  double across = box.width, down = 0;
  cairo_user_to_device_distance(cairo_, &across, &down);
  const bool shrinks = kind_ == Kind::picture && across < image.shape.width;
  cairo_save(cairo_);
  cairo_rectangle(cairo_, box.left, box.top, box.width, box.height);
  cairo_clip(cairo_);
  cairo_translate(cairo_, box.left, box.top);
  cairo_scale(cairo_, box.width / image.shape.width, box.height / image.shape.height);
  cairo_set_source_surface(cairo_, surface.get(), 0, 0);
  cairo_pattern_set_filter(cairo_get_source(cairo_), shrinks ? CAIRO_FILTER_GOOD : CAIRO_FILTER_NEAREST);
  cairo_paint(cairo_);
  cairo_restore(cairo_);
}

double Canvas::text(double x, double y, const std::string& words, const Type& type, At at) {
  return draw_line(cairo_, x, y, app::tr(words), type, at, 0);
}

void Canvas::text_within(double x, double y, double room, const std::string& words, const Type& type) {
  draw_line(cairo_, x, y, app::tr(words), type, At::left, std::max(room, 1.0));
}

double Canvas::text_width(const std::string& words, const Type& type) {
  return line_width(cairo_, app::tr(words), type);
}

void Canvas::upright_text(double x, double y, const std::string& words, const Type& type) {
  cairo_save(cairo_);
  cairo_translate(cairo_, x, y);
  cairo_rotate(cairo_, -3.14159265358979 / 2);
  draw_line(cairo_, 0, 0, app::tr(words), type, At::middle, 0);
  cairo_restore(cairo_);
}

void Canvas::scaled(double left, double top, double factor, const std::function<void()>& draw) {
  cairo_save(cairo_);
  cairo_translate(cairo_, left, top);
  cairo_scale(cairo_, factor, factor);
  draw();
  cairo_restore(cairo_);
}

void Canvas::next_page() { cairo_show_page(cairo_); }

ByteImage Canvas::pixels() {
  cairo_surface_flush(surface_->cairo);
  const int width = cairo_image_surface_get_width(surface_->cairo);
  const int height = cairo_image_surface_get_height(surface_->cairo);
  const unsigned char* rows = cairo_image_surface_get_data(surface_->cairo);
  const int stride = cairo_image_surface_get_stride(surface_->cairo);
  ByteImage image(Shape{height, width, 3});
  std::uint8_t* out = image.data.data();
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x, out += 3) {
      std::uint32_t pixel;
      std::memcpy(&pixel, rows + std::ptrdiff_t(y) * stride + 4 * x, 4);
      out[0] = std::uint8_t(pixel >> 16), out[1] = std::uint8_t(pixel >> 8), out[2] = std::uint8_t(pixel);
    }
  return image;
}

std::vector<char> Canvas::document() {
  cairo_surface_finish(surface_->cairo);
  if (const cairo_status_t status = cairo_surface_status(surface_->cairo); status != CAIRO_STATUS_SUCCESS)
    throw Error("This cannot be drawn: " + std::string(cairo_status_to_string(status)) + ".");
  return std::move(bytes_);
}

std::vector<char> png_of(const ByteImage& image) {
  const Mask surface = to_surface(image, CAIRO_FORMAT_RGB24);
  std::vector<char> bytes;
  if (cairo_surface_write_to_png_stream(surface.get(), append, &bytes) != CAIRO_STATUS_SUCCESS)
    throw Error("There is not enough memory to encode this picture.");
  return bytes;
}

}  // namespace noiseglass::exports
