#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

/// How much of a foreign file is taken: beyond these a file is refused with a sentence, before it costs memory or time.
/// The sides of pictures (max_picture_side), T (Schedule::max_steps) and points (max_points) stand where they are used.
namespace noiseglass::limits {

constexpr int json_depth = 64;                       ///< lists and objects within each other
constexpr std::size_t words = 10'000;                ///< of a set of words
constexpr std::size_t sentences = 10'000;            ///< of a set of sentences
constexpr std::size_t pictures_of_set = 65'536;      ///< of a set of pictures
constexpr std::size_t pictures_of_npy = 65'536;      ///< N of an array
constexpr std::size_t components = 10'000;           ///< of a mixture
constexpr std::size_t lesson_bytes = 4u << 20;       ///< of a lesson's text
constexpr std::uint64_t weights_header = 16u << 20;  ///< bytes of a safetensors file's header
constexpr std::uint64_t tensor_elements = 1u << 28;  ///< of one tensor
constexpr int jpeg_scans = 500;                      ///< honest files have some ten; each costs a pass over the picture
constexpr long jpeg_bytes = 1L << 30;                ///< of memory, while a JPEG is decoded
constexpr std::size_t hdr_header_line = 4096;        ///< bytes of one
constexpr std::size_t glyph_points = 10'000;         ///< of one outline in a lesson's formulae

/// Whether lists and objects lie deeper in each other than json_depth: a parser that calls itself, or a writer, would
/// need a stack of that depth. @param json text that need not be JSON
bool nests_too_deep(std::string_view json);

}  // namespace noiseglass::limits
