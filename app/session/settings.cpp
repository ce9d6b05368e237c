#include "session/panel_record.h"
#include "session/text.h"

#include "noiseglass/error.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace noiseglass::app {
namespace {

const Setting& find_setting(const std::string& panel, const std::string& id) {
  const PanelRecord* record = find_panel(panel);
  if (!record) throw UsageError("There is no panel called \"" + panel + "\".");
  for (const Setting& setting : record->settings)
    if (setting.id == id) return setting;
  std::string known;
  for (const Setting& setting : record->settings) known += (known.empty() ? "" : ", ") + setting.id;
  throw UsageError("The panel " + panel + " has no setting called \"" + id + "\"; it has: " + known + ".");
}

double in_range(const Setting& setting, double value) {
  const double max = setting.choices.empty() ? setting.max : double(setting.choices.size()) - 1;
  const double min = setting.choices.empty() ? setting.min : 0;
  if (!std::isfinite(value)) return setting.value;
  value = std::clamp(value, min, max);
  return setting.whole || !setting.choices.empty() ? std::round(value) : value;
}

}  // namespace

bool uses_picture(const PanelRecord& panel, const AppState& state) {
  return panel.uses_picture &&
         (panel.picture_setting.empty() || setting_value(state, panel.id, panel.picture_setting) == 1);
}

bool is_fact(const std::string& name) {
  const std::size_t dot = name.find('.');
  const PanelRecord* panel = dot == name.npos ? nullptr : find_panel(name.substr(0, dot));
  return panel && std::ranges::find(panel->facts, name.substr(dot + 1)) != panel->facts.end();
}

Setting Setting::number(std::string id, std::string label, std::string help, double value, double min, double max) {
  return {std::move(id), std::move(label), std::move(help), value, min, max, false, {}, {}};
}

Setting Setting::count(std::string id, std::string label, std::string help, int value, int min, int max) {
  return {std::move(id), std::move(label), std::move(help), double(value), double(min), double(max), true, {}, {}};
}

Setting Setting::choice(std::string id, std::string label, std::string help, std::vector<std::string> choices,
                        int value) {
  return {std::move(id), std::move(label), std::move(help), double(value), 0, 1, true, std::move(choices), {}};
}

Setting Setting::on_off(std::string id, std::string label, std::string help, bool on) {
  return choice(std::move(id), std::move(label), std::move(help), {"off", "on"}, on);
}

double setting_value(const AppState& state, const std::string& panel, const std::string& setting) {
  const Setting& found = find_setting(panel, setting);
  const auto stored = state.settings.find(panel + "." + setting);
  return stored == state.settings.end() ? found.value : in_range(found, stored->second);
}

void set_setting(AppState& state, const std::string& panel, const std::string& setting, double value) {
  state.settings[panel + "." + setting] = in_range(find_setting(panel, setting), value);
}

std::string setting_text(const AppState& state, const std::string& panel, const std::string& setting) {
  const Setting& found = find_setting(panel, setting);
  const double value = setting_value(state, panel, setting);
  if (!found.choices.empty()) return found.choices[std::size_t(value)];
  char text[32];
  return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

void set_setting_text(AppState& state, const std::string& panel, const std::string& setting, const std::string& text) {
  const Setting& found = find_setting(panel, setting);
  for (const auto* names : {&found.choices, &found.old_choices})
    for (std::size_t i = 0; i < names->size(); ++i)
      if ((*names)[i] == text) return set_setting(state, panel, setting, double(i));
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool is_number = found.choices.empty() && error == std::errc() && end == text.data() + text.size();
  if (is_number && in_range(found, value) == value) return set_setting(state, panel, setting, value);
  std::string known;
  for (const std::string& choice : found.choices) known += (known.empty() ? "\"" : ", \"") + choice + "\"";
  if (known.empty()) known = "a number from " + number(found.min, 6) + " to " + number(found.max, 6);
  throw UsageError(panel + "." + setting + " cannot be \"" + text + "\"; it can be: " + known + ".");
}

}  // namespace noiseglass::app
