// Pictures on the Windows clipboard: as PNG, which most programs know by this name, and as a bitmap for the others.
#include "ui/window/clipboard_picture.h"

#include "noiseglass/files.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include <windows.h>

#include <shellapi.h>

namespace noiseglass::app {
namespace {

/// The clipboard while it is ours. Another program may hold it for a moment.
class Clipboard {
 public:
  Clipboard() {
    for (int i = 0; i < 20 && !open_; ++i) {
      open_ = OpenClipboard(nullptr) != 0;
      if (!open_) Sleep(10);
    }
  }
  ~Clipboard() {
    if (open_) CloseClipboard();
  }
  Clipboard(const Clipboard&) = delete;
  Clipboard& operator=(const Clipboard&) = delete;
  bool is_open() const { return open_; }

 private:
  bool open_ = false;
};

UINT png_format() { return RegisterClipboardFormatW(L"PNG"); }

bool put(UINT format, const void* bytes, std::size_t size) {
  const HGLOBAL memory = GlobalAlloc(GMEM_MOVEABLE, size);
  if (!memory) return false;
  std::memcpy(GlobalLock(memory), bytes, size);
  GlobalUnlock(memory);
  if (SetClipboardData(format, memory)) return true;  // the system's now
  GlobalFree(memory);
  return false;
}

/// Rows from below upwards, blue first, each filled up to four bytes.
std::vector<char> bitmap_of(const ByteImage& image) {
  const int width = image.shape.width, height = image.shape.height, channels = image.shape.channels;
  const std::size_t row = (std::size_t(width) * 3 + 3) / 4 * 4;
  BITMAPINFOHEADER header{};
  header.biSize = sizeof header;
  header.biWidth = width, header.biHeight = height;
  header.biPlanes = 1, header.biBitCount = 24;
  std::vector<char> out(sizeof header + row * std::size_t(height));
  std::memcpy(out.data(), &header, sizeof header);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const std::uint8_t* from =
          image.data.data() +
          (std::size_t(height - 1 - y) * std::size_t(width) + std::size_t(x)) * std::size_t(channels);
      char* to = out.data() + sizeof header + row * std::size_t(y) + 3 * std::size_t(x);
      for (int c = 0; c < 3; ++c) to[c] = char(from[channels > 2 ? 2 - c : 0]);
    }
  return out;
}

std::vector<char> bytes_of(UINT format) {
  const HANDLE memory = GetClipboardData(format);
  const void* data = memory ? GlobalLock(memory) : nullptr;
  if (!data) return {};
  const char* bytes = static_cast<const char*>(data);
  std::vector<char> out(bytes, bytes + GlobalSize(memory));
  GlobalUnlock(memory);
  return out;
}

/// A bitmap on the clipboard is a BMP file without the file's own header.
std::vector<char> file_of(const std::vector<char>& bitmap) {
  BITMAPINFOHEADER header;
  if (bitmap.size() < sizeof header) return {};
  std::memcpy(&header, bitmap.data(), sizeof header);
  const DWORD masks = header.biCompression == BI_BITFIELDS && header.biSize == sizeof header ? 12 : 0;
  const DWORD colours = header.biClrUsed ? header.biClrUsed : header.biBitCount <= 8 ? 1u << header.biBitCount : 0;
  BITMAPFILEHEADER file{};
  file.bfType = 0x4d42;  // "BM"
  file.bfSize = DWORD(sizeof file + bitmap.size());
  file.bfOffBits = DWORD(sizeof file) + header.biSize + masks + 4 * colours;
  std::vector<char> out(sizeof file);
  std::memcpy(out.data(), &file, sizeof file);
  out.insert(out.end(), bitmap.begin(), bitmap.end());
  return out;
}

std::vector<char> utf8(const wchar_t* text) {
  const int size = WideCharToMultiByte(CP_UTF8, 0, text, -1, nullptr, 0, nullptr, nullptr);
  std::vector<char> out(std::size_t(std::max(size, 1)));
  WideCharToMultiByte(CP_UTF8, 0, text, -1, out.data(), size, nullptr, nullptr);
  out.pop_back();  // the zero at the end
  return out;
}

std::vector<char> first_file() {
  wchar_t path[32768];
  const auto files = static_cast<HDROP>(GetClipboardData(CF_HDROP));
  return files && DragQueryFileW(files, 0, path, 32768) ? utf8(path) : std::vector<char>();
}

std::vector<char> text_there() {
  const HANDLE memory = GetClipboardData(CF_UNICODETEXT);
  const void* text = memory ? GlobalLock(memory) : nullptr;
  if (!text) return {};
  std::vector<char> out = utf8(static_cast<const wchar_t*>(text));
  GlobalUnlock(memory);
  return out;
}

}  // namespace

class ClipboardPicture::Owner {};  // what was put there is the system's

ClipboardPicture::ClipboardPicture() = default;
ClipboardPicture::~ClipboardPicture() = default;

bool ClipboardPicture::put(std::vector<char> png) {
  const std::vector<char> bitmap = bitmap_of(decode_picture(png, "the copied picture"));
  const Clipboard clipboard;
  if (!clipboard.is_open() || !EmptyClipboard()) return false;
  const bool as_png = app::put(png_format(), png.data(), png.size());
  return app::put(CF_DIB, bitmap.data(), bitmap.size()) || as_png;
}

std::optional<std::vector<char>> read_clipboard(std::span<const std::string> kinds) {
  const Clipboard clipboard;
  if (!clipboard.is_open()) return {};
  for (const std::string& kind : kinds) {
    std::vector<char> found;
    if (kind == "image/png") found = bytes_of(png_format());
    if (kind == "image/bmp") found = file_of(bytes_of(CF_DIB));
    if (kind == "text/uri-list") found = first_file();
    if (kind == "UTF8_STRING") found = text_there();
    if (!found.empty()) return found;
  }
  return {};
}

}  // namespace noiseglass::app
