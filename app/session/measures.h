#pragma once

#include <optional>
#include <string>
#include <vector>

namespace noiseglass::app {

class Session;
struct LaneView;

/// Both signal-to-noise ratios of a lane, by name and with what they mean.
std::string about_snr(const LaneView& lane);

/// A number of what the session shows, by the name that lessons and tests know it under: "lane2.psnr". Nothing when
/// there is none yet (a run that goes on, a lane that is not shown) or no such name.
std::optional<double> measure(const Session& session, const std::string& name);

/// "T", "lane1.t", "lane1.alpha_bar" …
std::vector<std::string> measure_names();

/// What stands at the slider's right end: "pure noise (t = 1000)", or only "last step (t = 50)" where a lane's schedule
/// leaves more than a thousandth of the picture's variance.
std::string noisy_end(const Session& session);

}  // namespace noiseglass::app
