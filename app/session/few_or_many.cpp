#include "session/few_or_many.h"

#include "session/nearest.h"

#include "noiseglass/error.h"
#include "noiseglass/files.h"
#include "noiseglass/limits.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <string>

namespace noiseglass::app {
namespace {

namespace fs = std::filesystem;
using json = nlohmann::json;

constexpr const char* format = "noiseglass-few-or-many-1";

double figure(const json& entry, const char* name) {
  const double value = entry.at(name).get<double>();
  if (!std::isfinite(value)) throw UsageError(name);
  return value;
}

void read_figures(const json& entry, FewOrMany& known) {
  if (entry.at("format") != format) throw UsageError("format");
  known.samples = entry.at("samples").get<int>(), known.steps = entry.at("steps").get<int>();
  if (known.steps < 1 || known.steps > 1000) throw UsageError("steps");
  known.strangers_alike = figure(entry.at("strangers"), "alike");
  known.strangers_apart = figure(entry.at("strangers"), "apart");
  for (const int faces : face_counts)
    for (const json& one : entry.at("counts"))
      if (one.at("faces") == faces)
        known.measured.push_back({faces, figure(one, "alike"), figure(one, "apart"), figure(one, "own"),
                                  figure(one, "unseen"), one.at("images_seen").get<int>()});
  if (known.measured.size() != face_counts.size()) throw UsageError("counts");
}

}  // namespace

int FewOrMany::searched(int faces_learned) const { return std::min(faces_learned, int(faces[0].size())); }

FewOrMany read_few_or_many(const fs::path& folder) {
  FewOrMany known;
  const fs::path path = folder / "few-or-many.json";
  const std::vector<char> text = read_whole(path);
  try {
    if (limits::nests_too_deep({text.data(), text.size()})) throw UsageError("depth");
    read_figures(json::parse(text.begin(), text.end()), known);
  } catch (const std::exception&) {  // no JSON, or a number that is missing, of another type, or out of its range
    throw Error("\"" + path.string() + "\" is not a table of measurements.");
  }
  for (int set = 0; set < face_sets; ++set) {
    const fs::path file = folder / (std::string("few-or-many-") + char('A' + set) + ".json");
    for (const Image& picture : read_picture_set(file).pictures)
      known.faces[std::size_t(set)].push_back(with_channels(picture, 1));
    const auto& faces = known.faces[std::size_t(set)];
    if (int(faces.size()) < face_counts[2] || faces.size() != known.faces[0].size() ||
        faces[0].shape != known.faces[0][0].shape)
      throw Error("\"" + file.string() + "\" does not have the faces that the networks learned from.");
  }
  known.mean = Image(known.faces[0][0].shape);
  const float share = 1 / float(face_sets * known.faces[0].size());
  for (const auto& set : known.faces)
    for (const Image& face : set)
      for (std::size_t i = 0; i < face.data.size(); ++i) known.mean.data[i] += share * face.data[i];
  return known;
}

fs::path few_or_many_network(int faces, int set) {
  const std::string name = "toons-" + std::to_string(faces) + "-" + char('A' + set) + ".safetensors";
  return assets_folder() / "models" / "few-or-many" / name;
}

double faces_alike(const Image& a, const Image& b, const Image& mean) {
  double both = 0, of_a = 0, of_b = 0;
  for (std::size_t i = 0; i < mean.data.size(); ++i) {
    const double x = double(a.data[i]) - mean.data[i], y = double(b.data[i]) - mean.data[i];
    both += x * y, of_a += x * x, of_b += y * y;
  }
  return of_a > 0 && of_b > 0 ? both / std::sqrt(of_a * of_b) : 0;
}

Nearest nearest_face(const Image& answer, const FewOrMany& known, int faces, int set) {
  Nearest nearest;
  for (int i = 0; i < known.searched(faces); ++i) {
    const double distance = shown_distance(answer, known.faces[std::size_t(set)][std::size_t(i)]);
    if (i == 0 || distance < nearest.distance) nearest.index = std::size_t(i), nearest.distance = distance;
  }
  return nearest;
}

Verdict verdict_of(double apart, std::array<double, face_sets> own, double unseen) {
  const double nearer = std::min(own[0], own[1]), copied = unseen / 3;
  if (std::max(own[0], own[1]) < copied) return Verdict::by_heart;
  if (apart < nearer && nearer >= copied) return Verdict::learned;
  return Verdict::between;
}

}  // namespace noiseglass::app
