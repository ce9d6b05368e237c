#pragma once

#include "export/part.h"
#include "export/source.h"

#include <string>
#include <vector>

namespace noiseglass::exports {

/// One thing that can be taken away; command line, dialog and help read the same row.
struct ExportKind {
  std::string id;                    ///< "tile"
  std::string label, help;           ///< for people
  std::vector<std::string> formats;  ///< endings that it can be written with; "folder" is one of many files
  enum class Lanes { one, some, all } lanes = Lanes::some;  ///< how many it can have; all: there is no choice
  std::vector<ExportPart> parts = {};
};
const std::vector<ExportKind>& export_kinds();
/// @throws UsageError that suggests the nearest
const ExportKind& export_kind(const std::string& id);

struct ExportRequest {
  std::string what = "tile";  ///< a row of export_kinds()
  std::string of;             ///< one of the kind's parts; empty: all of them where that can be, else x_t
  int lane = -1;              ///< 0 or 1; −1: those that are shown, where there can be several, else the first
  std::string out;            ///< a file, a folder, or "-" for standard output
  std::string format;         ///< empty: as the name of `out` ends
  int count = 0;              ///< of pictures or samples; 0: as usual
  int size = 0;               ///< longest side of a picture in pixels; 0: as usual
  std::string lesson;         ///< of a worksheet or a plan: a name or a file; empty: the one on schedules
  double rate = 0;            ///< of animations: pictures a second; 0: as usual
};

/// The format that a request is written in. @throws UsageError when there is no such, or no such part
std::string format_of(const ExportRequest& request);

/// What of these is one picture as such: tile, strip, wall, plots. @throws UsageError for others
ByteImage picture_of(const Source& source, const ExportRequest& request, const Work& work = {});

/// Writes what `request` asks for, whole or not at all.
/// @throws Error, UsageError with a sentence; Cancelled
void export_state(const app::AppState& state, const Library& library, const ExportRequest& request,
                  const Work& work = {});

}  // namespace noiseglass::exports
