#pragma once

#include <filesystem>

namespace noiseglass {

/// A name beside `target` that no other run uses, for what gets its own name once it is whole. It is short: a longest
/// name has no room for more. What runs of more than a day ago left under such names, because they were killed, is
/// removed from that folder.
std::filesystem::path unfinished_beside(const std::filesystem::path& target);

}  // namespace noiseglass
