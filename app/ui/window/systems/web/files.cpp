// Files come from the browser's own dialog, and go to the person's downloads.
#include "ui/window/systems/system.h"

#include "noiseglass/threads.h"

#include <emscripten.h>

#include <chrono>
#include <mutex>
#include <thread>
#include <utility>

#pragma clang diagnostic ignored "-Wdollar-in-identifier-extension"  // what the page's own language calls its arguments

namespace noiseglass::app {
namespace {

std::mutex answering;
std::optional<std::string> answer;  // of the page, to the question that was asked last

std::string ask(const PlatformDialog::Question& question, const std::stop_token& stop) {
  if (question.saves) return question.suggested.string();  // it is handed over once it is written
  {
    const std::lock_guard lock(answering);
    answer.reset();
  }
  MAIN_THREAD_ASYNC_EM_ASM({ noiseglassPage.choose(); });
  if (!has_threads()) return "";  // and the page opens what is chosen
  while (!stop.stop_requested()) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    const std::lock_guard lock(answering);
    if (answer) return *answer;
  }
  return "";
}

}  // namespace

/// For packaging/web/page.js: the file that was chosen, in the page's file system; empty for none.
extern "C" EMSCRIPTEN_KEEPALIVE void noiseglass_chosen(const char* path) {
  const std::lock_guard lock(answering);
  answer = path;
}

/// For page.js: whether somebody waits for noiseglass_chosen().
extern "C" EMSCRIPTEN_KEEPALIVE int noiseglass_waits() { return has_threads(); }

AskForFile find_file_dialog() { return ask; }

void hand_over(const std::string& file) {
  MAIN_THREAD_EM_ASM({ noiseglassPage.download(UTF8ToString($0)); }, file.c_str());
}

}  // namespace noiseglass::app
