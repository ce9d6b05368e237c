#include "session/session_file.h"

#include "session/base64.h"
#include "session/folders.h"
#include "session/kept_file.h"
#include "session/set_state.h"
#include "session/sha256.h"

#include "noiseglass/error.h"
#include "noiseglass/files.h"
#include "noiseglass/limits.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <mutex>
#include <span>

namespace noiseglass::app {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr int format = 1;
constexpr const char* mark = "noiseglass session";

/// Weights are large and seldom change: each file is looked through once. @returns nothing where it cannot be read
std::string hash_of_weights(const std::string& path) {
  static std::mutex looking;
  static std::map<std::pair<std::string, fs::file_time_type>, std::string> known;
  std::error_code error;
  const std::pair key(path, fs::last_write_time(path, error));
  const std::lock_guard lock(looking);
  std::string& hash = known[key];
  if (hash.empty()) try {
      hash = sha256(read_whole(path));
    } catch (const Error&) {  // it went away while the program runs
    }
  return hash;
}

bool is_bundled(const fs::path& picture, const Library& library) {
  return std::ranges::any_of(library.pictures, [&](const BundledPicture& one) { return one.path == picture; });
}

/// Where its file went away since it was opened, all else is saved.
json picture_of(const AppState& state, const Library& library, std::size_t embed_limit, std::string& lacks) {
  std::vector<char> bytes;
  try {
    bytes = read_whole(state.picture);
  } catch (const Error& error) {
    lacks = error.what();
    return {{"name", state.picture.filename().string()}, {"file", fs::absolute(state.picture).string()}};
  }
  json picture = {{"name", state.picture.filename().string()}, {"sha256", sha256(bytes)}};
  if (is_bundled(state.picture, library)) return picture;
  if (bytes.size() <= embed_limit)
    picture["bytes"] = base64(bytes);
  else
    picture["file"] = fs::absolute(state.picture).string();
  return picture;
}

/// Of every network that comes with the program: which of them a lane uses follows from its picture, too.
json hashes_of(const Library& library) {
  json hashes = json::object();
  for (const ModelInfo& model : library.models)
    if (const std::string hash = hash_of_weights(model.path); !hash.empty()) hashes[model.name] = hash;
  return hashes;
}

json lesson_of(const SavedLesson& lesson) {
  json answers = json::array();
  for (const auto& [place, answer] : lesson.answers) answers.push_back({place.first, place.second, answer});
  return {{"file", lesson.file}, {"page", lesson.page}, {"answers", answers}};
}

SavedLesson lesson_from(const json& saved) {
  SavedLesson lesson{saved.value("file", ""), saved.value("page", 0), {}};
  for (const json& answer : saved.value("answers", json::array()))
    lesson.answers[{answer.at(0).get<int>(), answer.at(1).get<int>()}] = answer.at(2).get<int>();
  return lesson;
}

void open_picture(SavedSession& session, const json& picture, const Library& library, const fs::path& folder,
                  const fs::path& pictures) {
  const std::string name = picture.value("name", "");
  fs::path file;
  try {
    if (picture.contains("bytes"))
      file = kept_file(from_base64(picture.at("bytes").get<std::string>()), name, pictures);
    else if (picture.contains("file"))
      file = folder / picture.at("file").get<std::string>();
    for (const BundledPicture& one : library.pictures)
      if (file.empty() && one.path.filename() == name) file = one.path;
    if (file.empty()) throw Error("the picture \"" + name + "\" does not come with this copy of the program.");
    const std::vector<char> bytes = read_whole(file);
    if (picture.contains("sha256") && sha256(bytes) != picture.value("sha256", ""))
      session.problems.push_back("The picture \"" + name + "\" has changed since the session was saved.");
    session.state.picture = file;
  } catch (const Error& error) {
    session.problems.push_back("The session's picture is missing: " + std::string(error.what()));
  }
}

void check_models(SavedSession& session, const json& models, const Library& library) {
  for (const auto& [name, hash] : models.items()) {
    const auto here = std::ranges::find(library.models, name, &ModelInfo::name);
    const bool asked_for = std::ranges::any_of(session.state.lanes, [&, &name = name](const LaneState& lane) {
      return lane.denoiser == "network" && (lane.model.empty() || lane.model == name);
    });
    const std::string found = here != library.models.end() && asked_for ? hash_of_weights(here->path) : "";
    if (here == library.models.end() || (asked_for && found.empty()))
      session.problems.push_back("The network \"" + name + "\" is missing here; its results may look different.");
    else if (asked_for && found != hash.get<std::string>())
      session.problems.push_back("The network \"" + name + "\" has different weights here, so its results differ.");
  }
}

Assignment assignment_of(const std::string& line, int number) {
  const auto equals = line.find(" = ");
  if (equals == line.npos) return {line, "", number};
  return {line.substr(0, equals), line.substr(equals + 3), number};
}

}  // namespace

