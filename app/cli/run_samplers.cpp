#include "cli/run_samplers.h"

#include "cli/contact_sheet.h"
#include "cli/options.h"
#include "session/csv.h"

#include "noiseglass/files.h"

#include <atomic>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <system_error>
#include <thread>

namespace noiseglass::cli {
namespace {

/// One step of each sampler.
std::vector<SamplerStep> step_all(const std::vector<std::unique_ptr<Sampler>>& samplers) {
  std::vector<SamplerStep> moments(samplers.size());
  std::vector<std::exception_ptr> errors(samplers.size());
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t i; (i = next++) < samplers.size();) {
      try {
        moments[i] = samplers[i]->step();
      } catch (...) {
        errors[i] = std::current_exception();
      }
    }
  };
  {
    std::jthread helper;
    if (samplers.size() > 1) try {
        helper = std::jthread(work);
      } catch (const std::system_error&) {  // no thread to be had: one does it all
      }
    work();
  }
  for (const std::exception_ptr& error : errors)
    if (error) std::rethrow_exception(error);
  return moments;
}

/// Every moment as a picture, and what they are in a table.
class Frames {
 public:
  explicit Frames(const std::string& folder) : folder_(folder) {
    std::error_code code;
    std::filesystem::create_directories(folder_, code);
    if (code) throw Error("The folder \"" + folder + "\" cannot be made: " + code.message() + ".");
    // Steps of an older, longer run would stand among those of this one.
    if (!std::filesystem::is_empty(folder_, code) || code)
      throw Error("The folder \"" + folder + "\" is not empty; name an empty or a new one for --frames.");
  }

  void add(const SamplerStep& moment, const std::vector<Image>& pictures) {
    char name[32];
    std::snprintf(name, sizeof name, "%03d_t%04d.png", moment.index, moment.t);
    check_finite(pictures);
    write_png((folder_ / name).string(), to_bytes(contact_sheet(pictures)));
    table_.add_row({double(moment.index), double(moment.t), moment.alpha_bar});
  }

  void finish() const { write_whole((folder_ / "steps.csv").string(), table_.text()); }

 private:
  std::filesystem::path folder_;
  Csv table_{"step,t,alpha_bar"};
};

std::vector<Image> pictures_of(const std::vector<SamplerStep>& moments) {
  std::vector<Image> pictures;
  for (const SamplerStep& moment : moments) pictures.push_back(to_image(moment.x_t));
  return pictures;
}

}  // namespace

std::vector<Image> run_samplers(std::vector<std::unique_ptr<Sampler>> samplers, const std::string& frames_folder) {
  std::unique_ptr<Frames> frames;
  if (!frames_folder.empty()) frames = std::make_unique<Frames>(frames_folder);
  std::vector<SamplerStep> moments;
  while (!samplers.front()->done()) {
    moments = step_all(samplers);
    if (frames) frames->add(moments.front(), pictures_of(moments));
  }
  if (frames) frames->finish();
  return pictures_of(moments);
}

}  // namespace noiseglass::cli
