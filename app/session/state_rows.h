#pragma once

#include "session/set_state.h"

#include <functional>
#include <set>

namespace noiseglass::app {

// The table behind set_state() and get_state().

/// What a setter gets: the value as it was written, and where names are looked up.
struct SetContext {
  const std::string& value;
  const Library& library;
  const std::filesystem::path& folder;
  const std::set<std::string>& given;  ///< every name that is set together with this one
};

/// Something of the state (or of a lane) that has a name: how it is set, and what it says.
template <class State>
struct StateRow {
  StateKey key;
  std::vector<std::string> after;  ///< names that are set before this one, where they are given
  std::function<void(State&, const SetContext&)> set;
  std::function<std::string(const State&, const Library&)> get;
};
const std::vector<StateRow<AppState>>& state_rows();
const std::vector<StateRow<LaneState>>& lane_rows();  ///< their names begin with "lane."

// Reading and writing values.

double number_in(const std::string& text, double min, double max);  ///< @throws UsageError
int whole_in(const std::string& text, int min, int max);            ///< @throws UsageError
/// Steps placed by hand: none for "none", or falling shares of t, as "1,0.7,0.2". @throws UsageError
std::vector<double> times_in(const std::string& text);
std::string shortest(double value);  ///< the shortest text that is read as this value again
/// One of a few words. @returns its index @throws UsageError that suggests the nearest
int word_in(const std::string& text, const std::string& what, const std::vector<std::string>& words);
/// "white, grey or black"
std::string listed(const std::vector<std::string>& words);

/// One of a few words, for an enumeration whose values count from 0, or for a switch.
template <class State, class Value>
StateRow<State> word_row(const std::string& name, const std::string& help, std::vector<std::string> words,
                         Value State::*member, std::vector<std::string> after = {}) {
  return {{name, listed(words), help},
          std::move(after),
          [=](State& s, const SetContext& with) { s.*member = Value(word_in(with.value, name, words)); },
          [=](const State& s, const Library&) { return words[std::size_t(s.*member)]; }};
}

template <class State>
StateRow<State> number_row(const std::string& name, const std::string& help, double min, double max,
                           double State::*member) {
  return {{name, shortest(min) + " to " + shortest(max), help},
          {},
          [=](State& s, const SetContext& with) { s.*member = number_in(with.value, min, max); },
          [=](const State& s, const Library&) { return shortest(s.*member); }};
}

template <class State>
StateRow<State> whole_row(const std::string& name, const std::string& help, int min, int max, int State::*member) {
  return {{name, std::to_string(min) + " to " + std::to_string(max), help},
          {},
          [=](State& s, const SetContext& with) { s.*member = whole_in(with.value, min, max); },
          [=](const State& s, const Library&) { return std::to_string(s.*member); }};
}

}  // namespace noiseglass::app
