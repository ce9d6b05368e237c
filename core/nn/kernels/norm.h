// Included once by each level's file, inside its namespace: no include guard.

static inline float* row_of(const Tensor& t, int row) {
  return t.data + row / t.height * t.picture + std::ptrdiff_t(row % t.height) * t.row;
}

static void channel_sums(const Tensor& in, float* sums, int first_row, int last_row) {
  for (int row = first_row; row < last_row; ++row) {
    const float* x = row_of(in, row);
    float* out = sums + std::ptrdiff_t(row) * 2 * in.channels;
    for (int c = 0; c < in.channels; c += width) {
      Vec total{}, squares{};
      for (int i = 0; i < in.width; ++i) {
        const Vec v = load(x + i * in.pixel + c);
        total += v;
        squares += v * v;
      }
      store(out + c, total);
      store(out + in.channels + c, squares);
    }
  }
}

static void affine(const NormTask& task, int first_row, int last_row) {
  for (int row = first_row; row < last_row; ++row) {
    const float* x = row_of(task.in, row);
    float* y = row_of(task.out, row);
    const float* a = task.a + row / task.in.height * task.in.channels;
    const float* b = task.b + row / task.in.height * task.in.channels;
    for (int i = 0; i < task.in.width; ++i, x += task.in.pixel, y += task.out.pixel)
      for (int c = 0; c < task.in.channels; c += width) {
        const Vec v = load(x + c) * load(a + c) + load(b + c);
        store(y + c, task.silu ? silu(v) : v);
      }
  }
}

// Pixel norm of `count` neighbours from pixel (x, y) of picture n on.
static void norm_pixels(const NormTask& task, int n, int y, int x, int count) {
  const int channels = task.in.channels;
  const float unused = float(channels - task.count), inverse = 1.0f / float(task.count);
  const float *a = task.a + n * channels, *b = task.b + n * channels;
  const float* from = task.in.data + n * task.in.picture + y * task.in.row + x * task.in.pixel;
  float* to = task.out.data + n * task.out.picture + y * task.out.row + x * task.out.pixel;
  for (; count > 0; --count, from += task.in.pixel, to += task.out.pixel) {
    Vec total{}, squares{};
    for (int c = 0; c < channels; c += width) total += load(from + c);
    const float mean = sum(total) * inverse;
    for (int c = 0; c < channels; c += width) {
      const Vec d = load(from + c) - mean;
      squares += d * d;
    }
    // Unused lanes are zero and add mean² each.
    const float variance = (sum(squares) - unused * mean * mean) * inverse;
    const float scale = 1.0f / __builtin_sqrtf((variance > 0 ? variance : 0.0f) + 1e-5f);
    for (int c = 0; c < channels; c += width) {
      const Vec v = (load(from + c) - mean) * scale * load(a + c) + load(b + c);
      store(to + c, task.silu ? silu(v) : v);
    }
  }
}

static void pixel_norm(const NormTask& task, int first_row, int last_row) {
  for (int row = first_row; row < last_row; ++row)
    norm_pixels(task, row / task.in.height, row % task.in.height, 0, task.in.width);
}

static void upsample(const Tensor& in, const Tensor& out, int first_row, int last_row) {
  for (int row = first_row; row < last_row; ++row) {
    const int n = row / out.height, y = row % out.height;
    const float* x = in.data + n * in.picture + std::ptrdiff_t(y / 2) * in.row;
    float* to = row_of(out, row);
    for (int i = 0; i < out.width; ++i)
      for (int c = 0; c < in.channels; c += width) store(to + i * out.pixel + c, load(x + i / 2 * in.pixel + c));
  }
}

static void shuffle_add_silu(const Tensor& a, const Tensor& b, const Tensor& out, int patch, int first_row,
                             int last_row) {
  for (int row = first_row; row < last_row; ++row) {
    const int n = row / out.height, y = row % out.height;
    const float* from_a = a.data + n * a.picture + std::ptrdiff_t(y / patch) * a.row;
    const float* from_b = b.data + n * b.picture + std::ptrdiff_t(y / patch) * b.row;
    float* to = row_of(out, row);
    for (int x = 0; x < out.width; ++x) {
      const int first = (y % patch * patch + x % patch) * out.channels;
      for (int c = 0; c < out.channels; c += width)
        store(to + x * out.pixel + c,
              silu(load(from_a + x / patch * a.pixel + first + c) + load(from_b + x / patch * b.pixel + first + c)));
    }
  }
}
