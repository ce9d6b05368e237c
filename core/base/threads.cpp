#include "noiseglass/threads.h"

#include <ctime>

#if defined(__linux__)
#include <sys/resource.h>
#elif defined(__APPLE__)
#include <pthread/qos.h>
#endif

namespace noiseglass {

void give_way() {
#if defined(__linux__)
  // Of this thread alone, on Linux. Against a thread that wants a whole core, 10 more leaves it a tenth of that.
  setpriority(PRIO_PROCESS, 0, getpriority(PRIO_PROCESS, 0) + 10);  // the system bounds it
#elif defined(__APPLE__)
  pthread_set_qos_class_self_np(QOS_CLASS_UTILITY, 0);
#endif
}

double seconds_worked() {
#ifdef CLOCK_THREAD_CPUTIME_ID
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return double(time.tv_sec) + 1e-9 * double(time.tv_nsec);
#else
  return double(std::clock()) / CLOCKS_PER_SEC;  // of the whole program
#endif
}

}  // namespace noiseglass
