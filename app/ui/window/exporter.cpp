#include "ui/window/exporter.h"

#include "export/canvas.h"
#include "session/session.h"
#include "ui/window/systems/system.h"

#include "noiseglass/error.h"
#include "noiseglass/files.h"

#include <algorithm>
#include <filesystem>
#include <limits>
#include <utility>

namespace noiseglass::app {
namespace {

namespace fs = std::filesystem;

constexpr double seconds_shown = 8;

/// "xₜ of lane 2", "Plots: βₜ"
std::string name_of(const exports::ExportRequest& request) {
  const exports::ExportKind& kind = exports::export_kind(request.what);
  std::string name = kind.label;
  for (const exports::ExportPart& part : kind.parts)
    if (part.id == request.of) name = part.label;
  if (kind.lanes == exports::ExportKind::Lanes::one)
    name += " of lane " + std::to_string(std::max(0, request.lane) + 1);
  return name;
}

}  // namespace

void Exporter::begin(const Session& session, exports::ExportRequest wanted, const std::function<void()>& wake) {
  forget_message();
  const std::string name = fs::path(wanted.out).filename().string();
  auto make = [state = session.state(), library = session.shared_library(),
               wanted = std::move(wanted)](const exports::Work& work) -> Task::Result {
    exports::export_state(state, *library, wanted, work);
    hand_over(wanted.out);
    return {"Written: " + wanted.out, {}};
  };
  writing.begin(name, std::move(make), wake);
}

void Exporter::begin(std::shared_ptr<const exports::Plot> wanted, const std::string& file,
                     const std::function<void()>& wake) {
  forget_message();
  std::string format = fs::path(file).extension().string();
  if (!format.empty()) format.erase(0, 1);
  auto make = [wanted = std::move(wanted), file, format](const exports::Work&) -> Task::Result {
    write_whole(file, exports::plot_file(*wanted, format));
    return {"Written: " + file, {}};
  };
  writing.begin(fs::path(file).filename().string(), std::move(make), wake);
}

void Exporter::copy(const Session& session, const exports::ExportRequest& wanted, const std::function<void()>& wake) {
  auto make = [state = session.state(), library = session.shared_library(), wanted](const exports::Work& work) {
    return exports::picture_of(exports::Source(state, *library, work), wanted, work);
  };
  copy(name_of(wanted), std::move(make), wake);
}

void Exporter::copy(std::string name, std::function<ByteImage(const exports::Work&)> make,
                    const std::function<void()>& wake) {
  forget_message();
  auto encode = [name, make = std::move(make)](const exports::Work& work) -> Task::Result {
    return {name, exports::png_of(make(work))};
  };
  copying.begin(name, std::move(encode), wake);
}

/// What lies within `part`, in the window's own measures.
static ByteImage cut_out(const ByteImage& whole, const Rect& part, ImVec2 window) {
  const float x = float(whole.shape.width) / window.x, y = float(whole.shape.height) / window.y;
  const int left = std::clamp(int(part.min.x * x), 0, whole.shape.width - 1);
  const int top = std::clamp(int(part.min.y * y), 0, whole.shape.height - 1);
  const int width = std::clamp(int(part.width() * x + 0.5f), 1, whole.shape.width - left);
  const int height = std::clamp(int(part.height() * y + 0.5f), 1, whole.shape.height - top);
  ByteImage out(Shape{height, width, whole.shape.channels});
  const std::size_t row = std::size_t(width * whole.shape.channels);
  for (int i = 0; i < height; ++i) {
    const auto from = std::size_t((top + i) * whole.shape.width + left) * std::size_t(whole.shape.channels);
    std::copy_n(whole.data.begin() + std::ptrdiff_t(from), row,
                out.data.begin() + std::ptrdiff_t(std::size_t(i) * row));
  }
  return out;
}

void Exporter::take_screen(ByteImage picture, const std::function<void()>& wake) {
  const std::string file = *std::exchange(screen_, {});
  if (screen_part_) picture = cut_out(picture, *screen_part_, ImGui::GetIO().DisplaySize);
  if (file.empty())
    return copy(
        screen_part_ ? "A part of the window" : "The window", [picture](const exports::Work&) { return picture; },
        wake);
  forget_message();
  auto make = [picture = std::move(picture), file](const exports::Work&) -> Task::Result {
    write_png(file, picture);
    return {"Written: " + file, {}};
  };
  writing.begin(fs::path(file).filename().string(), std::move(make), wake);
}

void Exporter::ask() {
  dialog = true;
  if (!was_pointed) return;
  request = *was_pointed, part = was_pointed_part, plot = was_pointed_plot;
  chosen = true;
}

void Exporter::tick() {
  if (!message_.empty() && seconds_of_message() <= 0) forget_message();
  if (const auto written = writing.take()) {
    const bool done = written->value != nullptr;
    say(done ? written->value->sentence : written->problem, !done);
  }
  if (const auto copied = copying.take()) copied->value ? put_on_clipboard(*copied->value) : say(copied->problem, true);
}

void Exporter::put_on_clipboard(const Task::Result& result) {
  if (clipboard_.put(result.picture)) return say("Copied as a picture: " + result.sentence, false);
  const fs::path file = working_folder() / "noiseglass-copy.png";
  try {
    write_whole(file.string(), result.picture);
    say("There is no clipboard for pictures here; it was saved as " + file.string() + ".", false);
  } catch (const Error& error) {
    say(error.what(), true);
  }
}

void Exporter::say(std::string message, bool failed) {
  message_ = std::move(message);
  failed_ = failed;
  said_ = std::chrono::steady_clock::now();
}

double Exporter::seconds_of_message() const {
  if (message_.empty() || failed_) return std::numeric_limits<double>::infinity();
  return seconds_shown - std::chrono::duration<double>(std::chrono::steady_clock::now() - said_).count();
}

}  // namespace noiseglass::app
