#include "export/palette.h"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>

namespace noiseglass::exports {
namespace {

constexpr int most = 256;
constexpr int bits = 5, cells = 1 << (3 * bits);  // of the histogram

using Colour = std::array<int, 3>;

int cell_of(const Colour& c) {
  return (c[0] >> (8 - bits)) << (2 * bits) | (c[1] >> (8 - bits)) << bits | c[2] >> (8 - bits);
}

/// The colours that are there, by number of pixels and their mean.
struct Bin {
  std::int64_t count = 0;
  std::array<std::int64_t, 3> sum = {};
  double mean(int channel) const { return double(sum[std::size_t(channel)]) / double(count); }
};

struct Group {
  std::size_t begin, end;  // of the bins
  int channel = 0;         // along which it is longest
  double spread = 0;       // squared, times pixels: what cutting it may gain
};

Group group_of(const std::vector<Bin>& bins, std::size_t begin, std::size_t end) {
  Group group{begin, end};
  for (int c = 0; c < 3; ++c) {
    double count = 0, sum = 0, squares = 0;
    for (std::size_t i = begin; i < end; ++i) {
      const double n = double(bins[i].count), value = bins[i].mean(c);
      count += n, sum += n * value, squares += n * value * value;
    }
    const double spread = end - begin > 1 ? squares - sum * sum / count : 0;
    if (spread > group.spread) group.spread = spread, group.channel = c;
  }
  return group;
}

/// Where half of the group's pixels are on either side.
std::size_t median(std::vector<Bin>& bins, const Group& group) {
  const auto begin = bins.begin() + std::ptrdiff_t(group.begin), end = bins.begin() + std::ptrdiff_t(group.end);
  std::sort(begin, end, [&](const Bin& a, const Bin& b) { return a.mean(group.channel) < b.mean(group.channel); });
  std::int64_t all = 0, so_far = 0;
  for (auto it = begin; it != end; ++it) all += it->count;
  std::size_t cut = group.begin;
  while (cut + 1 < group.end && so_far < all / 2) so_far += bins[cut++].count;
  return std::clamp(cut, group.begin + 1, group.end - 1);
}

std::vector<Colour> median_cut(std::vector<Bin> bins) {
  std::vector<Group> groups = {group_of(bins, 0, bins.size())};
  while (int(groups.size()) < most) {
    const auto widest = std::ranges::max_element(groups, {}, &Group::spread);
    if (widest->spread <= 0) break;
    const std::size_t cut = median(bins, *widest), end = widest->end;
    *widest = group_of(bins, widest->begin, cut);
    groups.push_back(group_of(bins, cut, end));
  }
  std::vector<Colour> colours;
  for (const Group& group : groups) {
    Bin all;
    for (std::size_t i = group.begin; i < group.end; ++i) {
      all.count += bins[i].count;
      for (std::size_t c = 0; c < 3; ++c) all.sum[c] += bins[i].sum[c];
    }
    colours.push_back({int(all.mean(0) + 0.5), int(all.mean(1) + 0.5), int(all.mean(2) + 0.5)});
  }
  return colours;
}

std::vector<Bin> histogram(const ByteImage& image) {
  std::vector<Bin> all(cells);
  for (std::size_t i = 0; i < image.data.size(); i += 3) {
    Bin& bin = all[std::size_t(cell_of({image.data[i], image.data[i + 1], image.data[i + 2]}))];
    ++bin.count;
    for (std::size_t c = 0; c < 3; ++c) bin.sum[c] += image.data[i + c];
  }
  std::erase_if(all, [](const Bin& bin) { return bin.count == 0; });
  return all;
}

/// The nearest of a few colours, looked for once for each cell of the histogram.
class Nearest {
 public:
  explicit Nearest(const std::vector<Colour>& colours) : colours_(colours), known_(cells, -1) {}

  int of(const Colour& wanted) {
    short& known = known_[std::size_t(cell_of(wanted))];
    if (known >= 0) return known;
    int best = 0, least = 1 << 30;
    for (std::size_t i = 0; i < colours_.size(); ++i) {
      int distance = 0;
      for (std::size_t c = 0; c < 3; ++c) distance += (colours_[i][c] - wanted[c]) * (colours_[i][c] - wanted[c]);
      if (distance < least) least = distance, best = int(i);
    }
    known = short(best);
    return best;
  }

 private:
  const std::vector<Colour>& colours_;
  std::vector<short> known_;
};

std::optional<Indexed> exactly(const ByteImage& image) {
  std::unordered_map<int, int> known;
  Indexed out;
  for (std::size_t i = 0; i < image.data.size(); i += 3) {
    const int colour = image.data[i] << 16 | image.data[i + 1] << 8 | image.data[i + 2];
    const auto [it, is_new] = known.try_emplace(colour, int(known.size()));
    if (int(known.size()) > most) return std::nullopt;
    if (is_new) out.colours.insert(out.colours.end(), &image.data[i], &image.data[i] + 3);
    out.pixels.push_back(std::uint8_t(it->second));
  }
  return out;
}

}  // namespace

Indexed to_palette(const ByteImage& image) {
  if (auto exact = exactly(image)) return *exact;
  const std::vector<Colour> colours = median_cut(histogram(image));
  Indexed out;
  for (const Colour& colour : colours)
    for (const int value : colour) out.colours.push_back(std::uint8_t(value));
  const int width = image.shape.width;
  std::vector<Colour> here(std::size_t(width) + 2), below(std::size_t(width) + 2);  // sixteenths of errors
  Nearest nearest(colours);
  for (int y = 0; y < image.shape.height; ++y) {
    below.assign(below.size(), {});
    for (int x = 0; x < width; ++x) {
      const std::size_t at = (std::size_t(y) * width + x) * 3, column = std::size_t(x) + 1;
      Colour wanted;
      for (std::size_t c = 0; c < 3; ++c) wanted[c] = std::clamp(image.data[at + c] + here[column][c] / 16, 0, 255);
      const int chosen = nearest.of(wanted);
      out.pixels.push_back(std::uint8_t(chosen));
      for (std::size_t c = 0; c < 3; ++c) {
        const int error = wanted[c] - colours[std::size_t(chosen)][c];
        here[column + 1][c] += 7 * error;
        below[column - 1][c] += 3 * error;
        below[column][c] += 5 * error;
        below[column + 1][c] += error;
      }
    }
    std::swap(here, below);
  }
  return out;
}

}  // namespace noiseglass::exports
