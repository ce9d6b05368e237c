#pragma once

#include "nn/kernels/kernels.h"

#include <algorithm>
#include <memory>
#include <new>
#include <vector>

namespace noiseglass::nn {

/// Zeroed floats at an address divisible by 64.
class Buffer {
 public:
  Buffer() = default;
  explicit Buffer(std::size_t size)
      : data_(static_cast<float*>(::operator new(size * sizeof(float), std::align_val_t(64)))), size_(size) {
    std::fill_n(data_.get(), size, 0.0f);
  }
  float* data() const { return data_.get(); }
  std::size_t size() const { return size_; }

 private:
  struct Free {
    void operator()(float* p) const { ::operator delete(p, std::align_val_t(64)); }
  };
  std::unique_ptr<float, Free> data_;
  std::size_t size_ = 0;
};

/// One allocation for everything: pieces are asked for first, and get their addresses from allocate().
class Arena {
 public:
  void ask(float*& place, std::size_t size) {
    requests_.push_back({&place, total_});
    total_ += (size + 15) / 16 * 16;
  }
  /// A tensor with a border of zeros (see Tensor); channels are rounded up to whole blocks
  /// unless the pixels are to lie close together.
  void ask(Tensor& tensor, int n, int height, int width, int channels, bool close = false);
  void allocate();
  std::size_t bytes() const { return total_ * sizeof(float); }

 private:
  struct Request {
    float** place;
    std::size_t offset;
    std::ptrdiff_t border = 0;  // from the start of the piece to pixel (0, 0)
  };
  std::vector<Request> requests_;
  std::size_t total_ = 0;
  Buffer buffer_;
};

/// `count` of a tensor's channels, from `first` on.
inline Tensor channels(Tensor tensor, int first, int count) {
  tensor.data += first;
  tensor.channels = count;
  return tensor;
}

}  // namespace noiseglass::nn
