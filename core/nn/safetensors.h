#pragma once

#include <cstdint>
#include <fstream>
#include <map>
#include <string>
#include <vector>

namespace noiseglass::nn {

/// A safetensors file: 8 bytes of header length, a JSON header, raw little-endian data. The header is read and checked
/// whole when it is opened (every tensor within the file, of a size that fits its shape, no overlap, no gap).
class Safetensors {
 public:
  struct Entry {
    bool half = false;  ///< float16, else float32
    std::vector<std::int64_t> shape;
    std::uint64_t begin = 0, end = 0;  ///< bytes from the start of the data

    std::size_t elements() const;
  };

  /// @throws Error with a sentence for a missing, truncated, malformed or foreign file.
  explicit Safetensors(const std::string& path);

  const std::string& path() const { return path_; }
  const std::map<std::string, std::string>& metadata() const { return metadata_; }
  const std::map<std::string, Entry>& entries() const { return entries_; }

  /// The tensor as float32. @throws Error if it is missing, of another shape, unreadable, or holds NaN or infinity.
  std::vector<float> read(const std::string& name, const std::vector<std::int64_t>& shape);

 private:
  void read_header();
  void read_entry(const std::string& name, const void* json);
  void check_offsets() const;
  [[noreturn]] void fail(const std::string& what) const;

  std::string path_;
  std::ifstream file_;
  std::uint64_t data_start_ = 0, data_size_ = 0;
  std::map<std::string, std::string> metadata_;
  std::map<std::string, Entry> entries_;
};

/// IEEE 754 binary16 to binary32, exact.
float half_to_float(std::uint16_t half);

}  // namespace noiseglass::nn
