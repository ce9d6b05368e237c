// Makes the system refuse threads, for tests of what happens then. To be included by one .cpp of a program, whose own
// pthread_create is found before the C library's.
#pragma once

#if defined(__linux__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define NOISEGLASS_CAN_REFUSE_THREADS

#include <dlfcn.h>
#include <pthread.h>

#include <atomic>
#include <cerrno>

namespace noiseglass {

inline std::atomic<int> threads_allowed{-1};  // −1: any number

/// While it lives, no more than `allowed` threads can be made.
class FewThreads {
 public:
  explicit FewThreads(int allowed) { threads_allowed = allowed; }
  ~FewThreads() { threads_allowed = -1; }
  FewThreads(const FewThreads&) = delete;
  FewThreads& operator=(const FewThreads&) = delete;
};

}  // namespace noiseglass

extern "C" int pthread_create(pthread_t* thread, const pthread_attr_t* attributes, void* (*start)(void*),
                              void* argument) {
  using Create = int (*)(pthread_t*, const pthread_attr_t*, void* (*)(void*), void*);
  static const auto create = reinterpret_cast<Create>(dlsym(RTLD_NEXT, "pthread_create"));
  if (noiseglass::threads_allowed == 0) return EAGAIN;
  if (noiseglass::threads_allowed > 0) --noiseglass::threads_allowed;
  return create(thread, attributes, start, argument);
}
#endif
