#include "noiseglass/threads.h"

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

}  // namespace noiseglass
