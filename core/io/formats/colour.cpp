#include "io/formats/colour.h"

#include <lcms2.h>

#include <cmath>
#include <cstdlib>

namespace noiseglass {
namespace {

std::shared_ptr<void> owned_profile(cmsHPROFILE profile) {
  return {profile, [](void* p) {
            if (p) cmsCloseProfile(p);
          }};
}

cmsToneCurve* srgb_curve() {
  const double parameters[] = {2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045};  // IEC 61966-2-1
  return cmsBuildParametricToneCurve(nullptr, 4, parameters);
}

using Curve = std::unique_ptr<cmsToneCurve, decltype(&cmsFreeToneCurve)>;

/// A profile of the gamma and the primaries that a file gives in numbers.
std::shared_ptr<void> profile_of_numbers(const ColourSpace& space, bool grey) {
  // 1/2.2 is what programs write that mean sRGB; like libpng, take differences below 5 % for none.
  const bool means_srgb = std::abs(space.gamma * 2.2 - 1) < 0.05;
  const Curve curve(means_srgb ? srgb_curve() : cmsBuildGamma(nullptr, 1 / space.gamma), cmsFreeToneCurve);
  if (grey) return owned_profile(cmsCreateGrayProfile(cmsD50_xyY(), curve.get()));
  const auto& c = space.chromaticities;
  const bool said = c[1] > 0 && c[3] > 0 && c[5] > 0 && c[7] > 0;
  const cmsCIExyY d65{0.3127, 0.3290, 1}, white = said ? cmsCIExyY{c[0], c[1], 1} : d65;
  const cmsCIExyYTRIPLE rec709{{0.64, 0.33, 1}, {0.30, 0.60, 1}, {0.15, 0.06, 1}},
      primaries = said ? cmsCIExyYTRIPLE{{c[2], c[3], 1}, {c[4], c[5], 1}, {c[6], c[7], 1}} : rec709;
  cmsToneCurve* curves[] = {curve.get(), curve.get(), curve.get()};
  return owned_profile(cmsCreateRGBProfile(&white, &primaries, curves));
}

std::shared_ptr<void> profile_of(const ColourSpace& space, Samples samples) {
  if (!space.icc.empty()) {
    auto profile = owned_profile(cmsOpenProfileFromMem(space.icc.data(), cmsUInt32Number(space.icc.size())));
    const auto wanted = samples == Samples::cmyk ? cmsSigCmykData : is_grey(samples) ? cmsSigGrayData : cmsSigRgbData;
    if (profile && cmsGetColorSpace(profile.get()) == wanted) return profile;
  }
  const bool said = space.gamma > 0 && samples != Samples::cmyk;
  return said ? profile_of_numbers(space, is_grey(samples)) : nullptr;
}

std::shared_ptr<void> target_profile(bool grey) {
  if (!grey) return owned_profile(cmsCreate_sRGBProfile());
  const Curve curve(srgb_curve(), cmsFreeToneCurve);
  return owned_profile(cmsCreateGrayProfile(cmsD50_xyY(), curve.get()));
}

/// Colours all over the cube, or all greys.
std::vector<std::uint8_t> probes(bool grey) {
  std::vector<std::uint8_t> values;
  if (grey) {
    for (int v = 0; v < 256; ++v) values.push_back(std::uint8_t(v));
    return values;
  }
  constexpr int step = 17;
  for (int r = 0; r < 256; r += step)
    for (int g = 0; g < 256; g += step)
      for (int b = 0; b < 256; b += step)
        values.insert(values.end(), {std::uint8_t(r), std::uint8_t(g), std::uint8_t(b)});
  return values;
}

/// Made faster, a transform of greys is a table too coarse for the dark end of a steep curve: linear 1 of 255 became 6
/// where 13 is right.
cmsUInt32Number flags_for(bool grey) { return grey ? cmsFLAGS_NOOPTIMIZE : 0; }

/// Whether a transform from 8 bits changes nothing but roundings: most profiles found in files are sRGB's own, and
/// those pictures stay exactly as they are.
bool is_identity(const std::shared_ptr<void>& from, const std::shared_ptr<void>& to, bool grey) {
  const cmsUInt32Number type = grey ? TYPE_GRAY_8 : TYPE_RGB_8;
  const std::shared_ptr<void> transform(
      cmsCreateTransform(from.get(), type, to.get(), type, INTENT_PERCEPTUAL, cmsFLAGS_NOCACHE | flags_for(grey)),
      [](void* t) { t ? cmsDeleteTransform(t) : void(); });
  if (!transform) return false;
  const std::vector<std::uint8_t> before = probes(grey);
  std::vector<std::uint8_t> after(before.size());
  cmsDoTransform(transform.get(), before.data(), after.data(), cmsUInt32Number(before.size() / (grey ? 1 : 3)));
  for (std::size_t i = 0; i < before.size(); ++i)
    if (std::abs(int(before[i]) - int(after[i])) > 2) return false;
  return true;
}

cmsUInt32Number lcms_type(Samples samples, int bits) {
  const cmsUInt32Number colour = samples == Samples::cmyk ? PT_CMYK : is_grey(samples) ? PT_GRAY : PT_RGB;
  const cmsUInt32Number alpha = has_alpha(samples) ? 1 : 0, all = cmsUInt32Number(channels_of(samples));
  return COLORSPACE_SH(colour) | EXTRA_SH(alpha) | CHANNELS_SH(all - alpha) | BYTES_SH(cmsUInt32Number(bits / 8));
}

}  // namespace

std::unique_ptr<const ToSrgb> ToSrgb::make(const ColourSpace& space, Samples samples, int bits) {
  const std::shared_ptr<void> from = profile_of(space, samples);
  if (!from) return nullptr;
  const bool grey = is_grey(samples);
  const std::shared_ptr<void> to = target_profile(grey);
  if (!to || (samples != Samples::cmyk && is_identity(from, to, grey))) return nullptr;
  const cmsHTRANSFORM transform =
      cmsCreateTransform(from.get(), lcms_type(samples, bits), to.get(), grey ? TYPE_GRAY_8 : TYPE_RGB_8,
                         INTENT_PERCEPTUAL, flags_for(grey));
  if (!transform) return nullptr;
  return std::unique_ptr<const ToSrgb>(
      new ToSrgb(std::shared_ptr<void>(transform, [](void* t) { cmsDeleteTransform(t); })));
}

void ToSrgb::convert(const void* in, std::uint8_t* out, int pixels) const {
  cmsDoTransform(transform_.get(), in, out, cmsUInt32Number(pixels));
}

}  // namespace noiseglass
