// In place of the C library's own functions, which it has under other names as well.
#include "tests/app/faults/failing_memory.h"

#include <atomic>
#include <cerrno>
#include <cstddef>

extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* memory, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);
}

namespace {

std::atomic<long> left{0};  // 0: none is to fail
std::atomic<bool> failed{false};

bool is_due() {
  if (left.load(std::memory_order_relaxed) <= 0 || left.fetch_sub(1) != 1) return false;
  failed = true;
  errno = ENOMEM;
  return true;
}

}  // namespace

extern "C" {
void* malloc(std::size_t size) { return is_due() ? nullptr : __libc_malloc(size); }
void* calloc(std::size_t count, std::size_t size) { return is_due() ? nullptr : __libc_calloc(count, size); }
void* realloc(void* memory, std::size_t size) { return is_due() ? nullptr : __libc_realloc(memory, size); }
void* memalign(std::size_t alignment, std::size_t size) {
  return is_due() ? nullptr : __libc_memalign(alignment, size);
}
void* aligned_alloc(std::size_t alignment, std::size_t size) { return memalign(alignment, size); }
int posix_memalign(void** memory, std::size_t alignment, std::size_t size) {
  *memory = memalign(alignment, size);
  return *memory ? 0 : ENOMEM;
}
}

namespace noiseglass::faults {

FailingMemory::FailingMemory(long n) { failed = false, left = n; }
FailingMemory::~FailingMemory() { left = 0; }
bool FailingMemory::has_failed() const { return failed; }

}  // namespace noiseglass::faults
