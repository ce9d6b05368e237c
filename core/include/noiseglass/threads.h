#pragma once

namespace noiseglass {

/// Whether there can be threads beside the first. A browser may have none; then what would wait in one is done at once.
bool has_threads();

/// From now on the calling thread gives way to the program's other threads when there are too few cores, so that a
/// window stays smooth beside it. Lasts until the thread ends. Where the system has no such thing, nothing happens.
void give_way();

/// Processor time that the calling thread has used, in seconds: what others do on a busy machine does not count.
double seconds_worked();

}  // namespace noiseglass
