#include "ui/widgets/lines.h"

namespace noiseglass::app {

ImU32 line_colour(const Theme& theme) {
  if (theme.outlined) return theme.border;  // its borders can be seen as they are
  return theme.dark ? IM_COL32(0x6b, 0x76, 0x87, 0xff) : IM_COL32(0x7d, 0x87, 0x94, 0xff);
}

}  // namespace noiseglass::app
