#include "ui/window/platform_dialog.h"

#include "noiseglass/error.h"
#include "ui/window/systems/system.h"

namespace noiseglass::app {

void PlatformDialog::find(const std::function<void()>& wake) {
  if (looked_) return;
  look_.begin(found_.job(1, wake, [](std::stop_token) { return find_file_dialog(); }));
  looked_ = true;
}

bool PlatformDialog::is_there() const {
  const auto found = found_.value();
  return found && *found;
}

void PlatformDialog::ask(const std::string& for_whom, const Question& question, const std::function<void()>& wake) {
  for_whom_ = for_whom;
  question_.begin(answer_.job(++asked_, wake,
                              [question, ask = *found_.value()](std::stop_token stop) { return ask(question, stop); }));
}

std::optional<std::string> PlatformDialog::take(const std::string& for_whom) {
  const auto outcome = answer_.get();
  if (taken_ == asked_ || outcome.id != asked_ || !outcome || for_whom != for_whom_) return {};
  taken_ = asked_;
  if (!outcome.value) throw Error(outcome.problem);
  return *outcome.value;
}

}  // namespace noiseglass::app
