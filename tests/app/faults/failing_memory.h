#pragma once

namespace noiseglass::faults {

/// While it lives, one request for memory fails, the n-th of all threads: malloc() and all that stands on it, such as
/// operator new and the libraries that decode pictures.
class FailingMemory {
 public:
  explicit FailingMemory(long n);
  ~FailingMemory();
  FailingMemory(const FailingMemory&) = delete;
  FailingMemory& operator=(const FailingMemory&) = delete;

  bool has_failed() const;  ///< else there were fewer requests
};

}  // namespace noiseglass::faults
