#pragma once

#include "noiseglass/schedule.h"

/// One function a file of this folder; schedules.cpp holds the table.
namespace noiseglass::schedules {

ScheduleRecord linear();
ScheduleRecord cosine();
ScheduleRecord scaled_linear();
ScheduleRecord sigmoid();
ScheduleRecord log_snr();
ScheduleRecord flow();
ScheduleRecord custom();

}  // namespace noiseglass::schedules
