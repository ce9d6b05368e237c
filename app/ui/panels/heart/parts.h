#pragma once

#include "ui/panels/heart/answers.h"
#include "ui/panels/shared/controls.h"
#include "ui/panels/shared/picture_tiles.h"

namespace noiseglass::app {

// The parts of the panel "Learned or by heart?", one .cpp each.

/// 10000 as people read it: "10,000".
std::string face_count_name(int faces);

/// For every number of faces A's and B's answers, above the distances that were measured; pressing a column chooses it.
void draw_counts(Ui& ui, const Rect& rect, const FaceAnswers& answers, TextureSlots& slots, int chosen);

}  // namespace noiseglass::app
