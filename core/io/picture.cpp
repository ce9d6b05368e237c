#include "io/formats/formats.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <new>
#include <unordered_set>

namespace noiseglass {
namespace {

/// Memory of one picture that is encoded: stb's encoder does not look whether it got what it asked for, so that an
/// exception ends it, and all is given back.
class EncoderMemory {
 public:
  EncoderMemory() { current_ = this; }
  ~EncoderMemory() {
    for (void* block : blocks_) std::free(block);
    current_ = nullptr;
  }
  EncoderMemory(const EncoderMemory&) = delete;
  EncoderMemory& operator=(const EncoderMemory&) = delete;

  static void* resize(void* old, std::size_t old_size, std::size_t size) {
    auto& blocks = current_->blocks_;
    void* block = std::malloc(size);
    if (!block) throw std::bad_alloc();
    try {
      blocks.insert(block);
    } catch (...) {
      std::free(block);
      throw;
    }
    if (old) std::memcpy(block, old, std::min(size, old_size));
    release(old);
    return block;
  }
  static void release(void* block) {
    if (block && current_->blocks_.erase(block)) std::free(block);
  }

 private:
  static thread_local EncoderMemory* current_;
  std::unordered_set<void*> blocks_;
};

thread_local EncoderMemory* EncoderMemory::current_ = nullptr;

}  // namespace
}  // namespace noiseglass

// Compiled here as the decoder is (see gif.cpp), to keep its names out of other programs.
#define STBIW_MALLOC(size) noiseglass::EncoderMemory::resize(nullptr, 0, size)
#define STBIW_REALLOC_SIZED(block, old_size, size) noiseglass::EncoderMemory::resize(block, old_size, size)
#define STBIW_FREE(block) noiseglass::EncoderMemory::release(block)
#define STBI_WRITE_NO_STDIO
#define STB_IMAGE_WRITE_STATIC
#define STB_IMAGE_WRITE_IMPLEMENTATION
#include <stb_image_write.h>

namespace noiseglass {
namespace {

constexpr std::streamsize looked_at = 1024;  // bytes; every format is recognised by fewer

bool has_picture_name(const std::filesystem::path& path) {
  static constexpr std::string_view known[] = {".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".webp",
                                               ".gif", ".bmp", ".dib",  ".hdr", ".tga",  ".npy"};
  std::string extension = path.extension().string();
  std::ranges::transform(extension, extension.begin(), [](unsigned char c) { return char(std::tolower(c)); });
  return std::ranges::find(known, extension) != std::end(known);
}

/// @throws Error unless the file holds one picture
Image only_picture(std::span<const char> npy, const std::string& name) {
  std::vector<Image> images = parse_npy(npy, name);
  if (images.size() != 1)
    throw Error("\"" + name + "\" holds " + std::to_string(images.size()) +
                " pictures where one is wanted; save one of them as C×H×W.");
  return std::move(images.front());
}

Error not_a_picture(std::span<const char> file, const std::string& name) {
  const std::string kind(name_of_foreign_format(file));
  if (kind.empty())
    return Error("\"" + name + "\" is not a picture that can be read; " + picture_format_names() + " files can.");
  return Error("\"" + name + "\" is " + kind + ", which cannot be opened; export it as PNG or JPEG.");
}

}  // namespace

std::string picture_format_names() {
  std::string names;
  const auto formats = picture_formats();
  for (std::size_t i = 0; i < formats.size(); ++i)
    names += std::string(i == 0 ? "" : i + 1 == formats.size() ? " and " : ", ") + std::string(formats[i].name);
  return names;
}

bool looks_like_picture(const std::filesystem::path& path) {
  std::error_code code;
  if (!std::filesystem::is_regular_file(path, code)) return false;
  if (has_picture_name(path)) return true;
  std::vector<char> start(looked_at);
  std::ifstream file(path, std::ios::binary);
  file.read(start.data(), looked_at);
  start.resize(std::size_t(file.gcount()));
  return std::ranges::any_of(picture_formats(), [&](const PictureFormat& f) { return f.recognises(start); });
}

ByteImage decode_picture(std::span<const char> file, const std::string& name, Rgb background, std::stop_token stop,
                         const Progress& progress) {
  if (file.empty()) throw Error("\"" + name + "\" is empty (0 bytes); choose a picture file.");
  for (const PictureFormat& format : picture_formats())
    if (format.recognises(file)) return format.decode({file, name, background, stop, progress});
  throw not_a_picture(file, name);
}

ByteImage decode_npy(const PictureFile& file) { return to_bytes(only_picture(file.bytes, file.name)); }

ByteImage read_picture(const std::filesystem::path& path, Rgb background, std::stop_token stop,
                       const Progress& progress) {
  return decode_picture(read_whole(path), path.string(), background, stop, progress);
}

Image decode_image(std::span<const char> file, const std::string& name, Rgb background) {
  return is_npy_data(file) ? only_picture(file, name) : to_image(decode_picture(file, name, background));
}

Image read_image(const std::filesystem::path& path, Rgb background) {
  return decode_image(read_whole(path), path.string(), background);
}

namespace {

void append_bytes(void* context, void* data, int size) {
  const char* bytes = static_cast<const char*>(data);
  auto& out = *static_cast<std::vector<char>*>(context);
  out.insert(out.end(), bytes, bytes + size);
}

/// @param encoded whether the encoder found nothing wrong
void write_encoded(const std::string& path, const Shape& shape, bool encoded, const std::vector<char>& file) {
  if (!encoded || file.empty())
    throw Error("\"" + path + "\" cannot be written: there is not enough memory to encode " +
                std::to_string(shape.width) + " × " + std::to_string(shape.height) + " pixels.");
  write_whole(path, file);
}

}  // namespace

void write_png(const std::string& path, const ByteImage& image) {
  const auto [height, width, channels] = image.shape;
  std::vector<char> file;
  const EncoderMemory memory;
  const int encoded =
      stbi_write_png_to_func(append_bytes, &file, width, height, channels, image.data.data(), width * channels);
  write_encoded(path, image.shape, encoded != 0, file);
}

void write_jpeg(const std::string& path, const ByteImage& image) {
  constexpr int quality = 92;
  const auto [height, width, channels] = image.shape;
  std::vector<char> file;
  const EncoderMemory memory;
  const int encoded = stbi_write_jpg_to_func(append_bytes, &file, width, height, channels, image.data.data(), quality);
  write_encoded(path, image.shape, encoded != 0, file);
}

}  // namespace noiseglass
