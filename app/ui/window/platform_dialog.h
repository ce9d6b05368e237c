#pragma once

#include "session/errand.h"
#include "session/published.h"

#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>

namespace noiseglass::app {

/// The system's own dialog for files. It is another window, and is waited for beside the frame.
class PlatformDialog {
 public:
  /// Looks whether there is one; once.
  void find(const std::function<void()>& wake);
  bool is_there() const;

  struct Question {
    bool saves = false;  ///< else a file that is there is asked for
    std::string title;
    std::filesystem::path suggested;  ///< the file to be saved, or the folder to begin in
  };
  /// @param for_whom who will take() the answer
  void ask(const std::string& for_whom, const Question& question, const std::function<void()>& wake);
  void give_up() {  ///< closes it where that can be
    question_.give_up();
    taken_ = asked_;
  }
  /// The file, once there is an answer; empty: none was chosen. @throws Error when the dialog failed
  std::optional<std::string> take(const std::string& for_whom);

 private:
  using Ask = std::function<std::string(const Question&, const std::stop_token&)>;

  std::uint64_t asked_ = 0, taken_ = 0;
  bool looked_ = false;
  std::string for_whom_;
  Published<Ask> found_;
  Published<std::string> answer_;
  Errand look_, question_;
};

}  // namespace noiseglass::app
