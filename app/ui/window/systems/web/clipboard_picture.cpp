// What is copied goes to the browser's clipboard. What is pasted comes as an event of the page, which page.js opens.
#include "ui/window/clipboard_picture.h"

#include <emscripten.h>

#pragma clang diagnostic ignored "-Wdollar-in-identifier-extension"  // what the page's own language calls its arguments

namespace noiseglass::app {

class ClipboardPicture::Owner {};

ClipboardPicture::ClipboardPicture() = default;
ClipboardPicture::~ClipboardPicture() = default;

bool ClipboardPicture::put(std::vector<char> png) {
  return MAIN_THREAD_EM_ASM_INT(
      {
        if (!navigator.clipboard || !window.ClipboardItem) return 0;
        const picture = new Blob([HEAPU8.slice($0, $0 + $1)], {
          type:
            "image/png"
        });
        navigator.clipboard.write([new ClipboardItem({"image/png" : picture})]).catch(console.error);
        return 1;
      },
      png.data(), png.size());
}

std::optional<std::vector<char>> read_clipboard(std::span<const std::string>) { return {}; }

}  // namespace noiseglass::app
