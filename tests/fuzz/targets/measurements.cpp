#include "session/measurements.h"
#include "fuzz/foreign.h"
#include "fuzz/targets.h"

#include <cmath>

void noiseglass::fuzz::run_measurements(std::span<const char> bytes) {
  static const OwnFolder folder;
  folder.put("table.json", bytes);
  refuse_or([&] {
    for (const app::Measured& table : app::read_all_measured(folder.path())) {
      (void)table.samplers();
      for (const int steps : table.steps()) demand(steps >= 1, "there is at least one step");
      for (const app::MeasuredRow& row : table.rows) {
        demand(table.find(row.schedule, row.sampler, row.steps), "each row is found");
        demand(std::isfinite(row.accuracy + row.frechet + row.precision + row.recall), "what was measured is finite");
      }
    }
  });
}
