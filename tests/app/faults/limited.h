#pragma once

#include <filesystem>
#include <functional>
#include <string>

namespace noiseglass::faults {

constexpr const char* cannot_be_had = "cannot be had";

/// Runs `action` in a process of its own, where `folder` is a disk of 64 KB. @returns what it returns, or cannot_be_had
std::string on_a_small_disk(const std::filesystem::path& folder, const std::function<std::string()>& action);
/// In there. @returns whether that was possible
bool make_read_only(const std::filesystem::path& folder);

}  // namespace noiseglass::faults
