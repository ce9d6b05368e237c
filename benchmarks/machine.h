#pragma once

namespace noiseglass::bench {

/// Multiply-adds of independent registers, `rounds` times: what the machine can do at best at each level.
/// @returns the number of floating-point operations (a multiply-add is two)
double multiply_add_portable(long rounds);
double multiply_add_v3(long rounds);
double multiply_add_v4(long rounds);

}  // namespace noiseglass::bench
