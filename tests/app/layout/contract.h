#pragma once

#include "tests/app/layout/stage.h"

#include <string>
#include <vector>

namespace noiseglass::app {

/// What the layout owes whoever looks at it, measured on what was drawn.
struct Finding {
  std::string kind;   ///< overlap, cut, small, outside, subject, stamp, missing, struck
  std::string where;  ///< "noise 1280x800@1 open"
  std::string what;
};

/// The share of the window that pictures, fields and curves take, without what is between them.
double subject_share(const LayoutRecord& record, const WindowSize& size);

/// @param least_share of the window that the subject is owed
std::vector<Finding> check_layout(const Stage& stage, const std::string& where, double least_share);
/// What the page of the lesson points at and is not to be seen, or whose ring strikes a text out.
std::vector<Finding> check_mentioned(const Stage& stage, const std::string& where);

}  // namespace noiseglass::app
