#include <noiseglass/corruption.h>
#include <noiseglass/error.h>
#include <noiseglass/files.h>
#include <noiseglass/model.h>
#include <noiseglass/sampler.h>

#include <iostream>

// Uses what the library hides (stb_image, JSON, threads) as well as what it shows.
int main(int, char** argv) {
  using namespace noiseglass;
  const Schedule schedule = make_schedule("cosine", 1000);
  const Image x_0 = read_image(argv[1]);
  const auto denoiser = make_oracle_denoiser(to_state(x_0));
  const State start = to_state(corrupt(x_0, schedule, 1000, 1));
  const auto sampler = make_sampler("ddim", {schedule, make_timesteps("trailing", schedule, 5), denoiser, start});
  SamplerStep last;
  while (!sampler->done()) last = sampler->step();
  std::cout << read_model_info(argv[2]).name << ": off by " << mean_squared_error(to_image(last.x_t), x_0) << '\n';
  return mean_squared_error(to_image(last.x_t), x_0) < 1e-10 ? 0 : 1;
}
