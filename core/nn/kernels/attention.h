// Included once by each level's file, inside its namespace: no include guard.

// Both products go through the tile of the convolutions: keys and values are packed like weights.

static void attention_pack(const AttentionTask& task, int first_head, int last_head) {
  const int channels = task.out.channels, heads = channels / head_channels;
  const int tokens = task.qkv.width * task.qkv.height, stored = padded(tokens);
  const float scale = 0.17677669529663687f;  // 1/√32
  for (int head = first_head; head < last_head; ++head) {
    float* keys = task.keys + std::ptrdiff_t(head) * stored * head_channels;
    float* values = task.values + std::ptrdiff_t(head) * tokens * head_channels;
    PixelWalk walk(task.qkv, std::ptrdiff_t(head / heads) * tokens);
    for (int t = 0; t < tokens; ++t, walk.next()) {
      const float* k = task.qkv.data + walk.offset(task.qkv, 1) + channels + head % heads * head_channels;
      const float* v = k + channels;
      for (int c = 0; c < head_channels; ++c) {
        keys[(t / lanes * head_channels + c) * lanes + t % lanes] = k[c] * scale;
        values[(c / lanes * tokens + t) * lanes + c % lanes] = v[c];
      }
    }
    for (int t = tokens; t < stored; ++t)
      for (int c = 0; c < head_channels; ++c) keys[(t / lanes * head_channels + c) * lanes + t % lanes] = 0;
  }
}

// Turns scores into weights that sum to one.
static void softmax(float* scores, int tokens) {
  float highest = scores[0];
  for (int t = 1; t < tokens; ++t) highest = scores[t] > highest ? scores[t] : highest;
  for (int t = tokens; t % width; ++t) scores[t] = highest;  // lanes that only fill the last register
  Vec totals{};
  for (int t = 0; t < tokens; t += width) {
    const Vec e = exp(load(scores + t) - highest);
    store(scores + t, e);
    totals += e;
  }
  const int filled = (tokens + width - 1) / width * width - tokens;
  const float scale = 1.0f / (sum(totals) - float(filled));
  for (int t = 0; t < tokens; t += width) store(scores + t, load(scores + t) * scale);
}

static void matrix(int pixels, const Operand& in, const float* weights, int blocks, float* out,
                   std::ptrdiff_t out_stride) {
  for (int block = 0, now; block < blocks; block += now) {
    now = next_blocks(blocks - block);
    multiply(pixels, now, in, weights + std::ptrdiff_t(block) * in.k * lanes, nullptr, out + block * lanes, out_stride);
  }
}

static void attention(const AttentionTask& task, float* scratch, int first_item, int last_item) {
  const int channels = task.out.channels, heads = channels / head_channels;
  const int tokens = task.qkv.width * task.qkv.height, stored = padded(tokens);
  const int tiles = (tokens + tile_pixels - 1) / tile_pixels;
  const std::ptrdiff_t no_tap = 0;
  alignas(64) float mixed[tile_pixels * head_channels];
  for (int item = first_item; item < last_item; ++item) {
    const int head = item / tiles, first = item % tiles * tile_pixels;
    const int count = tokens - first < tile_pixels ? tokens - first : tile_pixels;
    const PixelWalk start(task.qkv, std::ptrdiff_t(head / heads) * tokens + first);
    const int channel = head % heads * head_channels;
    Operand in;
    in.taps = &no_tap, in.tap_count = 1, in.k = head_channels;
    Tensor queries = task.qkv;
    queries.data += channel;
    PixelWalk walk = start;
    name_pixels(in, queries, walk, count, 1);
    matrix(count, in, task.keys + std::ptrdiff_t(head) * stored * head_channels, stored / lanes, scratch, stored);
    for (int p = 0; p < count; ++p) softmax(scratch + std::ptrdiff_t(p) * stored, tokens);
    for (int p = 0; p < tile_pixels; ++p) in.pixel[p] = scratch + std::ptrdiff_t(p) * stored;
    in.k = tokens;
    matrix(count, in, task.values + std::ptrdiff_t(head) * tokens * head_channels, head_channels / lanes, mixed,
           head_channels);
    walk = start;
    for (int p = 0; p < count; ++p, walk.next())
      __builtin_memcpy(task.out.data + walk.offset(task.out, 1) + channel, mixed + p * head_channels,
                       head_channels * sizeof(float));
  }
}
