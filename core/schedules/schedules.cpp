#include "schedules/schedules.h"

namespace noiseglass {

const std::vector<ScheduleRecord>& schedule_records() {
  static const std::vector<ScheduleRecord> records = {
      schedules::linear(),         //
      schedules::cosine(),         //
      schedules::scaled_linear(),  //
      schedules::sigmoid(),        //
      schedules::log_snr(),        //
  };
  return records;
}

}  // namespace noiseglass
