#include "fuzz/foreign.h"
#include "fuzz/targets.h"
#include "noiseglass/discrete.h"

void noiseglass::fuzz::run_sentences(std::span<const char> bytes) {
  const std::string path = foreign_file(bytes);
  refuse_or([&] {
    for (const std::string& sentence : read_sentences(path)) {
      const Tokens tokens = tokens_of_text(sentence, 44);
      demand(tokens.size() == 44, "a sentence has as many tokens as were asked for");
      for (const auto token : tokens) demand(token < letters.size(), "each token is a letter");
    }
  });
}
