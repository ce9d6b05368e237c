#include "fuzz/foreign.h"
#include "fuzz/targets.h"

#include <vector>

/// What is between a WebP file's head, whose size is put right, and its end.
void noiseglass::fuzz::run_webp(std::span<const char> bytes) {
  std::vector<char> file = {'R', 'I', 'F', 'F'};
  const std::size_t size = bytes.size() + 4;
  for (int i = 0; i < 4; ++i) file.push_back(char(size >> (8 * i)));
  for (const char c : {'W', 'E', 'B', 'P'}) file.push_back(c);
  file.insert(file.end(), bytes.begin(), bytes.end());
  run_picture(file);
}
