#include "ui/panels/shared/mix_colours.h"

#include <algorithm>
#include <cmath>

namespace noiseglass::app {
namespace {

struct Lab {
  float l, a, b;
};

float linear_light(float v) { return v <= 0.04045f ? v / 12.92f : std::pow((v + 0.055f) / 1.055f, 2.4f); }
float encoded(float v) { return v <= 0.0031308f ? 12.92f * v : 1.055f * std::pow(v, 1 / 2.4f) - 0.055f; }

Lab to_lab(ImU32 colour) {
  const ImVec4 c = ImGui::ColorConvertU32ToFloat4(colour);
  const float r = linear_light(c.x), g = linear_light(c.y), b = linear_light(c.z);
  const float l = std::cbrt(0.4122214708f * r + 0.5363325363f * g + 0.0514459929f * b);
  const float m = std::cbrt(0.2119034982f * r + 0.6806995451f * g + 0.1073969566f * b);
  const float s = std::cbrt(0.0883024619f * r + 0.2817188376f * g + 0.6299787005f * b);
  return {0.2104542553f * l + 0.7936177850f * m - 0.0040720468f * s,
          1.9779984951f * l - 2.4285922050f * m + 0.4505937099f * s,
          0.0259040371f * l + 0.7827717662f * m - 0.8086757660f * s};
}

ImU32 to_colour(const Lab& lab) {
  const auto cube = [](float v) { return v * v * v; };
  const float l = cube(lab.l + 0.3963377774f * lab.a + 0.2158037573f * lab.b);
  const float m = cube(lab.l - 0.1055613458f * lab.a - 0.0638541728f * lab.b);
  const float s = cube(lab.l - 0.0894841775f * lab.a - 1.2914855480f * lab.b);
  const auto channel = [](float v) { return std::clamp(encoded(std::max(0.f, v)), 0.f, 1.f); };
  return ImGui::ColorConvertFloat4ToU32({channel(4.0767416621f * l - 3.3077115913f * m + 0.2309699292f * s),
                                         channel(-1.2684380046f * l + 2.6097574011f * m - 0.3413193965f * s),
                                         channel(-0.0041960863f * l - 0.7034186147f * m + 1.7076147010f * s), 1});
}

}  // namespace

ImU32 mix_colours(ImU32 a, ImU32 b, float share) {
  const Lab from = to_lab(a), to = to_lab(b);
  return to_colour(
      {from.l + share * (to.l - from.l), from.a + share * (to.a - from.a), from.b + share * (to.b - from.b)});
}

}  // namespace noiseglass::app
