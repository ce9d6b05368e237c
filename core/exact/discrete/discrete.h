#pragma once

#include "noiseglass/discrete.h"

/// One function a file of this folder; transitions.cpp holds the table.
namespace noiseglass::discrete {

TransitionRecord uniform();
TransitionRecord absorbing();

}  // namespace noiseglass::discrete
