#include "noiseglass/error.h"
#include "noiseglass/files.h"
#include "noiseglass/platform.h"
#include "noiseglass/unfinished_files.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <limits>
#include <memory>
#include <optional>
#include <system_error>

namespace noiseglass {
namespace {

namespace fs = std::filesystem;

/// Picture decoders count bytes in an int.
constexpr std::size_t max_file_size = std::numeric_limits<int>::max();

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

std::string reason(int error) { return std::generic_category().message(error); }

[[noreturn]] void throw_unwritable(const std::string& path, int error) {
  const std::string where = path == "-" ? std::string("Standard output") : "\"" + path + "\"";
  const std::string advice = error == ENOSPC                     ? "Make room on the disk and try again."
                             : error == ENOENT                   ? "Create the folder first."
                             : error == ENAMETOOLONG             ? "Choose a shorter name."
                             : error == EACCES || error == EROFS ? "Choose a folder that you may write to."
                                                                 : "Choose another place.";
  throw Error(where + " cannot be written: " + reason(error) + ". " + advice);
}

/// @returns 0 or the errno of what failed
int write_all(std::FILE* file, std::span<const char> bytes) {
  errno = 0;
  if (std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size() && std::fflush(file) == 0) return 0;
  return errno ? errno : EIO;
}

int write_and_close(File file, std::span<const char> bytes) {
  const int error = write_all(file.get(), bytes);
  const bool closed = std::fclose(file.release()) == 0;
  return error || closed ? error : errno;
}

/// Writes to a file that has no name yet, so that nothing is left of it when the program is killed; then gives it its
/// name. @returns 0 or the errno of what failed; nothing where the system or the folder's file system cannot do this
std::optional<int> write_nameless(const fs::path& folder, const fs::path& name, std::span<const char> bytes) {
  const File file(platform::open_nameless(folder), std::fclose);
  if (!file) return std::nullopt;
  if (const int error = write_all(file.get(), bytes)) return error;
  return platform::give_name(file.get(), name) ? std::optional(0) : std::nullopt;
}

int write_named(const fs::path& name, std::span<const char> bytes) {
  File file(platform::open_file(name, "wbx"), std::fclose);
  return file ? write_and_close(std::move(file), bytes) : errno;
}

int replace_file(const fs::path& target, std::span<const char> bytes) {
  const fs::path temporary = unfinished_beside(target);
  std::error_code code;
  const std::optional<int> nameless = write_nameless(target.parent_path(), temporary, bytes);
  int error = nameless ? *nameless : write_named(temporary, bytes);
  if (!error) {
    if (const fs::file_status old = fs::status(target, code); fs::exists(old))
      fs::permissions(temporary, old.permissions(), code);  // an overwritten file keeps its rights where it can
    fs::rename(temporary, target, code);
    error = code.value();
  }
  if (error) fs::remove(temporary, code);
  return error;
}

/// Where a link leads, be there a file or not. @returns the path itself for links in a circle
fs::path link_target(const fs::path& path) {
  constexpr int most_links = 40;  // as Linux has it
  std::error_code code;
  fs::path target = path;
  for (int i = 0; i < most_links; ++i) {
    if (!fs::is_symlink(target, code)) return target;
    target = target.parent_path() / fs::read_symlink(target, code);
  }
  return path;
}

}  // namespace

namespace {

[[noreturn]] void throw_unreadable(const fs::path& path, const std::string& why) {
  const std::string where = path == "-" ? std::string("Standard input") : "\"" + path.string() + "\"";
  throw Error(where + " cannot be read: " + why);
}

std::vector<char> read_all(std::FILE* file, const fs::path& path, std::size_t expected) {
  std::vector<char> bytes;
  bytes.reserve(expected);
  char block[1 << 16];
  while (const std::size_t count = std::fread(block, 1, sizeof block, file)) {
    if (count > max_file_size - bytes.size()) throw_unreadable(path, "it is larger than 2 GB.");
    bytes.insert(bytes.end(), block, block + count);
  }
  if (std::ferror(file)) throw_unreadable(path, reason(errno) + ".");
  return bytes;
}

std::vector<char> read_file(const fs::path& path, bool pipes_too) {
  std::error_code code;
  const fs::file_status status = fs::status(path, code);
  if (!fs::exists(status))
    throw_unreadable(path, code && code.value() != ENOENT ? code.message() + "." : "there is no such file.");
  if (fs::is_directory(status)) throw_unreadable(path, "it is a folder; name a file in it.");
  if (fs::is_fifo(status) && !pipes_too) throw_unreadable(path, "it is a pipe, not a file.");
  if (!fs::is_regular_file(status) && !fs::is_fifo(status)) throw_unreadable(path, "it is a device, not a file.");

  platform::fetch_asset(path);
  const File file(platform::open_file(path, "rb"), std::fclose);
  if (!file) throw_unreadable(path, reason(errno) + ".");
  const std::uintmax_t size = fs::is_regular_file(status) ? fs::file_size(path, code) : 0;
  return read_all(file.get(), path, code ? 0 : std::size_t(std::min<std::uintmax_t>(size, max_file_size)));
}

}  // namespace

std::vector<char> read_whole(const fs::path& path) { return read_file(path, false); }

std::vector<char> read_input(const fs::path& path) {
  return path == "-" ? read_all(stdin, path, 0) : read_file(path, true);
}

void write_whole(const std::string& path, std::span<const char> bytes) {
  int error = 0;
  std::error_code code;
  // A device or pipe cannot be replaced, only written to.
  const fs::path target = link_target(path);
  const fs::file_status status = fs::status(target, code);
  if (path == "-") {
    error = write_all(stdout, bytes);
  } else if (path.empty()) {
    error = ENOENT;
  } else if (status.type() == fs::file_type::none) {  // links in a circle, a name that is too long
    error = code.value();
  } else if (fs::is_directory(status)) {
    error = EISDIR;
  } else if (fs::exists(status) && !fs::is_regular_file(status)) {
    File file(platform::open_file(target, "wb"), std::fclose);
    error = file ? write_and_close(std::move(file), bytes) : errno;
  } else {
    error = replace_file(target, bytes);
  }
  if (error) throw_unwritable(path, error);
}

}  // namespace noiseglass
