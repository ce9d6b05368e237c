#include "io/bytes.h"
#include "io/formats/canvas.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <stdexcept>
#include <unordered_map>

namespace noiseglass::gif {
namespace {

/// Memory of one decoding, so that nothing is lost when an assertion ends it, and a small file cannot claim all there
/// is: the largest picture (8192² of RGBA, three times) needs 0.8 GB.
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
      block = std::calloc(size, 1);  // cleared, so that a damaged file gives the same picture every time
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
}  // namespace noiseglass::gif

// Compiled here, not linked: only so can its assertions be made harmless, its memory be bounded and cleared, the
// sanitizers watch it, and its names be kept out of other programs.
#define STBI_ASSERT(condition) ((condition) ? void() : throw noiseglass::gif::FailedAssertion("inconsistent data"))
#define STBI_MALLOC(size) noiseglass::gif::Memory::resize(nullptr, size)
#define STBI_REALLOC(block, size) noiseglass::gif::Memory::resize(block, size)
#define STBI_FREE(block) noiseglass::gif::Memory::release(block)
#define STBI_ONLY_GIF
#define STBI_NO_STDIO
#define STB_IMAGE_STATIC
#define STB_IMAGE_IMPLEMENTATION
#include <stb_image.h>

namespace noiseglass {
namespace gif {
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

}  // namespace
}  // namespace gif

bool is_gif(std::span<const char> bytes) {
  const Bytes file(bytes);
  return file.has(0, "GIF87a") || file.has(0, "GIF89a");
}

/// The first frame.
ByteImage decode_gif(const PictureFile& file) {
  const Bytes header(file.bytes, true);
  if (header.size() < 10) throw cut_short(file);
  check_sides(file, header.u16(6), header.u16(8));
  const gif::Memory memory;
  gif::Source source(file.bytes);
  Stored stored;
  stored.samples = Samples::rgba;
  int channels = 0;
  const stbi_uc* pixels = nullptr;
  std::string why = "inconsistent data";
  try {
    const stbi_io_callbacks callbacks = gif::Source::callbacks();
    pixels = stbi_load_from_callbacks(&callbacks, &source, &stored.width, &stored.height, &channels, 4);
    if (!pixels) why = stbi_failure_reason();
  } catch (const gif::FailedAssertion&) {
  }
  if (source.ran_out()) throw cut_short(file);
  if (!pixels) throw unreadable(file, why);
  Canvas canvas(file, stored);
  for (int y = 0; y < stored.height; ++y) canvas.put_row(y, pixels + std::size_t(y) * canvas.row_bytes());
  return canvas.finish();
}

}  // namespace noiseglass
