// The kernels for one instruction set. A level's file sets NN_LEVEL (its name), NN_WIDTH (floats in a register) and
// the register tile NN_PIXELS × NN_BLOCKS, and includes this once.

#include "nn/kernels/kernels.h"

namespace noiseglass::nn::NN_LEVEL {
namespace {
// Each builds on those before it.
// clang-format off
#include "nn/kernels/simd.h"
#include "nn/kernels/tile.h"
#include "nn/kernels/conv.h"
#include "nn/kernels/norm.h"
#include "nn/kernels/winograd.h"
#include "nn/kernels/attention.h"
// clang-format on
}  // namespace

#define NN_TEXT2(x) #x
#define NN_TEXT(x) NN_TEXT2(x)
extern const Kernels kernels;
const Kernels kernels = {NN_TEXT(NN_LEVEL), width,          tile_pixels, conv_direct, conv_winograd<4>,
                         conv_winograd<2>,  channel_sums,   affine,      pixel_norm,  upsample,
                         shuffle_add_silu,  attention_pack, attention};
}  // namespace noiseglass::nn::NN_LEVEL
