#include "cli/bundled.h"
#include "cli/commands.h"
#include "cli/options.h"

#include <nlohmann/json.hpp>

#include <iomanip>
#include <sstream>

namespace noiseglass::cli {
namespace {

using Json = nlohmann::ordered_json;

Json describe(const RecordInfo& record) {
  Json parameters = Json::array();
  for (const Parameter& p : record.parameters)
    parameters.push_back(
        {{"id", p.id}, {"label", p.label}, {"help", p.help}, {"default", p.value}, {"min", p.min}, {"max", p.max}});
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

Json describe(const ModelInfo& model) {
  return {{"id", model.name},
          {"label", model.label},
          {"summary", summary_of(model)},
          {"path", model.path},
          {"channels", model.channels},
          {"size", model.size},
          {"classes", model.class_names},
          {"parameters", model.parameters},
          {"prediction", model.prediction}};
}

/// One line each, the names in one column.
std::string as_lines(const Json& list) {
  std::size_t width = 0;
  for (const Json& entry : list) width = std::max(width, entry["id"].get_ref<const std::string&>().size());
  std::ostringstream text;
  for (const Json& entry : list)
    text << std::left << std::setw(int(width)) << entry["id"].get<std::string>() << "  "
         << entry["summary"].get<std::string>() << '\n';
  return text.str();
}

void add_list(CLI::App& program, const std::string& name, const std::string& summary, Json (*list)()) {
  auto json = std::make_shared<bool>(false);
  CLI::App* command = program.add_subcommand(name, summary);
  command->add_flag("--json", *json, "With everything that is known about each, as JSON");
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
  add_list(program, "samplers", "List the ways to walk back", [] { return describe_all(sampler_records()); });
  add_list(program, "denoisers", "List what can guess the clean picture",
           [] { return describe_all(denoiser_records()); });
  add_list(program, "spacings", "List the ways to choose the visited t",
           [] { return describe_all(spacing_records()); });
}

}  // namespace noiseglass::cli
