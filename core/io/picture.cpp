#include "io/decode_picture.h"
#include "noiseglass/error.h"
#include "noiseglass/files.h"

#include <algorithm>
#include <cctype>

// Compiled here as the decoders are (see stb_decoder.cpp), to keep its names out of other programs.
#define STBI_WRITE_NO_STDIO
#define STB_IMAGE_WRITE_STATIC
#define STB_IMAGE_WRITE_IMPLEMENTATION
#include <stb_image_write.h>

namespace noiseglass {
namespace {

bool is_npy(const std::filesystem::path& path) {
  std::string extension = path.extension().string();
  std::ranges::transform(extension, extension.begin(), [](unsigned char c) { return char(std::tolower(c)); });
  return extension == ".npy";
}

}  // namespace

ByteImage read_picture(const std::filesystem::path& path, Rgb background) {
  return decode_picture(read_whole(path), path.string(), background);
}

Image read_image(const std::filesystem::path& path, Rgb background) {
  if (!is_npy(path)) return to_image(read_picture(path, background));
  std::vector<Image> images = read_npy(path);
  if (images.size() != 1)
    throw Error("\"" + path.string() + "\" holds " + std::to_string(images.size()) +
                " pictures where one is wanted; save one of them as C×H×W.");
  return std::move(images.front());
}

void write_png(const std::string& path, const ByteImage& image) {
  const auto [height, width, channels] = image.shape;
  std::vector<char> file;
  const auto append = [](void* context, void* data, int size) {
    const char* bytes = static_cast<const char*>(data);
    auto& out = *static_cast<std::vector<char>*>(context);
    out.insert(out.end(), bytes, bytes + size);
  };
  if (!stbi_write_png_to_func(append, &file, width, height, channels, image.data.data(), width * channels) ||
      file.empty())
    throw Error("\"" + path + "\" cannot be written: there is not enough memory to encode " + std::to_string(width) +
                " × " + std::to_string(height) + " pixels.");
  write_whole(path, file);
}

}  // namespace noiseglass
