#pragma once

#include "ui/panels/shared/controls.h"

#include <array>

namespace noiseglass::app {

// Where the pictures of the panel go: 0 the classes, 1 the weights, 2 the predictions.

// design pixels: between pictures, between the predictions for − and =, a row's heading, the words below a picture,
// between rows, between classes and weights that stand beside each other
constexpr float picture_gap = 6, sign_gap = 22, heading_height = 22, label_height = 20, row_gap = 10, band_gap = 28;

/// How many lines each row has (0: it is folded away), and the side of its pictures.
struct RowsPlan {
  std::array<int, 3> counts = {0, 0, 0};  ///< of pictures: fewer than asked for where the panel is small
  std::array<int, 3> lines = {0, 0, 0}, across = {1, 1, 1};
  std::array<float, 3> side = {0, 0, 0};
  bool beside = false;  ///< classes and weights stand beside each other
  float area = 0;       ///< of all pictures
};

/// The plan that shows all three rows if the pictures then have the share of the window that a subject is owed. Else
/// the classes go, which can be chosen from the list too, then the predictions, then one of the weights; never a row
/// that a lesson points at.
/// @param counts how many pictures each row has
RowsPlan plan_rows(const Ui& ui, const Rect& rect, std::array<int, 3> counts);

}  // namespace noiseglass::app
