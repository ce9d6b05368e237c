#include "session/errand.h"

#include "noiseglass/threads.h"

#include <memory>
#include <thread>
#include <utility>

namespace noiseglass::app {

void Errand::begin(Job job) {
  give_up();
  stop_ = std::stop_source();
  const auto shared = std::make_shared<const Job>(std::move(job));
  if (!has_threads()) return run_guarded(*shared, stop_.get_token());
  const std::string problem = attempt([&] {
    std::thread([shared, stop = stop_.get_token()] {
      give_way();  // to the window
      run_guarded(*shared, stop);
    }).detach();
  });
  if (!problem.empty() && shared->failed) shared->failed(problem);
}

}  // namespace noiseglass::app
