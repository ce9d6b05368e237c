#include "noiseglass/unfinished_files.h"

#include <chrono>
#include <mutex>
#include <random>
#include <set>
#include <string>
#include <system_error>

namespace noiseglass {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view beginning = ".noiseglass-", ending = ".part";

bool is_ours(const std::string& name) { return name.starts_with(beginning) && name.ends_with(ending); }

/// Whatever is still being written has changed within a day.
void remove_abandoned(const fs::path& folder) {
  const auto a_day_ago = fs::file_time_type::clock::now() - std::chrono::hours(24);
  std::error_code listing, error;
  for (fs::directory_iterator entry(folder.empty() ? fs::path(".") : folder, listing), end; !listing && entry != end;
       entry.increment(listing)) {
    if (!is_ours(entry->path().filename().string())) continue;
    const auto changed = entry->last_write_time(error);
    if (!error && changed < a_day_ago) fs::remove_all(entry->path(), error);
  }
}

/// Once for each folder: a folder may hold many files.
void look_once(const fs::path& folder) try {
  static std::mutex mutex;
  static std::set<fs::path> looked_at;
  const std::lock_guard lock(mutex);
  if (looked_at.insert(folder).second) remove_abandoned(folder);
} catch (const std::exception&) {  // a name that cannot be had as text, no memory: it is only tidiness
}

}  // namespace

fs::path unfinished_beside(const fs::path& target) {
  look_once(target.parent_path());
  return target.parent_path() / (std::string(beginning) + std::to_string(std::random_device{}()) + std::string(ending));
}

}  // namespace noiseglass
