#pragma once

#include <optional>
#include <string>
#include <vector>

namespace noiseglass::app {

class Session;

/// A number of what the session shows, by the name that lessons and tests know it under: "lane2.psnr". Nothing when
/// there is none yet (a run that goes on, a lane that is not shown) or no such name.
std::optional<double> measure(const Session& session, const std::string& name);

/// "T", "lane1.t", "lane1.alpha_bar" …
std::vector<std::string> measure_names();

}  // namespace noiseglass::app
