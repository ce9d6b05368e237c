// Windows: paths are UTF-16, names come from the system's own calls.
#include "noiseglass/platform.h"
#include "noiseglass/threads.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cwchar>
#include <random>
#include <system_error>

#include <windows.h>

#include <fcntl.h>
#include <io.h>
#include <shellapi.h>
#include <shlobj.h>

/// The C++ library makes UTF-16 paths of texts with this, and MinGW's takes each byte for a letter as long as the
/// locale is "C". The linker puts this in its place (--wrap): texts are UTF-8; what is none becomes U+FFFD. A letter of
/// two units comes in two calls.
extern "C" std::size_t __wrap_mbrtowc(wchar_t* to, const char* from, std::size_t size, std::mbstate_t* state) {
  static std::mbstate_t shared = 0;
  std::mbstate_t& second = state ? *state : shared;
  if (!from) return second = 0, 0;
  if (size == 0) return std::size_t(-2);
  if (second != 0) {
    if (to) *to = wchar_t(second);
    return second = 0, 1;
  }
  const auto byte = [&](std::size_t i) { return (unsigned char)from[i]; };
  const unsigned first = byte(0);
  const std::size_t length = first < 0x80   ? 1
                             : first < 0xc2 ? 0
                             : first < 0xe0 ? 2
                             : first < 0xf0 ? 3
                             : first < 0xf5 ? 4
                                            : 0;
  std::uint32_t letter = length == 1 ? first : length ? first & (0xffu >> (length + 1)) : 0xfffd;
  for (std::size_t i = 1; i < length; ++i) {
    if (i >= size) return std::size_t(-2);
    if ((byte(i) & 0xc0) != 0x80) {
      if (to) *to = wchar_t(0xfffd);
      return 1;
    }
    letter = letter << 6 | (byte(i) & 0x3f);
  }
  if (letter > 0xffff) {
    second = std::mbstate_t(0xdc00 + ((letter - 0x10000) & 0x3ff));
    if (to) *to = wchar_t(0xd800 + ((letter - 0x10000) >> 10));
    return 3;
  }
  if (to) *to = wchar_t(letter);
  return letter == 0 ? 0 : std::max<std::size_t>(length, 1);
}

