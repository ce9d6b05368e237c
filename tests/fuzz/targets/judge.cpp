#include "noiseglass/judge.h"
#include "fuzz/targets/weights.h"

void noiseglass::fuzz::run_judge(std::span<const char> bytes) {
  const std::string path = foreign_file(weights_file(bytes));
  refuse_or([&] {
    const Judge judge = Judge::load(path);
    demand(judge.classes() >= 1, "a judge tells something apart");
    const int found = judge.class_of(Image(judge.shape()));
    demand(found >= 0 && found < judge.classes(), "a judge names one of its classes");
  });
}
