#include "nn/arena.h"

namespace noiseglass::nn {

void Arena::ask(Tensor& tensor, int n, int height, int width, int channels, bool close) {
  const auto whole_tiles = [](int side) { return (side + 3) / 4 * 4; };
  tensor.n = n, tensor.height = height, tensor.width = width;
  tensor.channels = close ? channels : padded(channels);
  tensor.pixel = tensor.channels;
  tensor.row = (whole_tiles(width) + 2) * tensor.pixel;
  tensor.picture = (whole_tiles(height) + 2) * tensor.row;
  ask(tensor.data, std::size_t(n) * tensor.picture);
  requests_.back().border = tensor.row + tensor.pixel;
}

void Arena::allocate() {
  buffer_ = Buffer(total_);
  for (const Request& request : requests_) *request.place = buffer_.data() + request.offset + request.border;
  requests_.clear();
}

}  // namespace noiseglass::nn
