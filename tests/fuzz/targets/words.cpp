#include "fuzz/foreign.h"
#include "fuzz/targets.h"
#include "noiseglass/latent.h"

void noiseglass::fuzz::run_words(std::span<const char> bytes) {
  const std::string path = foreign_file(bytes);
  refuse_or([&] {
    const WordSet set = read_word_set(path);
    demand(set.words.size() == set.groups.size() && Eigen::Index(set.words.size()) == set.points.rows(),
           "each word has a group and a place");
    demand(set.points.allFinite(), "a word's place is finite");
    const Eigen::ArrayXd weights = point_weights(set.points, set.points.row(0).transpose(), 0.5);
    demand(weights.isFinite().all(), "weights are finite");
  });
}
