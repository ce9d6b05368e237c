// Runs network steps when asked, so that another program can interleave them with its own: each line of the input,
// "MODEL SIDE BATCH THREADS COUNT", is answered by a line of the median "CPU WALL" of COUNT steps, in milliseconds, and
// of the bytes of memory in use before and after them.

#include "noiseglass/model.h"
#include "noiseglass/noise.h"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <iostream>
#include <map>
#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace {

using namespace noiseglass;

double cpu_ms() { return 1e3 * double(std::clock()) / CLOCKS_PER_SEC; }  // of all threads
double wall_ms() {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch()).count();
}
std::size_t bytes_in_use() {
#ifdef __GLIBC__
  return mallinfo2().uordblks + mallinfo2().hblkhd;
#else
  return 0;
#endif
}
double median(std::vector<double>& values) {
  std::nth_element(values.begin(), values.begin() + std::ptrdiff_t(values.size() / 2), values.end());
  return values[values.size() / 2];
}

}  // namespace

int main() {
  std::map<std::string, std::shared_ptr<const Network>> networks;
  std::string model;
  int side, batch, threads, count;
  while (std::cin >> model >> side >> batch >> threads >> count) {
    auto& network = networks[model];
    if (!network) network = Network::load(model);
    if (network_threads() != threads) set_network_threads(threads);
    const Image x = gaussian_image({1, 0}, {side, side, network->info().channels});
    const std::vector<NetworkInput> inputs(std::size_t(batch), NetworkInput{&x, 0.7, -1});
    network->predict_v(inputs, {});  // allocates
    std::vector<double> cpu, wall;
    cpu.reserve(count), wall.reserve(count);
    const std::size_t before = bytes_in_use();
    for (int i = 0; i < count; ++i) {
      const double cpu_start = cpu_ms(), wall_start = wall_ms();
      network->predict_v(inputs, {});
      cpu.push_back(cpu_ms() - cpu_start);
      wall.push_back(wall_ms() - wall_start);
    }
    const std::size_t after = bytes_in_use();
    std::cout << median(cpu) << ' ' << median(wall) << ' ' << before << ' ' << after << std::endl;
  }
}
