#pragma once

#include "session/session.h"

#include "render/texture.h"

#include <memory>
#include <string>
#include <vector>

namespace noiseglass::app {

/// A row of small square pictures of one lane over t, in one texture: cell k of n shows t = (k + ½)/n·T.
class Filmstrip {
 public:
  /// The forward process; remade when the picture, the noise, the schedule or the measures change.
  void show_forward(const Session& session, int lane, int cells, int side);
  /// The reverse run, as far as it has been computed; new cells are added as frames come in.
  void show_reverse(const Session& session, int lane, int cells, int side);

  unsigned texture() const { return texture_.id(); }
  int cells() const { return int(filled_.size()); }
  bool filled(int cell) const { return filled_[cell]; }

 private:
  void reset(const Key& key, int cells, int side);
  void upload();

  Key key_;
  int side_ = 0;
  ByteImage atlas_;
  std::vector<bool> filled_;
  std::vector<int> shown_t_;
  bool changed_ = false;
  render::Texture texture_;
};

}  // namespace noiseglass::app