namespace noiseglass {
namespace platform {

namespace fs = std::filesystem;

namespace {

std::string utf8(std::wstring_view text) {
  const int size = WideCharToMultiByte(CP_UTF8, 0, text.data(), int(text.size()), nullptr, 0, nullptr, nullptr);
  std::string out(std::size_t(size), '\0');
  WideCharToMultiByte(CP_UTF8, 0, text.data(), int(text.size()), out.data(), size, nullptr, nullptr);
  return out;
}

std::wstring utf16(std::string_view text) {
  const int size = MultiByteToWideChar(CP_UTF8, 0, text.data(), int(text.size()), nullptr, 0);
  std::wstring out(std::size_t(size), L'\0');
  MultiByteToWideChar(CP_UTF8, 0, text.data(), int(text.size()), out.data(), size);
  return out;
}

fs::path known_folder(const GUID& id) {
  wchar_t* path = nullptr;
  const bool found = SUCCEEDED(SHGetKnownFolderPath(id, 0, nullptr, &path));
  fs::path out = found ? fs::path(path) : fs::path();
  CoTaskMemFree(path);
  return out;
}

/// As CommandLineToArgvW takes it apart again.
std::wstring quoted(const std::wstring& word) {
  std::wstring out = L"\"";
  std::size_t backslashes = 0;
  for (const wchar_t c : word) {
    if (c == L'"') out.append(backslashes + 1, L'\\');
    backslashes = c == L'\\' ? backslashes + 1 : 0;
    out += c;
  }
  return out.append(backslashes, L'\\') + L'"';
}

}  // namespace

fs::path program_file() {
  std::wstring path(32768, L'\0');
  path.resize(GetModuleFileNameW(nullptr, path.data(), DWORD(path.size())));
  return path;
}

std::vector<std::string> arguments(int argc, char** argv) {
  int count = 0;
  wchar_t** words = CommandLineToArgvW(GetCommandLineW(), &count);
  if (!words) return {argv, argv + argc};
  std::vector<std::string> all;
  for (int i = 0; i < count; ++i) all.push_back(utf8(words[i]));
  LocalFree(words);
  return all;
}

void prepare_standard_streams() {
  SetConsoleOutputCP(CP_UTF8);
  for (std::FILE* stream : {stdin, stdout, stderr})
    if (_fileno(stream) >= 0) _setmode(_fileno(stream), _O_BINARY);  // none where there is no console
}

void fetch_asset(const fs::path&) {}

void show_problem(const std::string& sentence) {
  if (_fileno(stderr) < 0) MessageBoxW(nullptr, utf16(sentence).c_str(), L"noiseglass", MB_OK | MB_ICONERROR);
}

bool is_terminal(std::FILE* file) { return _isatty(_fileno(file)) != 0; }

std::string language() {
  wchar_t name[LOCALE_NAME_MAX_LENGTH] = L"";
  GetUserDefaultLocaleName(name, LOCALE_NAME_MAX_LENGTH);
  return utf8(name);
}

fs::path home_folder() { return known_folder(FOLDERID_Profile); }

fs::path folder_for(Keeps what) {
  const fs::path base = known_folder(what == Keeps::preferences ? FOLDERID_RoamingAppData : FOLDERID_LocalAppData);
  if (base.empty()) return {};
  static constexpr const char* names[] = {"state", "", "cache"};
  return (base / "noiseglass" / names[int(what)]).lexically_normal();
}

std::FILE* open_file(const fs::path& path, const char* mode) { return _wfopen(path.c_str(), utf16(mode).c_str()); }
std::FILE* open_nameless(const fs::path&) { return nullptr; }
bool give_name(std::FILE*, const fs::path&) { return false; }

fs::path make_temporary_folder() {
  std::random_device random;
  fs::path folder = fs::temp_directory_path() / ("noiseglass-" + std::to_string(random()));
  fs::create_directory(folder);
  return folder;
}

bool has_program(const std::string& name) {
  return SearchPathW(nullptr, utf16(name).c_str(), L".exe", 0, nullptr, nullptr) > 0;
}

struct Process::State {
  HANDLE process = nullptr, in = nullptr;
};

Process::Process(const std::vector<std::string>& words, const fs::path& log) : state_(std::make_unique<State>()) {
  SECURITY_ATTRIBUTES inherited{sizeof inherited, nullptr, TRUE};
  HANDLE read = nullptr;
  if (!CreatePipe(&read, &state_->in, &inherited, 1 << 20)) return;
  SetHandleInformation(state_->in, HANDLE_FLAG_INHERIT, 0);
  const HANDLE said = CreateFileW(log.c_str(), GENERIC_WRITE, FILE_SHARE_READ, &inherited, CREATE_ALWAYS, 0, nullptr);
  const HANDLE nowhere = CreateFileW(L"NUL", GENERIC_WRITE, FILE_SHARE_WRITE, &inherited, OPEN_EXISTING, 0, nullptr);
  std::wstring line;
  for (const std::string& word : words) line += (line.empty() ? L"" : L" ") + quoted(utf16(word));
  STARTUPINFOW start{};
  start.cb = sizeof start;
  start.dwFlags = STARTF_USESTDHANDLES;
  start.hStdInput = read, start.hStdOutput = nowhere, start.hStdError = said;
  PROCESS_INFORMATION made{};
  if (CreateProcessW(nullptr, line.data(), nullptr, nullptr, TRUE, CREATE_NO_WINDOW, nullptr, nullptr, &start, &made)) {
    state_->process = made.hProcess;
    CloseHandle(made.hThread);
  }
  for (const HANDLE handle : {read, said, nowhere}) CloseHandle(handle);
}

Process::~Process() {
  end_of_input();
  if (!started()) return;
  kill();
  WaitForSingleObject(state_->process, INFINITE);
  CloseHandle(state_->process);
}

bool Process::started() const { return state_->process != nullptr; }

bool Process::give(std::span<const std::uint8_t> bytes) {
  while (!bytes.empty()) {
    DWORD written = 0;
    const auto count = DWORD(bytes.size() < (1u << 20) ? bytes.size() : 1u << 20);
    if (!WriteFile(state_->in, bytes.data(), count, &written, nullptr) || written == 0) return false;
    bytes = bytes.subspan(written);
  }
  return true;
}

void Process::end_of_input() {
  if (state_->in) CloseHandle(state_->in);
  state_->in = nullptr;
}

std::optional<bool> Process::ended() {
  if (!started()) return false;
  if (WaitForSingleObject(state_->process, 0) == WAIT_TIMEOUT) return std::nullopt;
  DWORD code = 1;
  GetExitCodeProcess(state_->process, &code);
  CloseHandle(state_->process);
  state_->process = nullptr;
  return code == 0;
}

void Process::kill() {
  if (started()) TerminateProcess(state_->process, 1);
}

}  // namespace platform

bool has_threads() { return true; }

void give_way() { SetThreadPriority(GetCurrentThread(), THREAD_PRIORITY_LOWEST); }

double seconds_worked() {
  FILETIME began, ended, kernel, user;
  if (!GetThreadTimes(GetCurrentThread(), &began, &ended, &kernel, &user)) return 0;
  const auto seconds = [](FILETIME time) {
    return 1e-7 * double(std::uint64_t(time.dwHighDateTime) << 32 | time.dwLowDateTime);
  };
  return seconds(kernel) + seconds(user);
}

}  // namespace noiseglass
