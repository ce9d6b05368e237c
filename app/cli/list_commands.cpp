#include "cli/bundled.h"
#include "cli/commands.h"
#include "cli/options.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <iomanip>
#include <sstream>

namespace noiseglass::cli {
namespace {

using Json = nlohmann::ordered_json;

Json describe(const RecordInfo& record) {
  Json parameters = Json::array();
  for (const Parameter& p : record.parameters) {
    Json one = {{"id", p.id}, {"label", p.label}, {"help", p.help}};
    if (p.kind == Parameter::Kind::points)
      one["default"] = points_to_text(p.value);
    else
      one["default"] = double(p.value), one["min"] = p.min, one["max"] = p.max;
    parameters.push_back(std::move(one));
  }
  return {{"id", record.id},           {"label", record.label},   {"summary", record.summary},
          {"formula", record.formula}, {"source", record.source}, {"parameters", parameters}};
}

Json describe(const SamplerRecord& record) {
  Json json = describe(static_cast<const RecordInfo&>(record));
  json["order"] = record.order;
  json["evaluations"] = record.evaluations;
  json["clips_by_default"] = record.clips_by_default;
  return json;
}

Json describe(const DenoiserRecord& record) {
  Json json = describe(static_cast<const RecordInfo&>(record));
  json["honesty"] = to_string(record.honesty);
  return json;
}

/// What the weights file says of how it came to be, in the file's own words.
Json describe_training(const ModelInfo& model) {
  Json training;
  for (const auto& [key, value] : model.metadata)
    if (key != "name" && key != "label" && key != "prediction" && key != "size" && key != "class_names")
      training[key] = key == "architecture" ? Json::parse(value) : Json(value);
  return training;
}

Json describe(const ModelInfo& model) {
  return {{"id", model.name},
          {"label", model.label},
          {"summary", summary_of(model)},
          {"path", model.path},
          {"channels", model.channels},
          {"size", model.size},
          {"classes", model.class_names},
          {"parameters", model.parameters},
          {"prediction", model.prediction},
          {"training", describe_training(model)}};
}

/// What a person needs to judge a network, or to make it again; a line each, as far as the file says it.
std::string training_lines(const Json& training, const std::string& prediction, std::size_t indent) {
  std::ostringstream text;
  const auto line = [&](const char* label, const std::string& words) {
    if (!words.empty()) text << std::string(indent, ' ') << std::left << std::setw(14) << label << words << '\n';
  };
  const auto said = [&](const char* key) { return training.value(key, std::string()); };
  const Json& architecture = training["architecture"];
  line("architecture", architecture.value("format", "") + ", widths " + architecture.value("widths", Json()).dump() +
                           (architecture.value("attention", false) ? ", with attention" : ", without attention"));
  line("predicts", prediction);
  line("data", said("data"));
  line("licence", said("license"));
  line("command", said("command"));
  line("images seen", said("images_seen"));
  line("recipe", said("recipe_sha256").empty() ? "" : "SHA-256 " + said("recipe_sha256"));
  return text.str();
}

/// One line each, the names in one column; networks say below it how they came to be.
std::string as_lines(const Json& list) {
  std::size_t width = 0;
  for (const Json& entry : list) width = std::max(width, entry["id"].get_ref<const std::string&>().size());
  std::ostringstream text;
  for (const Json& entry : list) {
    text << std::left << std::setw(int(width)) << entry["id"].get<std::string>() << "  "
         << entry["summary"].get<std::string>() << '\n';
    if (entry.contains("training")) text << training_lines(entry["training"], entry["prediction"], width + 2);
  }
  return text.str();
}

void add_list(CLI::App& program, const std::string& name, const std::string& summary, Json (*list)()) {
  auto json = std::make_shared<bool>(false);
  CLI::App* command = program.add_subcommand(name, summary);
  command->add_flag("--json", *json, "As JSON, with everything known about each");
  command->callback([json, list] {
    const Json entries = list();
    write_whole("-", *json ? entries.dump(2) + "\n" : as_lines(entries));
  });
}

template <class Entries>
Json describe_all(const Entries& entries) {
  Json list = Json::array();
  for (const auto& entry : entries) list.push_back(describe(entry));
  return list;
}

}  // namespace

void add_lists(CLI::App& program) {
  add_list(program, "models", "List the trained networks", [] { return describe_all(bundled_models()); });
  add_list(program, "schedules", "List the noise schedules", [] { return describe_all(schedule_records()); });
  add_list(program, "samplers", "List the samplers", [] { return describe_all(sampler_records()); });
  add_list(program, "denoisers", "List what can estimate the clean picture",
           [] { return describe_all(denoiser_records()); });
  add_list(program, "spacings", "List the ways to space the timesteps", [] { return describe_all(spacing_records()); });
}

}  // namespace noiseglass::cli
