#pragma once

#include "noiseglass/registry.h"

#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

namespace noiseglass::app {

/// Everything that a piece of work depends on, as one value: equal keys, equal work. Numbers are compared as they are,
/// not as text that may have lost their last digits.
class Key {
 public:
  Key() = default;
  /// Of numbers, enumerations, texts, tables of numbers, and other keys.
  template <class... Parts>
  explicit Key(const Parts&... parts) {
    (add(parts), ...);
  }
  template <class... Parts>
  Key& add_all(const Parts&... parts) {
    (add(parts), ...);
    return *this;
  }
  bool empty() const { return parts_.empty(); }
  bool operator==(const Key&) const = default;
  std::partial_ordering operator<=>(const Key&) const = default;

 private:
  using Part = std::variant<std::int64_t, std::uint64_t, double, std::string>;

  template <class T>
  void add(const T& part) {
    if constexpr (std::is_enum_v<T>)
      parts_.emplace_back(std::int64_t(part));
    else if constexpr (std::is_floating_point_v<T>)
      parts_.emplace_back(double(part));
    else if constexpr (std::is_integral_v<T> && std::is_unsigned_v<T>)
      parts_.emplace_back(std::uint64_t(part));
    else if constexpr (std::is_integral_v<T>)
      parts_.emplace_back(std::int64_t(part));
    else
      parts_.emplace_back(std::string(part));
  }
  void add(const std::map<std::string, double>& values) {
    add(values.size());
    for (const auto& [name, value] : values) add_all(name, value);
  }
  void add(const Values& values) {
    add(values.size());
    for (const auto& [name, value] : values) {
      add_all(name, double(value), value.list().size());
      for (const double number : value.list()) add(number);
    }
  }
  /// With its length, so that what follows cannot be taken for a part of it.
  void add(const Key& key) {
    add(key.parts_.size());
    parts_.insert(parts_.end(), key.parts_.begin(), key.parts_.end());
  }

  std::vector<Part> parts_;
};

}  // namespace noiseglass::app
