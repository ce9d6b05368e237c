#include "noiseglass/model.h"
#include "fuzz/targets/weights.h"

#include <cmath>

void noiseglass::fuzz::run_model(std::span<const char> bytes) {
  set_network_threads(1);
  const std::string path = foreign_file(weights_file(bytes));
  refuse_or([&] { (void)read_model_info(path); });
  refuse_or([&] {
    const auto network = Network::load(path);
    const ModelInfo& info = network->info();
    Image x_t(Shape{6, 5, info.channels});
    for (std::size_t i = 0; i < x_t.data.size(); ++i) x_t.data[i] = float(i % 7) / 3 - 1;
    for (const int class_index : {-1, int(info.class_names.size()) - 1}) {
      const Image v = network->predict_v(x_t, 0.5, class_index, {});
      demand(v.shape == x_t.shape && v.data.size() == x_t.data.size(), "v has the shape of x_t");
    }
  });
}
