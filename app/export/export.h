#pragma once

#include "export/source.h"

#include <string>
#include <vector>

namespace noiseglass::exports {

/// One thing that can be taken away; command line, dialog and help read the same row.
struct ExportKind {
  std::string id;                    ///< "tile"
  std::string label, help;           ///< for people
  std::vector<std::string> formats;  ///< endings that it can be written with; "folder" is one of many files
};
const std::vector<ExportKind>& export_kinds();
/// @throws UsageError that suggests the nearest
const ExportKind& export_kind(const std::string& id);

struct ExportRequest {
  std::string what = "tile";  ///< a row of export_kinds()
  std::string of;             ///< tile, tensors: a row of tile_kinds(); empty: x_t, or all tensors for a folder
  int lane = -1;              ///< 0 or 1; −1: those that are shown, where there can be several, else the first
  std::string out;            ///< a file, a folder, or "-" for standard output
  std::string format;         ///< empty: as the name of `out` ends
  int count = 0;              ///< of pictures or samples; 0: as usual
  int size = 0;               ///< longest side of a picture in pixels; 0: as usual
  double rate = 0;            ///< of animations: pictures a second; 0: as usual
};

/// The format that a request is written in. @throws UsageError when there is no such
std::string format_of(const ExportRequest& request);

/// Writes what `request` asks for, whole or not at all.
/// @throws Error, UsageError with a sentence; Cancelled
void export_state(const app::AppState& state, const Library& library, const ExportRequest& request,
                  const Work& work = {});

}  // namespace noiseglass::exports
