// The dialogs of Windows for opening and saving a file.
#include "ui/window/systems/system.h"

#include <windows.h>

#include <commdlg.h>

namespace noiseglass::app {
namespace {

namespace fs = std::filesystem;

std::string ask(const PlatformDialog::Question& question, const std::stop_token&) {
  std::wstring file(32768, L'\0');
  if (question.saves)
    file.replace(0, question.suggested.filename().native().size(), question.suggested.filename().native());
  const fs::path folder = question.saves ? question.suggested.parent_path() : question.suggested;
  const std::wstring title = fs::path(question.title).native();
  OPENFILENAMEW wanted{};
  wanted.lStructSize = sizeof wanted;
  wanted.lpstrFile = file.data();
  wanted.nMaxFile = DWORD(file.size());
  wanted.lpstrInitialDir = folder.c_str();
  wanted.lpstrTitle = title.c_str();
  wanted.Flags = OFN_EXPLORER | OFN_NOCHANGEDIR | OFN_HIDEREADONLY |
                 (question.saves ? OFN_OVERWRITEPROMPT | OFN_PATHMUSTEXIST : OFN_FILEMUSTEXIST);
  const bool chosen = question.saves ? GetSaveFileNameW(&wanted) : GetOpenFileNameW(&wanted);
  return chosen ? fs::path(file.c_str()).string() : "";
}

}  // namespace

AskForFile find_file_dialog() { return ask; }

}  // namespace noiseglass::app
