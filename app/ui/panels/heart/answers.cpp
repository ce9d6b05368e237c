#include "ui/panels/heart/answers.h"

#include "session/denoiser_plan.h"
#include "session/nearest.h"
#include "ui/panels/shared/way.h"

#include "noiseglass/files.h"
#include "noiseglass/network_denoiser.h"
#include "noiseglass/noise.h"

namespace noiseglass::app {
namespace {

constexpr std::size_t answers_kept = 400;
constexpr std::uint64_t reading = 1;  // the first job's id

/// Along the cosine schedule, as the networks were measured.
std::shared_ptr<const Schedule> way_of_faces() {
  static const auto schedule = std::make_shared<const Schedule>(make_schedule("cosine", 1000));
  return schedule;
}

FaceAnswer answer_of(const FewOrMany& known, std::uint64_t seed, int faces, int set, std::stop_token stop,
                     const std::function<void(FaceAnswer)>& show) {
  WayRequest request;
  request.denoiser = make_network_denoiser(load_network(few_or_many_network(faces, set).string()), -1, 1);
  request.schedule = way_of_faces();
  request.shape = known.mean.shape;
  request.steps = known.steps;
  request.seed = seed;
  FaceAnswer answer;
  go_way(request, stop, [&](const Way& way) {
    answer.picture = way.back()->x_0;
    answer.progress = double(way.size() - 1) / known.steps;
    show(answer);
  });
  const Nearest nearest = nearest_face(answer.picture, known, faces, set);
  answer.nearest = known.faces[std::size_t(set)][nearest.index];
  answer.distance = nearest.distance;
  answer.done = true;
  return answer;
}

}  // namespace

std::uint64_t FaceAnswers::id_of(const Key& key) {
  static std::uint64_t last = reading;
  std::uint64_t& id = ids_[key];
  if (id == 0) id = ++last;
  return id;
}

Job FaceAnswers::job(int count, int set) {
  const Key key = key_of(count, set);
  return answers_[key].steps(id_of(key), wake_,
                             [=, known = known_.value(), seed = seed_](std::stop_token stop, const auto& show) {
                               show(answer_of(*known, seed, face_counts[std::size_t(count)], set, stop, show));
                             });
}

void FaceAnswers::want(std::uint64_t seed, int chosen) {
  seed_ = seed;
  const bool ready = known_.value() != nullptr;
  const Key list(seed, chosen, ready);
  if (list == listed_) return;
  listed_ = list;
  if (!ready) {
    worker_.want({known_.job(reading, wake_,
                             [](std::stop_token) { return read_few_or_many(assets_folder() / "measurements"); })});
    return;
  }
  if (answers_.size() > answers_kept) answers_.clear(), ids_.clear();
  std::vector<Job> jobs;
  const int counts = int(face_counts.size());
  for (int i = 0; i < counts; ++i)
    for (int set = 0; set < face_sets; ++set) {
      const int count = (chosen + i) % counts;
      const auto made = answer(count, set);
      if (!made || !made->done) jobs.push_back(job(count, set));
    }
  worker_.want(std::move(jobs));
}

std::shared_ptr<const FaceAnswer> FaceAnswers::answer(int count, int set) const {
  const auto found = answers_.find(key_of(count, set));
  return found == answers_.end() ? nullptr : found->second.value();
}

std::optional<FacePair> FaceAnswers::pair(int count) const {
  const auto a = answer(count, 0), b = answer(count, 1);
  const auto all = known();
  if (!all || !a || !b || !a->done || !b->done) return std::nullopt;
  FacePair pair;
  pair.alike = faces_alike(a->picture, b->picture, all->mean);
  pair.apart = shown_distance(a->picture, b->picture);
  pair.own = {a->distance, b->distance};
  const int searched = all->searched(face_counts[std::size_t(count)]);
  for (const FacesMeasured& measured : all->measured)
    if (measured.faces == searched) pair.unseen = measured.unseen;
  pair.verdict = verdict_of(pair.apart, pair.own, pair.unseen);
  return pair;
}

int FaceAnswers::done() const {
  int count = 0;
  for (int i = 0; i < int(face_counts.size()); ++i)
    for (int set = 0; set < face_sets; ++set)
      if (const auto made = answer(i, set); made && made->done) ++count;
  return count;
}

std::string FaceAnswers::problem(int count) const {
  if (const std::string why = known_.problem(); !why.empty()) return why;
  for (int set = 0; set < face_sets; ++set)
    if (const auto found = answers_.find(key_of(count, set)); found != answers_.end())
      if (const std::string why = found->second.problem(); !why.empty()) return why;
  return "";
}

Image FaceAnswers::noise() const {
  const auto all = known();
  return all ? gaussian_image({seed_, streams::forward}, all->mean.shape) : Image();
}

}  // namespace noiseglass::app
