#pragma once

#include "noiseglass/image.h"

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

typedef struct _cairo cairo_t;

namespace noiseglass::exports {

struct Box {
  double left = 0, top = 0, width = 0, height = 0;
  double right() const { return left + width; }
  double bottom() const { return top + height; }
};

/// A colour; all of them can be told apart when printed in grey.
struct Ink {
  double red = 0, green = 0, blue = 0;
};
constexpr Ink black{0.1, 0.1, 0.12}, grey{0.4, 0.4, 0.42}, faint{0.82, 0.82, 0.84}, white{1, 1, 1};

struct Type {
  double size = 11;
  bool strong = false;
  Ink ink = black;
};

enum class At { left, middle, right };

struct Stroke {
  Ink ink = black;
  double width = 1;
  bool dashed = false;
};

/// White paper to draw on: a picture, an SVG drawing or the pages of a PDF. Measures are pixels or points, from the
/// upper left corner.
class Canvas {
 public:
  enum class Kind { picture, svg, pdf };
  /// @param scale pixels of a picture for each unit of the measures
  Canvas(Kind kind, double width, double height, double scale = 1);
  ~Canvas();
  Canvas(const Canvas&) = delete;
  Canvas& operator=(const Canvas&) = delete;

  double width() const { return width_; }
  double height() const { return height_; }

  void fill(const Box& box, Ink ink);
  void line(double x0, double y0, double x1, double y1, const Stroke& stroke);
  void frame(const Box& box, const Stroke& stroke);
  using Points = std::vector<std::pair<double, double>>;
  /// @param within nothing is drawn outside of it
  void curve(const Points& points, const Stroke& stroke, const Box& within);
  void dot(double x, double y, double radius, Ink ink);
  /// Pixels are blocks where there are fewer of them than on the canvas; they are not smeared.
  void picture(const ByteImage& image, const Box& box);

  /// One line. `y` is its baseline. @returns its width
  /// What is drawn by these is given in English, and shown in the language in use.
  double text(double x, double y, const std::string& words, const Type& type, At at = At::left);
  double text_width(const std::string& words, const Type& type);
  /// The same, cut short with … where it is wider than `room`.
  void text_within(double x, double y, double room, const std::string& words, const Type& type);
  /// A line from below upwards; `x` is its baseline, `y` its middle.
  void upright_text(double x, double y, const std::string& words, const Type& type);

  /// What `draw` draws, larger or smaller, with its origin at this place.
  void scaled(double left, double top, double factor, const std::function<void()>& draw);

  void next_page();
  ByteImage pixels();            ///< of a picture, RGB
  std::vector<char> document();  ///< of an SVG drawing or a PDF; then the canvas is done

  cairo_t* cairo() { return cairo_; }

 private:
  Kind kind_;
  double width_, height_;
  std::vector<char> bytes_;
  struct Surface;
  std::unique_ptr<Surface> surface_;
  cairo_t* cairo_ = nullptr;
};

/// A picture as the bytes of a PNG file.
std::vector<char> png_of(const ByteImage& image);

}  // namespace noiseglass::exports