std::string session_text(const AppState& state, const SavedLesson& lesson, const Library& library,
                         std::size_t embed_limit, std::string* lacks) {
  json session = {{mark, format}};
  json lines = json::array();
  for (const Assignment& one : whole_state(state, library))
    if (one.name != "picture") lines.push_back(to_line(one));
  session["state"] = std::move(lines);
  session["models"] = hashes_of(library);
  std::string what;
  if (!state.picture.empty()) session["picture"] = picture_of(state, library, embed_limit, what);
  if (lacks) *lacks = what;
  session["lesson"] = lesson_of(lesson);
  return session.dump(1, ' ', false, json::error_handler_t::replace) + "\n";
}

void save_session(const fs::path& file, const std::string& text) {
  write_whole(file.string(), std::span<const char>(text.data(), text.size()));
}

SavedLesson read_saved_lesson(const fs::path& file) {
  const std::vector<char> bytes = read_whole(file);
  const bool deep = limits::nests_too_deep({bytes.data(), bytes.size()});
  const json session = deep ? json() : json::parse(bytes, nullptr, false);
  if (!session.is_object() || !session.contains(mark))
    throw Error("\"" + file.string() + "\" is not a noiseglass session.");
  try {
    return lesson_from(session.value("lesson", json::object()));
  } catch (const json::exception&) {
    throw Error("What \"" + file.string() + "\" says of its lesson cannot be read.");
  }
}

SavedSession parse_session(const std::string& text, const Library& library, const fs::path& folder,
                           const fs::path& pictures) try {
  if (limits::nests_too_deep(text)) throw Error("This session is nested too deep to be one that noiseglass has saved.");
  const json session = json::parse(text);
  if (!session.is_object() || !session.contains(mark)) throw Error("This file is not a noiseglass session.");
  SavedSession out;
  out.state = starting_state(library);
  if (session.at(mark).get<int>() > format)
    out.problems.push_back(
        "This session was saved by a newer noiseglass; what this version does not know is left out.");
  std::vector<Assignment> lines;
  for (const json& line : session.value("state", json::array()))
    lines.push_back(assignment_of(line.get<std::string>(), int(lines.size()) + 1));
  for (const WrongAssignment& wrong : set_state(out.state, lines, library, folder)) out.problems.push_back(wrong.text);
  if (session.contains("picture")) open_picture(out, session.at("picture"), library, folder, pictures);
  check_models(out, session.value("models", json::object()), library);
  out.lesson = lesson_from(session.value("lesson", json::object()));
  return out;
} catch (const json::exception&) {
  throw Error("This session cannot be read: it is damaged, or not a session at all.");
}

SavedSession open_session(const fs::path& file, const Library& library) {
  const std::vector<char> bytes = read_whole(file);
  return parse_session({bytes.begin(), bytes.end()}, library, fs::absolute(file).parent_path(), kept_folder());
}

}  // namespace noiseglass::app
