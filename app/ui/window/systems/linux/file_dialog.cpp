#include "ui/window/systems/linux/desktop_bus.h"
#include "ui/window/systems/system.h"

#include "noiseglass/error.h"

#include <gio/gio.h>

#include <chrono>
#include <cstdlib>
#include <initializer_list>
#include <memory>
#include <random>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

namespace noiseglass::app {
namespace {

namespace fs = std::filesystem;
using Question = PlatformDialog::Question;

constexpr const char* chooser = "org.freedesktop.portal.FileChooser";

bool has_portal() {
  const auto bus = session_bus();
  if (!bus) return false;
  const Owned<GVariant> version(g_dbus_connection_call_sync(
      bus.get(), portal_name, portal_path, "org.freedesktop.DBus.Properties", "Get",
      g_variant_new("(ss)", chooser, "version"), nullptr, G_DBUS_CALL_FLAGS_NONE, 2000, nullptr, nullptr));
  return version != nullptr;
}

bool has_program(const char* name) { return Owned<char>(g_find_program_in_path(name)) != nullptr; }

/// What such a program prints is the file's path; it fails when none was chosen.
std::string ask_program(const std::vector<std::string>& words, const std::stop_token& stop) {
  std::vector<const char*> arguments;
  for (const std::string& word : words) arguments.push_back(word.c_str());
  arguments.push_back(nullptr);
  const auto flags = GSubprocessFlags(G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  const Owned<GSubprocess> program(g_subprocess_newv(arguments.data(), flags, nullptr));
  if (!program) throw Error("The program " + words.front() + " cannot be started; type the path instead.");
  const std::stop_callback closes(stop, [&] { g_subprocess_send_signal(program.get(), 15); });
  char* printed = nullptr;
  g_subprocess_communicate_utf8(program.get(), nullptr, nullptr, &printed, nullptr, nullptr);
  const Owned<char> owned(printed);
  std::string path = printed ? printed : "";
  while (path.ends_with('\n')) path.pop_back();
  return g_subprocess_get_successful(program.get()) ? path : "";
}

std::vector<std::string> words_for_kdialog(const Question& question) {
  return {"kdialog", "--title", question.title, question.saves ? "--getsavefilename" : "--getopenfilename",
          question.suggested.string()};
}

std::vector<std::string> words_for_zenity(const Question& question) {
  std::string start = question.suggested.string();
  std::vector<std::string> words = {"zenity", "--file-selection", "--title=" + question.title};
  if (!question.saves) start += "/";  // or it would be the file to be chosen
  words.push_back("--filename=" + start);
  if (question.saves) words.insert(words.end(), {"--save", "--confirm-overwrite"});
  return words;
}

struct Answer {
  bool came = false;
  std::string file;
};

/// The signal "Response": 0 and the files as URIs, or another number when none was chosen.
void take_response(GDBusConnection*, const char*, const char*, const char*, const char*, GVariant* parameters,
                   gpointer data) {
  Answer& answer = *static_cast<Answer*>(data);
  answer.came = true;
  guint32 response = 1;
  GVariant* results = nullptr;
  g_variant_get(parameters, "(u@a{sv})", &response, &results);
  const Owned<GVariant> owned(results);
  const char** uris = nullptr;
  if (response != 0 || !g_variant_lookup(results, "uris", "^a&s", &uris)) return;
  if (const Owned<char> path(uris[0] ? g_filename_from_uri(uris[0], nullptr, nullptr) : nullptr); path)
    answer.file = path.get();
  g_free(uris);
}

GVariant* portal_arguments(const Question& question, const std::string& token) {
  GVariantBuilder options;
  g_variant_builder_init(&options, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add(&options, "{sv}", "handle_token", g_variant_new_string(token.c_str()));
  const fs::path folder = question.saves ? question.suggested.parent_path() : question.suggested;
  g_variant_builder_add(&options, "{sv}", "current_folder", g_variant_new_bytestring(folder.c_str()));
  if (question.saves)
    g_variant_builder_add(&options, "{sv}", "current_name",
                          g_variant_new_string(question.suggested.filename().string().c_str()));
  return g_variant_new("(ssa{sv})", "", question.title.c_str(), &options);
}

/// org.freedesktop.portal.FileChooser: the answer comes as a signal of a request whose place is known beforehand.
std::string ask_portal(const Question& question, const std::stop_token& stop) {
  const Owned<GMainContext> context(g_main_context_new());
  g_main_context_push_thread_default(context.get());
  const auto bus = session_bus();
  Answer answer;
  if (bus) {
    const std::string token = "noiseglass" + std::to_string(std::random_device{}());
    std::string sender = g_dbus_connection_get_unique_name(bus.get()) + 1;  // without ":"
    for (char& c : sender)
      if (c == '.') c = '_';
    const std::string request = std::string(portal_path) + "/request/" + sender + "/" + token;
    const guint subscribed = g_dbus_connection_signal_subscribe(
        bus.get(), portal_name, "org.freedesktop.portal.Request", "Response", request.c_str(), nullptr,
        G_DBUS_SIGNAL_FLAGS_NONE, take_response, &answer, nullptr);
    const Owned<GVariant> begun(g_dbus_connection_call_sync(
        bus.get(), portal_name, portal_path, chooser, question.saves ? "SaveFile" : "OpenFile",
        portal_arguments(question, token), nullptr, G_DBUS_CALL_FLAGS_NONE, -1, nullptr, nullptr));
    while (begun && !answer.came && !stop.stop_requested())
      if (!g_main_context_iteration(context.get(), FALSE)) std::this_thread::sleep_for(std::chrono::milliseconds(30));
    g_dbus_connection_signal_unsubscribe(bus.get(), subscribed);
  }
  g_main_context_pop_thread_default(context.get());
  if (!answer.came && !stop.stop_requested())
    throw Error("The desktop's dialog does not answer; type the path instead.");
  return answer.file;
}

}  // namespace

AskForFile find_file_dialog() {
  if (has_portal()) return ask_portal;
  const auto asks = [](auto words_for) {
    return [words_for](const Question& question, const std::stop_token& stop) {
      return ask_program(words_for(question), stop);
    };
  };
  if (has_program("zenity")) return asks(words_for_zenity);
  if (has_program("kdialog")) return asks(words_for_kdialog);
  return nullptr;
}

}  // namespace noiseglass::app
