// How Windows wants programs to look: the registry's AppsUseLightTheme, contrast themes, and whether things may move.
#include "ui/window/systems/system.h"

#include <windows.h>

namespace noiseglass::app {
namespace {

constexpr const wchar_t* themes = L"Software\\Microsoft\\Windows\\CurrentVersion\\Themes\\Personalize";

Appearance ask(HKEY key) {
  Appearance out;
  DWORD light = 1, size = sizeof light;
  if (RegGetValueW(key, nullptr, L"AppsUseLightTheme", RRF_RT_REG_DWORD, nullptr, &light, &size) == ERROR_SUCCESS)
    out.look = light ? Look::light : Look::dark;
  HIGHCONTRASTW contrast{};
  contrast.cbSize = sizeof contrast;
  if (SystemParametersInfoW(SPI_GETHIGHCONTRAST, sizeof contrast, &contrast, 0) &&
      contrast.dwFlags & HCF_HIGHCONTRASTON)
    out.look = Look::high_contrast;
  BOOL moves = TRUE;
  if (SystemParametersInfoW(SPI_GETCLIENTAREAANIMATION, 0, &moves, 0)) out.transitions = moves != FALSE;
  return out;
}

}  // namespace

void listen_to_look(const std::stop_token& stop, const std::function<void(const Appearance&)>& show) {
  HKEY key = nullptr;
  if (RegOpenKeyExW(HKEY_CURRENT_USER, themes, 0, KEY_READ | KEY_NOTIFY, &key) != ERROR_SUCCESS) {
    show(ask(nullptr));
    return;
  }
  const HANDLE changed = CreateEventW(nullptr, FALSE, FALSE, nullptr);
  {
    const std::stop_callback wakes(stop, [changed] { SetEvent(changed); });
    while (!stop.stop_requested()) {
      const bool listens =
          RegNotifyChangeKeyValue(key, FALSE, REG_NOTIFY_CHANGE_LAST_SET, changed, TRUE) == ERROR_SUCCESS;
      show(ask(key));
      if (!listens) break;
      WaitForSingleObject(changed, INFINITE);
    }
  }
  CloseHandle(changed);
  RegCloseKey(key);
}

}  // namespace noiseglass::app
