#include "io/stb_decoder.h"

#include "io/bytes.h"
#include "io/jpeg.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <stdexcept>
#include <type_traits>
#include <unordered_map>

namespace noiseglass::stb {
namespace {

/// Memory of one decoding, so that nothing is lost when an assertion ends it, and a small file cannot claim all there
/// is: the largest honest picture (8192² of 16-bit RGBA, twice) needs 1 GiB.
class Memory {
 public:
  static constexpr std::size_t limit = std::size_t(3) << 29;

  Memory() : outer_(current_) { current_ = this; }
  ~Memory() {
    for (const auto& [block, size] : blocks_) std::free(block);
    current_ = outer_;
  }
  Memory(const Memory&) = delete;
  Memory& operator=(const Memory&) = delete;

  static void* resize(void* old, std::size_t size) { return current_->resize_block(old, size); }
  static void release(void* block) {
    if (block) current_->resize_block(block, 0);
  }

 private:
  void* resize_block(void* old, std::size_t size) {
    const auto entry = blocks_.find(old);
    const std::size_t old_size = entry == blocks_.end() ? 0 : entry->second;
    if (size > limit - (used_ - old_size)) return nullptr;
    void* block = nullptr;
    if (size > 0) {
      block = std::calloc(size, 1);  // cleared: damaged files then give the same picture every time
      if (!block) return nullptr;
      if (old) std::memcpy(block, old, std::min(size, old_size));
      blocks_[block] = size;
    }
    if (old) {
      blocks_.erase(old);
      std::free(old);
    }
    used_ += size - old_size;
    return block;
  }

  static thread_local Memory* current_;
  Memory* outer_;
  std::unordered_map<void*, std::size_t> blocks_;
  std::size_t used_ = 0;
};

thread_local Memory* Memory::current_ = nullptr;

struct FailedAssertion : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace
}  // namespace noiseglass::stb

// Compiled here, not linked: only so can its assertions be made harmless (a single wrong bit in a JPEG's tables
// fails one), its decoders be watched by the sanitizers, and its names be kept out of other programs.
#define STBI_ASSERT(condition) ((condition) ? void() : throw noiseglass::stb::FailedAssertion("inconsistent data"))
#define STBI_MALLOC(size) noiseglass::stb::Memory::resize(nullptr, size)
#define STBI_REALLOC(block, size) noiseglass::stb::Memory::resize(block, size)
#define STBI_FREE(block) noiseglass::stb::Memory::release(block)
#define STBI_ONLY_JPEG
#define STBI_ONLY_PNG
#define STBI_ONLY_BMP
#define STBI_ONLY_TGA
#define STBI_ONLY_GIF
#define STBI_ONLY_HDR
#define STBI_NO_STDIO
#define STB_IMAGE_STATIC
#define STB_IMAGE_IMPLEMENTATION
#include <stb_image.h>

namespace noiseglass::stb {
namespace {

/// Hands a file's bytes to stb_image and notices when it asks for more than there are: most of its decoders
/// then go on with zeros, and a truncated file would pass for a picture.
class Source {
 public:
  explicit Source(std::span<const char> file) : file_(file) {}

  bool ran_out() const { return ran_out_; }

  static stbi_io_callbacks callbacks() {
    return {[](void* self, char* out, int size) { return static_cast<Source*>(self)->read(out, size); },
            [](void* self, int count) { static_cast<Source*>(self)->skip(count); },
            [](void* self) { return int(static_cast<Source*>(self)->left() == 0); }};
  }

 private:
  std::size_t left() const { return file_.size() - at_; }

  int read(char* out, int size) {
    // The first read is into stb_image's look-ahead buffer. Reads into it may fall short at the end of
    // a good file, but finding nothing at all there, or falling short anywhere else, means missing data.
    if (!look_ahead_) look_ahead_ = out;
    const std::size_t wanted = std::size_t(std::max(size, 0)), count = std::min(left(), wanted);
    ran_out_ |= out == look_ahead_ ? count == 0 : count < wanted;
    if (count > 0) std::memcpy(out, file_.data() + at_, count);
    at_ += count;
    return int(count);
  }

  void skip(int count) {  // backwards too, when negative
    const auto to = std::ptrdiff_t(at_) + count;
    at_ = std::size_t(std::clamp(to, std::ptrdiff_t(0), std::ptrdiff_t(file_.size())));
  }

  std::span<const char> file_;
  std::size_t at_ = 0;
  char* look_ahead_ = nullptr;
  bool ran_out_ = false;
};

const stbi_uc* bytes(std::span<const char> file) { return reinterpret_cast<const stbi_uc*>(file.data()); }

template <class Load>
bool load(Load load_function, Source& source, StoredPixels& pixels) {
  const stbi_io_callbacks callbacks = Source::callbacks();
  const auto* raw = load_function(&callbacks, &source, &pixels.width, &pixels.height, &pixels.channels, 0);
  if (!raw) return false;
  pixels.data.resize(std::size_t(pixels.width) * std::size_t(pixels.height) * std::size_t(pixels.channels));
  constexpr unsigned white = std::numeric_limits<std::decay_t<decltype(*raw)>>::max();
  std::transform(raw, raw + pixels.data.size(), pixels.data.begin(),
                 [](unsigned value) { return std::uint8_t((value * 255u + white / 2) / white); });
  return true;
}

}  // namespace

bool read_header(std::span<const char> file, PictureHeader& header) {
  // stb_image says nothing of the sides of a PNG file that is too large for it.
  if (const Bytes png(file); png.has(0, "\x89PNG\r\n\x1A\n") && png.has(12, "IHDR")) {
    constexpr std::uint32_t most = std::numeric_limits<int>::max();
    header = {int(std::min(png.u32(16), most)), int(std::min(png.u32(20), most))};
    return true;
  }
  const Memory memory;
  int channels = 0;
  try {
    return stbi_info_from_memory(bytes(file), int(file.size()), &header.width, &header.height, &channels);
  } catch (const FailedAssertion&) {
    return false;
  }
}

Outcome decode(std::span<const char> file, StoredPixels& pixels, std::string& why) {
  // Older versions of stb_image write beyond their tables here.
  if (!has_sound_huffman_tables(jpeg_segments(file))) {
    why = "bad Huffman table";
    return Outcome::damaged;
  }
  const Memory memory;
  Source source(file);
  try {
    const bool deep = stbi_is_16_bit_from_memory(bytes(file), int(file.size()));
    const bool loaded =
        deep ? load(stbi_load_16_from_callbacks, source, pixels) : load(stbi_load_from_callbacks, source, pixels);
    if (loaded && !source.ran_out()) return Outcome::decoded;
    why = loaded ? "" : stbi_failure_reason();
  } catch (const FailedAssertion& failed) {
    why = failed.what();
  }
  return source.ran_out() ? Outcome::cut_short : Outcome::damaged;
}

}  // namespace noiseglass::stb
