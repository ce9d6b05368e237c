#pragma once

#include "noiseglass/schedule.h"

namespace noiseglass::schedules {

/// The schedule with this λ at t = 1 … T. @param log_snr falls strictly
Schedule from_log_snr(const std::string& id, const std::vector<double>& log_snr);

}  // namespace noiseglass::schedules
