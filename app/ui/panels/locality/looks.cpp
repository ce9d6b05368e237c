#include "ui/panels/locality/looks.h"

#include "session/denoiser_plan.h"
#include "session/few_or_many.h"
#include "session/nearest.h"

#include "noiseglass/error.h"
#include "noiseglass/files.h"
#include "noiseglass/latent.h"
#include "noiseglass/network_denoiser.h"
#include "noiseglass/picture_set.h"

#include <algorithm>
#include <cmath>

namespace noiseglass::app {
namespace {

constexpr int steps_of_way = 16, side = 32;
// A pixel that looks anywhere is compared with hundreds of patches in each picture: so it knows fewer of them.
constexpr std::size_t anywhere_count = 48, quick_count = 6;

/// The bundled digits as their network sees them: 28 × 28 in the middle of 32 × 32.
std::vector<Image> digits() {
  const DigitSet set = read_digit_set();
  constexpr int edge = (side - DigitSet::side) / 2;
  std::vector<Image> pictures;
  for (Eigen::Index n = 0; n < set.pixels.rows(); ++n) {
    Image picture(Shape{side, side, 1});
    std::ranges::fill(picture.data, -1.f);
    for (int y = 0; y < DigitSet::side; ++y)
      for (int x = 0; x < DigitSet::side; ++x)
        picture.at(y + edge, x + edge, 0) = float(set.pixels(n, y * DigitSet::side + x));
    pictures.push_back(std::move(picture));
  }
  return pictures;
}

/// `count` of them, evenly spread.
std::shared_ptr<const LocalPictures> spread(const std::vector<Image>& pictures, std::size_t count) {
  std::vector<Image> some;
  for (std::size_t i = 0; i < std::min(count, pictures.size()); ++i)
    some.push_back(pictures[i * pictures.size() / std::min(count, pictures.size())]);
  return std::make_shared<LocalPictures>(some);
}

int threads() { return std::max(2, network_threads()); }

}  // namespace

const std::vector<std::string>& locality_sets() {
  static const std::vector<std::string> sets = {"icons", "doodles", "digits", "faces"};
  return sets;
}

KnownPictures read_known_pictures(const std::string& set) {
  KnownPictures known;
  std::vector<Image> pictures;
  if (set == "digits") {
    pictures = digits();
    known.what = std::to_string(pictures.size()) + " digits of MNIST, like those that the network learned from";
  } else if (set == "faces") {
    pictures = read_few_or_many(assets_folder() / "measurements").faces[0];
    known.what = "1,000 faces, those that the network learned from";
  } else {
    const auto file = training_pictures_of(set);
    if (!file) throw Error("The pictures that the network of " + set + " learned from do not come with this copy.");
    PictureSet read = read_picture_set(*file);
    pictures = std::move(read.pictures);
    known.what = read.title + ", those that the network learned from";
  }
  known.all = std::make_shared<LocalPictures>(pictures);
  known.some = spread(pictures, anywhere_count);
  known.few = spread(pictures, quick_count);
  return known;
}

LocalLook local_look(const std::shared_ptr<const LocalPictures>& known, Reach reach, const WayMoment& moment,
                     std::stop_token stop) {
  LocalLook look;
  const Prediction prediction =
      make_local_denoiser(known, reach, threads())->predict(to_state(moment.x_t), moment.log_snr, stop);
  look.x_t = moment.x_t;
  look.x_0 = to_image(State{moment.x_t.shape, prediction.x_0});
  look.distance = shown_distance(look.x_0, moment.x_0);
  look.known = known->count();
  return look;
}

std::uint64_t LocalLooks::id_of(const Key& key) {
  static std::uint64_t last = 0;
  std::uint64_t& id = ids_[key];
  if (id == 0) id = ++last;
  return id;
}

Key LocalLooks::key_of(int moment, int radius) const {
  return Key(base_, request_.anywhere, request_.whole_way ? -1 : moment, radius);
}

std::shared_ptr<const LocalLook> LocalLooks::look(int moment, int radius) const {
  const auto found = looks_.find(key_of(moment, radius));
  const auto value = found == looks_.end() ? nullptr : found->second.value();
  const std::size_t index = request_.whole_way && moment >= 0 ? std::size_t(moment) : 0;
  return value && index < value->size() ? (*value)[index] : nullptr;
}

bool LocalLooks::is_done(int moment, int radius) const {
  const auto now = look(request_.whole_way ? int(network_.size()) - 1 : moment, radius);
  return now && (!request_.anywhere || now->known == known_->some->count());
}

std::shared_ptr<const Likeness> LocalLooks::likeness() const {
  const auto found = likenesses_.find(Key(key_of(moment_, request_.radius), moment_));
  return found == likenesses_.end() ? nullptr : found->second.value();
}

std::optional<int> LocalLooks::best(int moment) const {
  int best = -1;
  double least = 0, most = 0;
  for (const int radius : compared_radii) {
    const auto now = look(moment, radius);
    if (!now || !is_done(moment, radius)) return std::nullopt;
    if (best < 0 || now->distance < least) best = radius, least = now->distance;
    most = std::max(most, now->distance);
  }
  if (most - least < 0.5) return std::nullopt;  // at T all of them say the same: half a level is nobody's advantage
  return best;
}

int LocalLooks::all_looks() const {
  const bool without_end = network_done_ && !request_.whole_way;  // at t = 0 there is nothing to be found out
  return int((network_.size() - (without_end ? 1 : 0)) * compared_radii.size());
}

int LocalLooks::looks() const {
  int count = 0;
  for (int i = 0; i < int(network_.size()); ++i)
    for (const int radius : compared_radii) count += look(i, radius) != nullptr;
  return count;
}

std::string LocalLooks::problem() const {
  const auto of = [](const auto& map, const auto& key) {
    const auto found = map.find(key);
    return found == map.end() ? std::string() : found->second.problem();
  };
  for (const std::string& problem :
       {of(sets_, request_.set), of(ways_, base_), of(looks_, key_of(moment_, request_.radius))})
    if (!problem.empty()) return problem;
  return "";
}

/// One answer, or those of a whole way.
Job LocalLooks::job_of(int moment, int radius) {
  const Key key = key_of(moment, radius);
  const Reach reach{radius, request_.anywhere};
  const bool quick = request_.anywhere && !request_.whole_way && radius == request_.radius && moment == moment_;
  return looks_[key].steps(
      id_of(key), wake_,
      [=, known = known_, way = network_, request = request_](std::stop_token stop, const auto& show) {
        const auto& pictures = request.anywhere ? known->some : known->all;
        const auto one = [&](const auto& set) {
          return std::make_shared<const LocalLook>(local_look(set, reach, *way[std::size_t(moment)], stop));
        };
        if (!request.whole_way) {
          if (quick) show(Looks{one(known->few)});
          return show(Looks{one(pictures)});
        }
        Looks looks;
        go_way({make_local_denoiser(pictures, reach, threads()), request.schedule, pictures->shape(), steps_of_way,
                request.seed},
               stop, [&](const Way& own) {
                 const WayMoment& now = *own.back();
                 looks.push_back(std::make_shared<const LocalLook>(LocalLook{
                     now.x_t, now.x_0, shown_distance(now.x_0, way[own.size() - 1]->x_0), pictures->count()}));
                 show(looks);
               });
      });
}

/// What is missing, the most urgent first: what is looked at, its column of radii, then all the others.
std::vector<Job> LocalLooks::jobs() {
  std::vector<Job> list;
  if (!known_)
    list.push_back(sets_[request_.set].job(id_of(Key("set", request_.set)), wake_,
                                           [set = request_.set](std::stop_token) { return read_known_pictures(set); }));
  const auto add = [&](int moment, int radius) {
    if (!is_done(moment, radius)) list.push_back(job_of(moment, radius));
  };
  const bool can_look = known_ && moment_ >= 0 && (!request_.whole_way || network_done_);
  if (can_look) add(moment_, request_.radius);
  if (!network_done_)
    list.push_back(
        ways_[base_].steps(id_of(base_), wake_, [request = request_](std::stop_token stop, const auto& show) {
          const auto network = load_network(request.model_path);
          const int channels = network->info().channels;
          go_way({make_network_denoiser(network, -1, 1), request.schedule, Shape{side, side, channels}, steps_of_way,
                  request.seed},
                 stop, show);
        }));
  if (!is_ready()) return list;  // while r or t moves, nothing else is begun
  const Key key(key_of(moment_, request_.radius), moment_);
  if (!likenesses_[key].value())
    list.push_back(likenesses_[key].job(id_of(Key("likeness", key)), wake_,
                                        [now = look(moment_, request_.radius), known = known_,
                                         learned = network_[std::size_t(moment_)]](std::stop_token) {
                                          const NearestPlace place = nearest_of(*known->all, now->x_0);
                                          return Likeness{known->all->picture(place.index), place.distance,
                                                          nearest_of(*known->all, learned->x_0).distance};
                                        }));
  for (const int radius : compared_radii) add(moment_, radius);
  if (request_.whole_way || request_.anywhere) return list;  // others would keep the processor busy for minutes
  for (int i = 0; i < int(network_.size()) && network_[std::size_t(i)]->t > 0; ++i)
    for (const int radius : compared_radii) add(i, radius);
  return list;
}

void LocalLooks::want(const LocalityRequest& request) {
  request_ = request;
  base_ = Key(request.set, request.model_path, request.schedule_key, request.seed);
  if (looks_.size() > 400) looks_.clear(), likenesses_.clear(), ways_.clear(), ids_.clear(), listed_ = {};
  known_ = sets_[request.set].value();
  const auto way = ways_[base_].value();
  network_ = way ? *way : Way();
  network_done_ = !network_.empty() && network_.back()->t == 0;
  const int last = int(network_.size()) - (network_done_ && !request.whole_way ? 2 : 1);
  moment_ = moment_at(network_, request.t, last);
  const Key listed(key_of(moment_, request.radius), request.whole_way, moment_, known_ != nullptr, network_.size(),
                   is_ready());
  if (listed == listed_) return;
  listed_ = listed;
  worker_.want(jobs());
}

bool LocalLooks::is_ready() const { return known_ && moment_ >= 0 && is_done(moment_, request_.radius); }

}  // namespace noiseglass::app
