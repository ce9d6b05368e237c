#pragma once

#include "export/source.h"

#include "noiseglass/image.h"

#include <string>
#include <vector>

namespace noiseglass::exports {

/// Pictures in rows with a few words below each, on white.
struct Sheet {
  struct Cell {
    ByteImage picture;  ///< at the size at which it is drawn
    std::string caption, note;
  };
  struct Row {
    std::string title, details;  ///< above the row; may be empty
    std::vector<Cell> cells;
  };
  std::string title, details;
  std::vector<Row> rows;
};
ByteImage draw_sheet(const Sheet& sheet);

/// The filmstrip of each lane: the forward process, or the run that is shown. @param only a lane, or −1
/// @param count of pictures in a row; 0: as usual  @param size of each, longest side; 0: as usual
Sheet strip(const Source& source, int only, int count, int size, const Work& work);
/// The forward process of the lanes that are shown, whatever else the state shows.
Sheet forward_strip(const Source& source, int count, int size, const Work& work);
/// What each lane shows now: x_t, x̂₀ and ε̂ in a row. @param size as above
Sheet lanes(const Source& source, int only, int size, const Work& work);
/// Samples of a lane from as many seeds, from pure noise.
Sheet wall(const Source& source, int lane, int count, int size, const Work& work);

/// "SNR −3.1 dB"
std::string snr_words(const Lane& lane, int t);
/// `count` of 0 … `last`, evenly, the ends among them; all where there are no more.
std::vector<int> spread(int count, int last);

}  // namespace noiseglass::exports
