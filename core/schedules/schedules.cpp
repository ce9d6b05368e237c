#include "schedules/schedules.h"

#include "schedules/zero_terminal_snr.h"

namespace noiseglass {
namespace {

std::vector<ScheduleRecord> rescalable(std::vector<ScheduleRecord> records) {
  for (ScheduleRecord& record : records) record = schedules::with_zero_terminal_snr(std::move(record));
  return records;
}

}  // namespace

const std::vector<ScheduleRecord>& schedule_records() {
  static const std::vector<ScheduleRecord> records = rescalable({
      schedules::linear(),         //
      schedules::cosine(),         //
      schedules::scaled_linear(),  //
      schedules::sigmoid(),        //
      schedules::log_snr(),        //
      schedules::flow(),           //
      schedules::custom(),         //
  });
  return records;
}

}  // namespace noiseglass
