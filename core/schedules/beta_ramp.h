#pragma once

#include "noiseglass/schedule.h"

namespace noiseglass::schedules {

/// Schedules that draw β from beta_start to beta_end along some curve have these in common.
std::vector<Parameter> beta_ramp_parameters(double beta_start, double beta_end);

/// β at u, where u runs from 0 at t = 1 to 1 at t = T.
using BetaCurve = double (*)(double beta_start, double beta_end, double u);

/// β_t = min(c·curve((t − 1)/(T − 1)), 0.999) with c = 1000/T if scale_to_steps is set, else 1
/// (Nichol & Dhariwal 2021, published code): the endpoints are meant for T = 1000, and scaled so any T
/// ends in noise. A single step (T = 1) has u = 0, as numpy.linspace has.
Schedule make_beta_ramp(const std::string& id, int steps, const Values& values, BetaCurve curve);

}  // namespace noiseglass::schedules
