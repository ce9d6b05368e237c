#include "cli/command_line.h"
#include "fuzz/foreign.h"
#include "fuzz/targets.h"
#include "fuzz/targets/silence.h"

void noiseglass::fuzz::run_mixture(std::span<const char> bytes) {
  const std::string path = foreign_file(bytes);
  const Silence silence;
  for (const char* start : {"0.5", "0.5,-1"}) {
    const char* arguments[] = {"noiseglass", "trajectory", "--mixture",      path.c_str(),
                               "--start",    start,        "--sample-steps", "5"};
    (void)cli::run_command_line(int(std::size(arguments)), arguments);
  }
}
